"""The open workbook as xlwings Lite hands it to a script: sheets, values, names and the selection."""

from __future__ import annotations

from dataclasses import dataclass, field

import openpyxl


class Cells:
    """A range: what of it the scripts use."""

    def __init__(self, sheet, first, last):
        self.sheet, self.first, self.last = sheet, first, last
        self.row, self.column = first

    @property
    def last_cell(self):
        return Cells(self.sheet, self.last, self.last)

    def options(self, **wanted):
        assert wanted == {"ndim": 2}
        return self

    @property
    def value(self):
        columns = range(self.first[1], self.last[1] + 1)
        rows = range(self.first[0], self.last[0] + 1)
        return [[self.sheet.cells.get((row, column)) for column in columns] for row in rows]

    @value.setter
    def value(self, rows):
        for down, row in enumerate(rows):
            for right, content in enumerate(row):
                self.sheet.cells[self.first[0] + down, self.first[1] + right] = content

    def clear_contents(self):
        for place in [place for place in self.sheet.cells if self.first <= place <= self.last]:
            del self.sheet.cells[place]


@dataclass
class OpenSheet:
    name: str
    cells: dict

    @property
    def used_range(self):
        return Cells(self, (1, 1), tuple(max(side) for side in zip(*self.cells, strict=True)) if self.cells else (1, 1))

    def range(self, first, last=None):
        return Cells(self, first, last or first)


@dataclass
class Name:
    name: str
    refers_to: str


@dataclass
class OpenBook:
    name: str
    sheets: list
    names: list = field(default_factory=list)
    selection: Cells | None = None


def opened(path):
    """A workbook as it is open in Excel: the values that were saved, dates as datetimes."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheets = []
    for page in book:
        cells = {
            (cell.row, cell.column): cell.value for row in page.iter_rows() for cell in row if cell.value is not None
        }
        sheets.append(OpenSheet(page.title, cells))
    names = [Name(name, f"={target.attr_text}") for name, target in book.defined_names.items()]
    return OpenBook(path.name, sheets, names)
