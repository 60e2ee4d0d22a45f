"""Show Excel's own dialogs on Windows, and the system's on a Mac, where Excel offers none to programs."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

PICK_FILE, PICK_FOLDER = 3, 4
"""msoFileDialogFilePicker, msoFileDialogFolderPicker."""
TEXT = 2
"""InputBox: the answer is taken as text."""
SAVE_AS = "Excel Workbook (*.xlsx), *.xlsx"


class ExcelDialogs(Protocol):
    """What can be asked of the user and of a workbook; None for a dialog that is cancelled."""

    def folder(self, title: str) -> str | None:
        """A folder that exists."""

    def file(self, title: str, endings: Sequence[str]) -> str | None:
        """A file that exists, of one of these kinds (".csv")."""

    def save(self, title: str, suggested: str) -> str | None:
        """Where a workbook goes."""

    def text(self, title: str, suggested: str) -> str | None:
        """A line of text."""

    def book(self, book: Any) -> tuple[str, bool]:
        """A workbook's full name as Excel has it, and whether all of it is saved."""


def dialogs_for(app: Any, system: str) -> ExcelDialogs:
    """Choose the dialogs of a system (``sys.platform``) for an ``xlwings.App``."""
    return MacDialogs() if system == "darwin" else WindowsDialogs(app.api)


class WindowsDialogs:
    """Excel's dialogs, through its application object."""

    def __init__(self, excel: Any) -> None:
        self.excel = excel

    def folder(self, title: str) -> str | None:
        """FileDialog, folders only."""
        return self._picked(self._dialog(PICK_FOLDER, title))

    def file(self, title: str, endings: Sequence[str]) -> str | None:
        """FileDialog with one filter."""
        dialog = self._dialog(PICK_FILE, title)
        dialog.Filters.Clear()
        dialog.Filters.Add(title, "; ".join(f"*{ending}" for ending in endings))
        return self._picked(dialog)

    def save(self, title: str, suggested: str) -> str | None:
        """GetSaveAsFilename, which writes nothing."""
        answer = self.excel.GetSaveAsFilename(InitialFilename=suggested, FileFilter=SAVE_AS, Title=title)
        return answer if isinstance(answer, str) else None

    def text(self, title: str, suggested: str) -> str | None:
        """InputBox; cancelled, it gives False."""
        answer = self.excel.InputBox(Prompt=title, Title="KPI", Default=suggested, Type=TEXT)
        return answer if isinstance(answer, str) else None

    def book(self, book: Any) -> tuple[str, bool]:
        """FullName is a bare name for a workbook that was never saved, a web address for one in OneDrive."""
        return str(book.api.FullName), bool(book.api.Saved)

    def _dialog(self, kind: int, title: str) -> Any:
        dialog = self.excel.FileDialog(kind)
        dialog.Title = title
        dialog.AllowMultiSelect = False
        return dialog

    def _picked(self, dialog: Any) -> str | None:
        return str(dialog.SelectedItems(1)) if dialog.Show() else None


class MacDialogs:
    """The system's dialogs, asked for by AppleScript; texts go in as arguments, never into the script."""

    def folder(self, title: str) -> str | None:
        """Choose folder."""
        return self._asked("POSIX path of (choose folder with prompt item 1 of argv)", title)

    def file(self, title: str, endings: Sequence[str]) -> str | None:
        """Choose file, of the given kinds."""
        kinds = ", ".join(f'"{ending.lstrip(".")}"' for ending in endings)
        return self._asked(f"POSIX path of (choose file with prompt item 1 of argv of type {{{kinds}}})", title)

    def save(self, title: str, suggested: str) -> str | None:
        """Choose file name."""
        script = "POSIX path of (choose file name with prompt item 1 of argv default name item 2 of argv)"
        return self._asked(script, title, Path(suggested).name)

    def text(self, title: str, suggested: str) -> str | None:
        """Display dialog with an answer."""
        script = "text returned of (display dialog item 1 of argv default answer item 2 of argv)"
        return self._asked(script, title, suggested)

    def book(self, book: Any) -> tuple[str, bool]:
        """Through appscript."""
        return str(book.fullname), bool(book.api.saved.get())

    def _asked(self, expression: str, *texts: str) -> str | None:
        script = f"on run argv\nreturn {expression}\nend run"
        command = ["osascript", "-e", script, *texts]
        finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        return finished.stdout.rstrip("\n") if finished.returncode == 0 else None
