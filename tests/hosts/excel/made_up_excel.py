"""An Excel that is made up, as PowerShell sees it through COM: a few workbooks whose results are told by a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from tests.hosts.excel.powershell import Thing

Results = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What the cells with formulas come to, by name, from what has been typed, by name."""


class Cell:
    """A cell with a name. `accepts` is its entry rule."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name = book, name
        self.Errors = SimpleNamespace(
            Item=lambda _kind: SimpleNamespace(Value=name in book.facts.get("triangles", ()), Ignore=False)
        )

    @property
    def Value2(self) -> Any:  # noqa: N802 - Excel's name
        return self.book.shown().get(self.name)

    @Value2.setter
    def Value2(self, value: Any) -> None:  # noqa: N802 - Excel's name
        assert self.name in self.book.inputs, f"{self.name} is locked"
        self.book.typed[self.name] = float(value) if isinstance(value, int) else value

    @property
    def Text(self) -> str:  # noqa: N802 - Excel's name
        return str(self.book.facts.get("seen", {}).get(self.name, ""))

    @property
    def Validation(self) -> Any:  # noqa: N802 - Excel's name
        value = self.book.typed.get(self.name)
        whole = isinstance(value, float) and value >= 0 and value.is_integer()
        return SimpleNamespace(Value=whole or self.book.facts.get("accepts", False))

    def ClearContents(self) -> bool:  # noqa: N802 - Excel's name
        self.book.typed.pop(self.name, None)
        return True


class Book:
    """A workbook: what is typed by name, what its formulas come to, and its sheets as blocks of formulas and values."""

    def __init__(self, facts: Mapping[str, Any], results: Results) -> None:
        self.facts, self.results = facts, results
        self.inputs = facts.get("inputs", ())
        self.typed: dict[str, Any] = dict(facts.get("typed", {}))
        self.closed = False
        self.Names = SimpleNamespace(Item=lambda name: SimpleNamespace(RefersToRange=Cell(self, name)))
        self.Windows = SimpleNamespace(Item=lambda _n: SimpleNamespace(Caption=facts.get("caption", "opened.xlsx")))
        self.Worksheets = Sheets(facts)

    def shown(self) -> Mapping[str, Any]:
        return {**self.typed, **self.results(self.typed)}

    def SaveAs(self, path: str, format_: int) -> None:  # noqa: N802 - Excel's name
        assert format_ == 51
        self.facts["open"][path] = {**self.facts, "typed": dict(self.typed)}

    def Close(self, save: bool = False) -> None:  # noqa: N802 - Excel's name
        assert not save
        self.closed = True


class Sheets(list[Any]):
    """The sheets of a book; each has one block of cells."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(
            SimpleNamespace(UsedRange=SimpleNamespace(Formula=formulas, Value2=values))
            for formulas, values in facts.get("sheets", ())
        )
        self.Count = len(self)
        self.cells = facts.get("cells", {})

    def Item(self, name: Any) -> Any:  # noqa: N802 - Excel's name
        return SimpleNamespace(Range=lambda place: self.cells.setdefault((name, place), SimpleNamespace(Value2=None)))


class MadeUpExcel:
    """The application. `files` are facts of workbooks by the path at which they are opened."""

    Version, Build, OperatingSystem = "16.0", "1", "Windows (made up)"

    def __init__(self, files: dict[str, Any], results: Results, pictures: tuple[str, ...] = ()) -> None:
        self.files, self.results, self.pictures = files, results, pictures
        self.DisplayAlerts, self.AutomationSecurity, self.quit = True, 1, False
        self.books: list[Book] = []
        self.Workbooks = SimpleNamespace(Open=self._open, Add=lambda: self._open(""))
        self.ProtectedViewWindows = SimpleNamespace(Open=self._view)
        self.CommandBars = SimpleNamespace(GetImageMso=self._picture)

    def _open(self, path: str, links: int = 0) -> Book:
        assert links == 0
        facts = self.files[path]
        if facts.get("damaged"):
            raise RuntimeError("Open method of Workbooks class failed")
        self.books.append(Book({**facts, "open": self.files}, self.results))
        return self.books[-1]

    def _view(self, path: str) -> Any:
        book = self._open(path)
        return SimpleNamespace(Workbook=book, Close=lambda: book.Close(False) or True)

    def _picture(self, name: str, width: int, height: int) -> object:
        assert (width, height) == (32, 32)
        if name not in self.pictures:
            raise ValueError("wrong parameter")
        return object()

    def CalculateFull(self) -> None:  # noqa: N802 - Excel's name
        """Results are always those of what has been typed."""

    def Quit(self) -> None:  # noqa: N802 - Excel's name
        assert all(book.closed for book in self.books)
        self.quit = True


def as_things(text: str) -> Any:
    """ConvertFrom-Json."""
    return json.loads(text, object_hook=Thing)
