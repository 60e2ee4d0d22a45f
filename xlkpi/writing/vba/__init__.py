"""Macro workbooks made without Excel: the Visual Basic project file, and what else such a workbook needs."""
