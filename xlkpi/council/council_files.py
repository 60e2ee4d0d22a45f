"""Where each of the Council's lists is: the one that is named, else the one in its usual place.

Nothing is opened here, so that a command can begin to read returns before the Council's lists are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlkpi.core.contract_places import SETTINGS_NAME
from xlkpi.council.contract_folder import ContractFolder, find_contract_folder
from xlkpi.council.list_files import LEDGER_SETTINGS, Named, SeveralNamed, each_named, list_files, settings_of_list
from xlkpi.writing.file_names import existing_list, is_remote

LOG_NAME = "decisions.csv"
"""The log of decisions in a contract folder; beside an inbox it is named after the inbox: ``inbox decisions.csv``."""
LOG_NAMES = (LOG_NAME, "decisions.xlsx")
FIRST_DECISIONS = "S2 decisions.csv"
"""The first version's list of agreed figures, which is still read: ``inbox S2 decisions.csv``."""


@dataclass(frozen=True)
class CouncilFiles:
    """Where each of the Council's lists is; None for a list that does not exist, or that a command does not use.

    ``ledger`` and ``extract``, each a file or several, are only located here: they are read row by row, by the checks
    that compare them.
    """

    register: Path | None = None
    settings: Path | None = None
    targets: Path | None = None
    catalogue: Path | None = None
    decisions: tuple[Path, ...] = ()
    meetings: Path | None = None
    ledger: tuple[Path, ...] = ()
    extract: tuple[Path, ...] = ()
    finance_settings: Path | None = None
    has_named_finance_settings: bool = False
    contract: ContractFolder | None = None

    @property
    def every(self) -> tuple[Path, ...]:
        """Every file that is read, none of which is ever written over."""
        single = (self.register, self.settings, self.targets, self.meetings, self.finance_settings)
        return (*(path for path in single if path), *self.decisions, *self.ledger, *self.extract)

    @property
    def finance_settings_name(self) -> str:
        """The name of the file that finance's settings are written in: a mapping is for the contract's, if it has one.

        It is the file that ``xlkpi finance --columns`` writes too.
        """
        if self.finance_settings and self.has_named_finance_settings:
            return self.finance_settings.name
        return SETTINGS_NAME if self.contract else LEDGER_SETTINGS


def locate_lists(
    inbox: Named = None,
    *,
    register: Named = None,
    settings: Named = None,
    decisions: Named = None,
    ledger: SeveralNamed = None,
    extract: SeveralNamed = None,
    finance_settings: Named = None,
    contract: ContractFolder | None = None,
) -> CouncilFiles:
    """Find each list: the one that is named, else the one in its usual place.

    ``xlkpi.toml``, targets and meetings are beside the register, an ``xlkpi-ledger.toml`` is beside the ledger (or
    the extract), and the log of decisions beside the inbox, as are the lists of the first version. In a ``contract``
    folder, each list that is not named is the one of the folder.
    """
    if contract is not None:
        register, settings = register or contract.register, settings or contract.settings
        ledger, extract = ledger or contract.ledger, extract or contract.extract
    beside = settings_of_list(ledger or extract)
    home = contract or (ContractFolder(Path(register).parent) if register and not is_remote(register) else None)
    return CouncilFiles(
        contract=contract,
        register=_path(register),
        settings=_path(settings) or (settings_beside(register) if register else None),
        targets=home.targets if home else None,
        catalogue=home.catalogue if home else None,
        decisions=_locate_decisions(inbox, decisions, contract),
        meetings=home.meetings if home else None,
        ledger=list_files(ledger),
        extract=list_files(extract),
        finance_settings=_path(finance_settings) or (beside if beside and beside.is_file() else None),
        has_named_finance_settings=bool(finance_settings),
    )


def settings_beside(register: Path | str) -> Path | None:
    """Return the settings file beside the register, or None where there is none."""
    path = Path(register).parent / SETTINGS_NAME
    return path if path.is_file() else None


def _locate_decisions(inbox: Named, named: Named, contract: ContractFolder | None) -> tuple[Path, ...]:
    """List the lists of decisions: the log that is named, or those of the folder and beside the inbox."""
    lists = [_path(named)]
    if not named:
        folder = contract or (find_contract_folder(inbox) if inbox and not is_remote(inbox) else None)
        lists = [*(folder.decisions if folder else ()), *(existing_list(inbox, name) for name in LOG_NAMES)]
    return tuple(dict.fromkeys(path for path in (*lists, existing_list(inbox, FIRST_DECISIONS)) if path))


def _path(named: Named) -> Path | None:
    return Path(named) if named else None


def local_paths(*named: SeveralNamed) -> tuple[Path, ...]:
    """Return those of the named files that are on this machine; one at an address has no path to compare."""
    names = (name for each in named for name in each_named(each) if not is_remote(name))
    return tuple(file for name in names for file in list_files(name))
