"""What can stop xlkpi: the exceptions, each with its message and what to do about it.

A user's figures never raise: they give findings (`xlkpi.findings`). An exception is for a file that cannot be
read or written at all, and for our own bugs. Its message names the place, says what is there and what to do::

    XlkpiError
    ├── UnreadableFile    a named input cannot be read as a workbook (exit status 3)
    ├── UnwritableFile    an output could not be written whole, so nothing was written
    ├── RegisterError     the register lacks a column that every provider needs
    │   └── LedgerError   a ledger or an extract lacks a column that counting needs (exit status 3)
    ├── SettingsError     the settings file contains something xlkpi does not know, so nothing was done
    ├── MissingPart       an optional feature was requested that is not installed
    ├── UnreachableCluster  no scheduler responds at the address given (exit status 3)
    ├── CatalogueError    the catalogue contradicts itself: our own bug, or an edited data file
    └── PlanError         a plan contains something a workbook cannot: our own bug

Standard library only; every exception survives pickling, because files are read in several processes.
"""

from __future__ import annotations

from pathlib import Path

from xlkpi.findings import Unreadable

__all__ = [
    "CatalogueError",
    "MissingPart",
    "PlanError",
    "RegisterError",
    "SettingsError",
    "UnreachableCluster",
    "Unreadable",
    "UnreadableFile",
    "UnwritableFile",
    "XlkpiError",
]


class XlkpiError(Exception):
    """The root of everything xlkpi raises on purpose."""


class UnreadableFile(XlkpiError):
    """A named input cannot be read as a workbook; `str()` is the message for its sender.

    Attributes:
        path: The file as it was named.
        reason: Which of the `Unreadable` cases it is.
        detail: What exactly was found, for the reasons that show it; else empty.
    """

    def __init__(self, path: Path | str, reason: Unreadable, detail: str = "") -> None:
        """Keep the three facts; all go to `args`, so the exception can cross to another process."""
        super().__init__(path, reason, detail)
        self.path = Path(path)
        self.reason = reason
        self.detail = detail

    @property
    def remedy(self) -> str:
        """What to do about it, one sentence."""
        return self.reason.remedy

    @property
    def message(self) -> str:
        """What is there, one sentence beginning with the file's name."""
        return f"{self.path.name or self.path} {self.reason.description.format(detail=self.detail)}."

    def __str__(self) -> str:
        """Two sentences: what is there, what to do."""
        return f"{self.message} {self.remedy}"


class UnwritableFile(XlkpiError):
    """An output could not be written whole; a file of that name that was there before is unchanged.

    Attributes:
        path: The file that was to be written.
        detail: Why not, in the system's words.
        remedy: What to do about it, one sentence.
    """

    def __init__(self, path: Path | str, detail: str, remedy: str = "") -> None:
        """Keep the facts; all go to `args`, so the exception can cross to another process."""
        super().__init__(path, detail, remedy)
        self.path = Path(path)
        self.detail = detail
        self.remedy = remedy or "Close it if it is open, or name another folder."

    def __str__(self) -> str:
        """Two sentences: what happened, what to do."""
        return f"{self.path.name or self.path} was not written ({self.detail}). {self.remedy}"


class RegisterError(XlkpiError):
    """The register lacks columns without which no row of it can be used.

    Attributes:
        path: The register as it was named.
        missing: The columns it lacks, at least one.
        first_row: The texts of its first row, empty where it has none.
    """

    def __init__(self, path: Path | str, missing: tuple[str, ...], first_row: tuple[str, ...]) -> None:
        """Keep the three facts, in `args` too."""
        super().__init__(path, missing, first_row)
        self.path = Path(path)
        self.missing = missing
        self.first_row = first_row

    def __str__(self) -> str:
        """Two sentences: what is missing and what is there instead, what to do."""
        shown = ", ".join(f"“{text[:40]}”" for text in self.first_row[:14]) or "nothing"
        columns = ("column " if len(self.missing) == 1 else "columns ") + ", ".join(self.missing)
        problem = f"{self.path.name} has no {columns}; its first row says {shown}."
        return f"{problem} {self._what_to_do()}"

    def _what_to_do(self) -> str:
        return "Rename its columns to these names, or name another file."


class SettingsError(XlkpiError):
    """The settings file contains something xlkpi does not know; it is never used in part.

    Attributes:
        path: The file as it was named.
        faults: Each with its place and what to do, at least one.
    """

    def __init__(self, path: Path | str, faults: tuple[str, ...]) -> None:
        """Keep both facts; both go to `args`, so the exception can cross to another process."""
        super().__init__(path, faults)
        self.path = Path(path)
        self.faults = faults

    def __str__(self) -> str:
        """Each fault on its own line, beginning with the file's name."""
        return "\n".join(f"{self.path.name}: {fault}" for fault in self.faults)


class MissingPart(XlkpiError):
    """A feature needs an optional part of xlkpi that is not installed.

    Attributes:
        feature: What needs it, as the start of a sentence.
        extra: The extra of the package that installs it.
    """

    def __init__(self, feature: str, extra: str) -> None:
        """Keep both facts; both go to `args`, so the exception can cross to another process."""
        super().__init__(feature, extra)
        self.feature = feature
        self.extra = extra

    def __str__(self) -> str:
        """Two sentences: what is missing, what to do."""
        remedy = f'Install it with: pip install "xlkpi[{self.extra}]"'
        return f"{self.feature} needs a part of xlkpi that is not installed. {remedy}"


class UnreachableCluster(XlkpiError):
    """No scheduler responds at the address that was given, or it has no worker.

    Attributes:
        address: The address as it was given.
        detail: Why not, in the library's words; empty where the scheduler responds.
    """

    def __init__(self, address: str, detail: str = "") -> None:
        """Keep both facts; both go to `args`, so the exception can cross to another process."""
        super().__init__(address, detail)
        self.address = address
        self.detail = detail

    def __str__(self) -> str:
        """Two sentences: what happened, what to do."""
        if not self.detail:
            return (
                f"The Dask scheduler at {self.address} has no worker that could read the files."
                " Start its workers, or leave out --scheduler to read on this machine."
            )
        return (
            f"No Dask scheduler responds at {self.address} ({self.detail})."
            " Check the address, or leave out --scheduler to read on this machine."
        )


class CatalogueError(XlkpiError):
    """The catalogue's data contradict themselves; `faults` names each place."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults; they go to `args`, so the exception can cross to another process."""
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        """All faults in one line."""
        return "; ".join(self.faults)


class PlanError(XlkpiError):
    """A plan contains something that a workbook cannot; never caused by a user."""


class LedgerError(RegisterError):
    """A ledger or an extract lacks columns without which nothing can be counted.

    Attributes:
        settings: The settings file that can give the headers; of a contract folder it is another.
    """

    settings = "xlkpi-ledger.toml"

    def _what_to_do(self) -> str:
        option = f'xlkpi finance --columns "{self.missing[0]}=Its header"'
        return f"Say which header to use: {option}, or [columns] in {self.settings}."
