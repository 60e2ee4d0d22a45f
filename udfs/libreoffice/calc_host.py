"""Do in LibreOffice what a macro needs: dialogs, the active workbook, the status bar, messages, jobs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import unohelper
from xlkpi_office.calc_dialogs import CalcDialogs
from xlkpi_office.hosts import subprocess_bridge
from xlkpi_office.hosts.macros import Outcome, Workbook
from xlkpi_office.hosts.protocol import progress_text
from xlkpi_office.problem_log import log

INFO_BOX, OK_BUTTON = 1, 1
COLUMNS = 26


class CalcHost:
    """Calc as one macro sees it, in one window. A quiet one shows no dialog and no message: a script is at work."""

    def __init__(self, context: Any, frame: Any, *, quiet: bool = False) -> None:
        self.context = context
        self.frame = frame
        self.quiet = quiet
        self.dialogs = CalcDialogs(context, frame)
        self.indicator: Any = None

    # --- what is asked ---

    def ask_folder(self, title: str) -> Optional[str]:
        """A folder that exists."""
        return None if self.quiet else self.dialogs.folder(title, self._here())

    def ask_file(self, title: str, endings: Sequence[str]) -> Optional[str]:
        """A file that exists, of one of these kinds."""
        return None if self.quiet else self.dialogs.file(title, endings, self._here())

    def ask_save(self, title: str, suggested: str) -> Optional[str]:
        """Where an .xlsx goes."""
        return None if self.quiet else self.dialogs.save(title, suggested)

    def ask_text(self, title: str, suggested: str) -> Optional[str]:
        """A line of text."""
        return None if self.quiet else self.dialogs.text(title, suggested)

    # --- what is there ---

    def workbook(self) -> Workbook:
        """The document in this window."""
        document = self.frame.Controller.Model
        return Workbook(_system_path(document.URL), saved=not document.isModified())

    def selected_row(self) -> Sequence[str]:
        """The texts of the first columns of the selected row."""
        controller = self.frame.Controller
        selection = controller.getSelection()
        if not hasattr(selection, "RangeAddress"):
            return ()
        row = selection.RangeAddress.StartRow
        cells = controller.ActiveSheet.getCellRangeByPosition(0, row, COLUMNS - 1, row).getDataArray()[0]
        return [cell for cell in cells if isinstance(cell, str)]

    # --- what is done ---

    def do(self, job: str, answers: Mapping[str, str]) -> Outcome:
        """A job of the toolkit, in a process of its own, with its progress in the status bar."""
        try:
            return subprocess_bridge.do(job, answers, self._progress)
        finally:
            if self.indicator is not None:
                self.indicator.end()

    def _progress(self, what: str, done: int, of: int) -> None:
        if self.indicator is None:
            self.indicator = self.frame.createStatusIndicator()
            self.indicator.start(what, of)
        self.indicator.setText("%s: %s" % (what, progress_text(done, of)))
        if of:
            self.indicator.setValue(done)

    # --- how it ends ---

    def tell(self, title: str, message: str) -> None:
        """One message box."""
        if self.quiet:
            return
        window = self.frame.ContainerWindow
        box = self._service("com.sun.star.awt.Toolkit").createMessageBox(window, INFO_BOX, OK_BUTTON, title, message)
        box.execute()
        box.dispose()

    def open(self, path: str) -> None:
        """A workbook in Calc; a folder in the system's file manager."""
        if Path(path).is_dir():
            if not self.quiet:
                self._show_folder(path)
            return
        desktop = self._service("com.sun.star.frame.Desktop")
        desktop.loadComponentFromURL(unohelper.systemPathToFileUrl(path), "_default", 0, ())

    def _show_folder(self, path: str) -> None:
        try:
            shell = self._service("com.sun.star.system.SystemShellExecute")
            shell.execute(unohelper.systemPathToFileUrl(path), "", 0)
        except Exception as problem:  # noqa: BLE001 - a desktop without a file manager: the message named the folder
            self.log(problem)

    def log(self, problem: BaseException) -> str:
        """Into the log that the doctor names."""
        return log(problem, "menu KPI")

    def _here(self) -> str:
        path = self.workbook().path
        return str(Path(path).parent) if path else ""

    def _service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)


def _system_path(url: str) -> str:
    return unohelper.fileUrlToSystemPath(url) if url.startswith("file:") else ""
