"""The sheets of a finance workbook, planned as plain data; two of them serve the master as well."""
