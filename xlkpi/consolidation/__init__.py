"""The returns of a period brought together: which count, their rows, findings, and who is missing."""
