"""The contract folder: where each list of a contract is, found from any of its sub-folders.

``xlkpi new`` makes one. A folder is known by two names: the settings file xlkpi.toml, and beside it the folder inbox.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from xlkpi.core.contract_places import (
    CATALOGUE,
    DECISIONS,
    EXTRACT,
    INBOX,
    LEDGER,
    MEETINGS,
    REGISTER,
    SETTINGS_NAME,
    TARGETS,
    TEMPLATES,
    find_contract_root,
)
from xlkpi.core.period import QUARTERS, PeriodScheme
from xlkpi.council.list_files import files_within
from xlkpi.errors import SettingsError

LIST_ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True)
class ContractFolder:
    """A contract folder. A list is a .csv or an .xlsx; None for one that is not there."""

    root: Path

    @property
    def name(self) -> str:
        """The folder's own name, as messages show it."""
        return self.root.resolve().name

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / SETTINGS_NAME

    @property
    def inbox(self) -> Path:
        """The folder with every return, of all periods."""
        return self.root / INBOX

    @property
    def register(self) -> Path | None:
        """The register of providers. Raises SettingsError where there are two."""
        return self.find_list(REGISTER)

    @property
    def targets(self) -> Path | None:
        """The changes of targets. Raises SettingsError where there are two."""
        return self.find_list(TARGETS)

    @property
    def decisions(self) -> tuple[Path, ...]:
        """The log of decisions: the CSV that commands add to, and the workbook that officers fill in; both are read."""
        return self._existing_lists(DECISIONS)

    @property
    def meetings(self) -> Path | None:
        """The list of meetings. Raises SettingsError where there are two."""
        return self.find_list(MEETINGS)

    @property
    def ledger(self) -> tuple[Path, ...]:
        """Every file of the folder ledger; none where it is empty."""
        return files_within(self.root / LEDGER)

    @property
    def extract(self) -> tuple[Path, ...]:
        """Every file of the folder extract; none where it is empty."""
        return files_within(self.root / EXTRACT)

    @property
    def catalogue(self) -> Path | None:
        """The folder of another contract's indicators; None for the contract that comes with xlkpi."""
        return _existing(self.root / CATALOGUE)

    @property
    def scheme(self) -> PeriodScheme:
        """The contract's reporting periods. Raises SettingsError where the catalogue folder cannot be used."""
        if self.catalogue is None:
            return QUARTERS
        from xlkpi.council.catalogue_folder import read_scheme  # noqa: PLC0415 - only another contract needs it

        return read_scheme(self.catalogue)

    @property
    def templates(self) -> Path | None:
        """The folder of letters that the Council has changed; None where there is none."""
        return _existing(self.root / TEMPLATES)

    def find_list(self, stem: str) -> Path | None:
        """Find a list by its name without ending. Raises SettingsError where it is there as .csv and as .xlsx."""
        paths = self._existing_lists(stem)
        if len(paths) > 1:
            names = " and ".join(path.name for path in paths)
            fault = f"{names} are both here, and only one can be the {stem} list. Delete or rename one of them."
            raise SettingsError(self.root.resolve(), (fault,))
        return paths[0] if paths else None

    def _existing_lists(self, stem: str) -> tuple[Path, ...]:
        """Find a list by its name without ending, as .csv and as .xlsx.

        A link that leads nowhere is the list too: a share that is not connected must not read as an empty contract.
        """
        return tuple(path for ending in LIST_ENDINGS if os.path.lexists(path := self.root / f"{stem}{ending}"))


def find_contract_folder(start: Path | str) -> ContractFolder | None:
    """Find the contract folder that a place is in, or is itself; None where it is in none."""
    root = find_contract_root(Path(start))
    return ContractFolder(root) if root else None


def _existing(folder: Path) -> Path | None:
    return folder if folder.is_dir() else None
