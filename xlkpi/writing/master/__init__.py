"""Master workbooks: sheets of tables, words and charts planned as plain data, written by XlsxWriter."""

from __future__ import annotations

from xlkpi.writing.master.book import master_bytes
from xlkpi.writing.master.model import Bars, Book, Cell, Column, Series, Sheet, Table, Value

__all__ = ["Bars", "Book", "Cell", "Column", "Series", "Sheet", "Table", "Value", "master_bytes"]
