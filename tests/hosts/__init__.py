"""Functions and macros in Excel and LibreOffice."""
