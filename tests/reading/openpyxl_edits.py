"""A workbook that openpyxl has loaded, to be changed and saved again and again: only what a change asks for is made.

Loading a return and saving it takes openpyxl longer than we take to check it. A sheet that a change never looks into is
saved as it always is, so its XML is written once; `test_openpyxl_edits` compares each part with what openpyxl writes.
"""

from __future__ import annotations

import io
import pickle
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from unittest import mock

import openpyxl
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.table import TableList
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer import excel

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "_WorkbookChild__title"
STYLES = (
    "_fonts", "_fills", "_borders", "_alignments", "_protections", "_number_formats", "_cell_styles", "_named_styles",
)  # fmt: skip
"""The lists of a workbook's styles: openpyxl only ever adds to them."""
OF_THE_WORKBOOK = ("defined_names", "auto_filter", "_print_rows", "_print_cols", "_print_area", "sheet_state")
"""What openpyxl asks of every sheet when it writes the workbook's own part."""
MORE_PARTS = ("_charts", "_images", "_comments", "_tables", "_pivots", "legacy_drawing")
"""What openpyxl writes parts of their own for, with numbers as they come: such a sheet is always written again."""


class Untouched(Worksheet):
    """A sheet nobody has looked into: whoever reads or sets anything but its title makes a sheet as loaded of it."""

    def __init__(self, book: openpyxl.Workbook, title: str, load: Callable[[str], dict[str, Any]]) -> None:
        vars(self).update({"_parent": book, TITLE: title, "was": title, "load": load})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self.become(Worksheet, self.load(self.was))
        return getattr(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        if name != "__class__":
            self.become(Worksheet, self.load(self.was))
        object.__setattr__(self, name, value)

    def become(self, kind: type[Worksheet], state: dict[str, Any]) -> None:
        """Turn into the sheet that openpyxl knows, with what it has."""
        self.__class__ = kind
        del self.load, self.was
        vars(self).update(state)


class Unchanged(Worksheet):
    """A sheet whose XML is there already."""

    xml: bytes


class Loaded:
    """A workbook as openpyxl loads it, kept as bytes of which each change gets a copy of its own."""

    def __init__(self, data: bytes) -> None:
        book = openpyxl.load_workbook(io.BytesIO(data))
        if book.chartsheets:
            raise AssertionError("sheets that are a chart are not looked after here")
        parts = zipfile.ZipFile(io.BytesIO(_saved(book)))  # before pickling: formats of rules get numbers here
        self._unchanged = {
            sheet.title: {
                **{name: getattr(sheet, name) for name in (*OF_THE_WORKBOOK, *MORE_PARTS, "_rels")},
                "xml": parts.read(sheet.path[1:]),
            }
            for sheet in book
            if not any(getattr(sheet, part) for part in MORE_PARTS)
        }
        self._styles = _lengths(book), write_stylesheet(book)
        sheets = list(book)
        self._sheets = {sheet.title: _pickled(_state_of(sheet), [book, *sheets]) for sheet in sheets}
        self._book = _pickled(vars(book), [book, *sheets])

    def changed(self, change: Callable[[openpyxl.Workbook], object]) -> bytes:
        """What a script leaves that loads the workbook, changes it and saves it."""
        book = openpyxl.Workbook.__new__(openpyxl.Workbook)
        known: list[Any] = [book]

        def load(title: str) -> dict[str, Any]:
            state: dict[str, Any] = _Unpickler(self._sheets[title], known).load()
            tables, state["_tables"] = state["_tables"], TableList()
            for table in tables:
                state["_tables"].add(table)
            for sizes in (state["row_dimensions"], state["column_dimensions"]):  # what makes a new one comes first
                sizes.default_factory, sizes.worksheet = sizes.worksheet, known[1 + list(self._sheets).index(title)]
            return state

        known += [Untouched(book, title, load) for title in self._sheets]
        vars(book).update(_Unpickler(self._book, known).load())
        change(book)
        for sheet in book._sheets:
            if type(sheet) is Untouched:
                facts = self._unchanged.get(sheet.was)
                sheet.become(Unchanged, facts) if facts else sheet.become(Worksheet, load(sheet.was))
        with mock.patch.object(excel, "write_stylesheet", self._write_styles):
            return _saved(book)

    def _write_styles(self, book: openpyxl.Workbook) -> Any:
        """Write the styles again only where the sheets, written before them, have brought new ones."""
        lengths, styles = self._styles
        return styles if _lengths(book) == lengths else write_stylesheet(book)


class ChangesWriter(excel.ExcelWriter):
    """openpyxl's writer, which takes the XML of a sheet that is unchanged."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write a sheet without a file in between, or take what is written already."""
        ws._drawing = SpreadsheetDrawing()
        if isinstance(ws, Unchanged):
            xml = ws.xml
        else:
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
            writer = WorksheetWriter(ws, io.BytesIO())
            writer.write()
            xml, ws._rels = writer.read(), writer._rels
        self._archive.writestr(ws.path[1:], xml)
        self.manifest.append(ws)


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, known: list[Any]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.number = {id(item): number for number, item in enumerate(known)}

    def persistent_id(self, item: object) -> int | None:
        return self.number.get(id(item))


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, known: list[Any]) -> None:
        super().__init__(io.BytesIO(data))
        self.persistent_load = known.__getitem__


def _state_of(sheet: Worksheet) -> dict[str, Any]:
    """What a sheet has, its tables in a plain list: openpyxl's own cannot be pickled."""
    return {**vars(sheet), "_tables": list(dict.values(sheet._tables))}


def _pickled(state: dict[str, Any], known: list[Any]) -> bytes:
    """A book's or a sheet's own things, without the book and the sheets that they name."""
    file = io.BytesIO()
    _Pickler(file, known).dump(state)
    return file.getvalue()


def _lengths(book: openpyxl.Workbook) -> list[int]:
    return [len(getattr(book, name)) for name in STYLES] + [len(book._differential_styles.styles)]


def _saved(book: openpyxl.Workbook) -> bytes:
    """The workbook's file. Its parts are stored as they are: to compress them takes longer than to write them."""
    target = io.BytesIO()
    book.properties.modified = datetime.now(tz=UTC).replace(tzinfo=None)
    with zipfile.ZipFile(target, "w") as archive:
        ChangesWriter(book, archive).save()
    return target.getvalue()
