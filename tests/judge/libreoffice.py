"""One private headless LibreOffice, driven over a named pipe: the outside judge of our workbooks.

    office = Office(tmp_path / "profile").start()
    book = office.open("return.xlsx")
    book.type_text("All lots", "F9", "12")       # as at the keyboard: protection and validation apply
    assert book.get("All lots", "H9") == 0.24
    pages = office.render("return.xlsx", tmp_path)
    office.stop()

Tests use the fixtures `office` and `calc` (tests/conftest.py) instead. Every formula is recalculated on load,
so that a cached value never passes for a computed one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tests.judge.libreoffice_files import MissingTool, find_soffice, import_uno, own_path, write_profile
from tests.judge.open_workbook import ERRORS, Book, Validation
from tests.judge.watchdog import Watchdog
from xlkpi.writing.libreoffice.process import end_office, office_command, start_office

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ERRORS", "Book", "MissingTool", "Office", "OfficeGone", "Validation"]

T = TypeVar("T")
START_SECONDS = 900.0  # only a hang takes so long: a soffice that ends is seen at once


class OfficeGone(RuntimeError):
    """LibreOffice ended, hung or refused a file; the text says which."""


class Office:
    """A private soffice process with a profile of its own.

    `extensions` is a folder of unpacked extensions to load; `environment` is added to the process's own.
    Raises MissingTool where LibreOffice or its Python bridge is absent.
    """

    def __init__(
        self, profile: Path, extensions: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self.uno = import_uno()
        self.profile = Path(profile).absolute()
        self.extensions = extensions
        self.environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "PATH": own_path(), **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None
        write_profile(self.profile)

    # --- life ---

    def start(self) -> Self:
        """Start soffice and connect; raises OfficeGone when it ends or stays silent."""
        pipe = f"xlkpi{uuid.uuid4().hex[:12]}"
        with self.profile.with_suffix(".log").open("ab") as log:
            self.process = start_office(self._command(pipe), environment=self.environment, log=log)
        self.context = self._connect(pipe)
        self.services = self.context.ServiceManager
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.routines: dict[str, Any] = {}  # those of inside_office that have run since
        return self

    def _command(self, pipe: str) -> list[str]:
        accept = f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"
        command = office_command(find_soffice(), self.profile, "--nodefault", accept)
        if self.extensions:
            command.insert(2, f"-env:BUNDLED_EXTENSIONS={Path(self.extensions).absolute().as_uri()}")
        return command

    def _connect(self, pipe: str) -> Any:
        not_yet = self.uno.getClass("com.sun.star.connection.NoConnectException")
        local = self.uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if self.process is None or self.process.poll() is not None:
                raise OfficeGone(f"soffice ended while it started; see {self.profile}.log")
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except not_yet:
                time.sleep(0.05)
        self.kill()
        raise OfficeGone(f"soffice took no connection within {START_SECONDS:.0f} s")

    def alive(self) -> bool:
        """True when the process runs and answers."""
        if self.process is None or self.process.poll() is not None:
            return False
        try:
            self.desktop.getCurrentFrame()
        except Exception:  # noqa: BLE001  # whatever the bridge raises, it does not answer
            return False
        return True

    def ensure(self) -> Self:
        """Start it, or start it again where an earlier test has ended it."""
        if self.alive():
            return self
        self.kill()
        return self.start()

    def kill(self) -> None:
        """End it at once, with the processes it started."""
        if self.process is None:
            return
        end_office(self.process)

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        if self.process is None:
            return
        with contextlib.suppress(Exception):  # the bridge goes down while it answers
            self.desktop.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()

    def watchdog(self) -> Watchdog:
        """End soffice if it hangs, unless cancelled; the call that waits for it then raises."""
        return Watchdog(lambda: self.process.pid if self.process else None, self.kill)

    # --- use ---

    def service(self, name: str) -> Any:
        """A service of the running office."""
        return self.services.createInstanceWithContext(name, self.context)

    def properties(self, **values: Any) -> tuple[Any, ...]:
        """Named values in the form that LibreOffice's calls take."""
        return tuple(self._property(name, value) for name, value in values.items())

    def _property(self, name: str, value: Any) -> Any:
        struct = self.uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        struct.Name, struct.Value = name, value
        return struct

    def open(self, path: Path | str | None = None, **options: Any) -> Book:
        """Open a workbook (a new one without `path`), recalculated; raises OfficeGone where that fails."""
        source = Path(path).absolute().as_uri() if path else "private:factory/scalc"
        given = self.properties(**{"Hidden": True, **options})
        document = self.desktop.loadComponentFromURL(source, "_blank", 0, given)
        if document is None:
            raise OfficeGone(f"LibreOffice could not load {path}")
        return Book(self, document)

    def render(self, path: Path | str, folder: Path, *, dpi: int = 60) -> list[Path]:
        """Print a workbook: `folder` gets one PDF and a PNG a page; returns the PNGs in page order."""
        if not shutil.which("pdftoppm"):
            raise MissingTool("pdftoppm is not on this machine; install poppler-utils")
        pdf = Path(folder) / f"{Path(path).stem}.pdf"
        book = self.open(path)
        try:
            book.save(pdf, "calc_pdf_Export")
        finally:
            book.close()
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
        return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))

    def on_main(self, action: Callable[[], T], timeout: float = 900) -> T:
        """Run `action` so that its calls arrive on soffice's main thread, as a menu click does.

        A Python command that answers on a bridge thread holds Python's lock while it waits for the office's;
        a toolbar update on the main thread holds them the other way round: a deadlock.
        """
        import unohelper

        done = threading.Event()
        values: list[T] = []
        problems: list[BaseException] = []

        class Callback(unohelper.Base, self.uno.getClass("com.sun.star.awt.XCallback")):  # type: ignore[misc]
            def notify(self, _data: Any) -> None:
                try:
                    values.append(action())
                except BaseException as problem:  # noqa: BLE001  # carried over to the waiting thread
                    problems.append(problem)
                done.set()

        self.service("com.sun.star.awt.AsyncCallback").addCallback(Callback(), None)
        give_up = time.monotonic() + timeout
        while not done.wait(0.2):
            if self.process is None or self.process.poll() is not None or time.monotonic() > give_up:
                raise OfficeGone("the main thread of soffice did not answer")
        if problems:
            raise problems[0]
        return values[0]
