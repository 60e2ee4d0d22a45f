"""The sheets of a master, planned as plain data."""
