"""The sheets on performance, planned as plain data."""
