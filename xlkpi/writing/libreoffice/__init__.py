"""LibreOffice run from outside, to print a workbook or save it again."""
