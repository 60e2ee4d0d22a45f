"""The Excel add-in, without an Excel."""
