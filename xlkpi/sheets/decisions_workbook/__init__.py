"""The workbook for the log of decisions, with lists to choose from."""
