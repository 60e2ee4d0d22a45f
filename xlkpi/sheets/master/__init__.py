"""The sheets of a master, one module per tab, planned as plain data."""
