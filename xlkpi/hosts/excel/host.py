"""Do in Excel what a macro needs: dialogs, messages, the active workbook. ``server.py`` gives it the application."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from xlkpi.hosts.excel.dialogs import ExcelDialogs, dialogs_for
from xlkpi.hosts.protocol import Outcome, Workbook
from xlkpi.problem_log import log

DRIVES = ("OneDriveCommercial", "OneDriveConsumer", "OneDrive")
WIDEST_ROW = 100
"""Columns of the selected row that are searched for a code."""


class ExcelHost:
    """An Excel as the macros see it (``protocol.Host``); ``app`` is an ``xlwings.App``."""

    def __init__(self, app: Any, do: Callable[[Any, str, Mapping[str, str]], Outcome]) -> None:
        self.app = app
        self._do = do
        self.dialogs: ExcelDialogs = dialogs_for(app, sys.platform)

    def ask_folder(self, title: str) -> str | None:
        """A folder, by Excel's dialog."""
        return self.dialogs.folder(title)

    def ask_file(self, title: str, endings: Sequence[str]) -> str | None:
        """A file, by Excel's dialog."""
        return self.dialogs.file(title, endings)

    def ask_save(self, title: str, suggested: str) -> str | None:
        """Where an .xlsx goes; asks before one is written over."""
        path = self.dialogs.save(title, suggested)
        if not path:
            return None
        path = path if path.lower().endswith(".xlsx") else f"{path}.xlsx"
        if Path(path).exists():
            question = f"{Path(path).name} exists already. Replace it?"
            if self.app.alert(question, title, "yes_no", "info") != "yes":
                return None
        return path

    def ask_text(self, title: str, suggested: str) -> str | None:
        """A line of text."""
        return self.dialogs.text(title, suggested)

    def workbook(self) -> Workbook:
        """The active workbook; one with an address in OneDrive is looked for in its folder on this computer."""
        book = self._book()
        if book is None:
            return Workbook("", saved=False)
        name, saved = self.dialogs.book(book)
        if "://" in name:
            name = local_copy(name, os.environ)
        return Workbook(name if Path(name).is_absolute() else "", saved)

    def selected_row(self) -> Sequence[str]:
        """The texts of the row with the cursor."""
        book = self._book()
        if book is None:
            return ()
        sheet, row = self.app.selection.sheet, self.app.selection.row
        values = sheet.range((row, 1), (row, WIDEST_ROW)).options(ndim=1).value
        return [value for value in values if isinstance(value, str)]

    def _book(self) -> Any:
        """None where nothing but the add-in is open."""
        try:
            return self.app.books.active if len(self.app.books) else None
        except Exception:  # noqa: BLE001 - whatever Excel raises, there is no workbook to act on
            return None

    def do(self, job: str, answers: Mapping[str, str]) -> Outcome:
        """Do a job of the toolkit."""
        return self._do(self.app, job, answers)

    def tell(self, title: str, message: str) -> None:
        """One message, with one button."""
        self.app.alert(message, title, "ok", "info")

    def open(self, path: str) -> None:
        """A workbook in this Excel, a folder in the system's file manager."""
        if not Path(path).is_dir():
            self.app.books.open(path)
        elif hasattr(os, "startfile"):
            os.startfile(path)  # noqa: S606 - a folder that the user has named, on Windows
        else:
            subprocess.run(["open", path], check=False)  # noqa: S607 - macOS keeps it where PATH finds it

    def log(self, problem: BaseException) -> str:
        """The log that ``xlkpi doctor`` names."""
        return log(problem, "Excel macro")


def local_copy(address: str, environ: Mapping[str, str]) -> str:
    """Find where a workbook of OneDrive or SharePoint is on this computer; empty where that is not certain.

    Excel names such a workbook by its web address. The end of the address is the path below the synchronised folder:
    the longest end that is a file there is taken, and none where two folders contain one.
    """
    parts = unquote(address).partition("://")[2].split("/")[1:]
    files = set()
    for folder in {environ[name] for name in DRIVES if environ.get(name)}:
        ends = (Path(folder).joinpath(*parts[skip:]) for skip in range(len(parts)) if ".." not in parts)
        here = next((end for end in ends if end.is_file()), None)
        if here:
            files.add(str(here))
    return files.pop() if len(files) == 1 else ""
