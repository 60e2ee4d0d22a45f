"""The same functions and macros in every spreadsheet: one table of each, and what brings them into Excel and Calc.

``functions``, ``ranges`` and ``macros`` also run inside LibreOffice: standard library only, Python 3.9 syntax.
"""
