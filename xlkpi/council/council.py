"""Everything the Council keeps about a contract, as one value: found once, read once, and handed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, ContractTerms, load_terms
from xlkpi.core.contract_places import SETTINGS_NAME
from xlkpi.core.lot import Provider
from xlkpi.council.catalogue_folder import load_catalogue_folder
from xlkpi.council.contract_folder import ContractFolder, find_contract_folder
from xlkpi.council.decisions import DecisionLog, read_decisions
from xlkpi.council.finance_settings import (
    LEDGER_SETTINGS,
    FinanceSettings,
    merge_finance_settings,
    read_finance_settings,
)
from xlkpi.council.list_files import Named, SeveralNamed, each_named, list_files, settings_of_list
from xlkpi.council.lists.faults import Fault
from xlkpi.council.meetings import MeetingList, read_meetings
from xlkpi.council.register.read import read_register
from xlkpi.council.settings import Settings, read_settings, settings_beside
from xlkpi.council.targets import TargetChanges, read_targets
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


@dataclass(frozen=True)
class ProviderRegister:
    """The providers of the framework and the faults of their list.

    ``providers`` is None where no register was named: then it is not known who must report, or who is missing.
    """

    providers: tuple[Provider, ...] | None = None
    faults: tuple[Fault, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Provider] | None:
        """Give the providers by provider_id; None where no register was named."""
        return None if self.providers is None else {provider.provider_id: provider for provider in self.providers}

    def find(self, provider_id: str) -> Provider | None:
        """Find a provider by its number as somebody wrote it, in any case; None where the register has none."""
        return self._by_folded_id.get(provider_id.casefold())

    @cached_property
    def _by_folded_id(self) -> Mapping[str, Provider]:
        return {provider.provider_id.casefold(): provider for provider in self.providers or ()}


@dataclass(frozen=True)
class Council:
    """What the contract says over the years and every list the Council keeps: its faults, and where it was read.

    Commands read it once with `read_council` and hand it down, so no list is read twice. A further list is one more
    field of `CouncilFiles` and one more field here.
    """

    terms: ContractTerms = field(default_factory=load_terms)
    files: CouncilFiles = field(default_factory=CouncilFiles)
    register: ProviderRegister = field(default_factory=ProviderRegister)
    settings: Settings = field(default_factory=Settings)
    targets: TargetChanges = field(default_factory=TargetChanges)
    finance_settings: FinanceSettings = field(default_factory=FinanceSettings)
    finance_faults: tuple[Fault, ...] = ()
    decisions: DecisionLog = field(default_factory=DecisionLog)
    meetings: MeetingList = field(default_factory=MeetingList)

    @property
    def catalogue(self) -> Catalogue:
        """The latest catalogue. What is judged by a period's targets asks ``terms`` for those of that period."""
        return self.terms.in_force()


def read_council(files: CouncilFiles) -> Council:
    """Read every list that ``files`` names, each once.

    A fault in a row never stops the rest of its list. Raises UnreadableFile where a list cannot be opened,
    RegisterError where it lacks a column, SettingsError where a settings file contains an unknown setting.
    """
    terms, targets = read_terms(files.targets, files.catalogue)
    settings = read_settings(files.settings, terms.in_force())
    finance_settings, finance_faults = _finance_settings(files, settings.finance)
    register = _read_providers(files, terms)
    decisions = read_decisions(files.decisions, terms.in_force())
    return Council(
        terms=terms,
        files=files,
        register=register,
        settings=settings,
        targets=targets,
        finance_settings=finance_settings,
        finance_faults=finance_faults,
        decisions=decisions,
        meetings=read_meetings(files.meetings, decisions, register.by_id),
    )


def _read_providers(files: CouncilFiles, terms: ContractTerms) -> ProviderRegister:
    """Read the register; our own contract asks every provider for a lot, though it has a section for everyone."""
    if files.register is None:
        return ProviderRegister()
    optional = files.catalogue is not None and terms.has_sections_for_everyone
    return ProviderRegister(*read_register(files.register, terms.lots, lots_optional=optional))


def _finance_settings(files: CouncilFiles, own: FinanceSettings) -> tuple[FinanceSettings, tuple[Fault, ...]]:
    """Bring finance's settings together: those of ``xlkpi.toml``, and those beside the ledger or in a named file."""
    beside = read_finance_settings(files.finance_settings)
    if files.finance_settings is None:
        return own, ()
    name = files.finance_settings.name
    if files.has_named_finance_settings:  # it was named for this run, so there is nothing to correct in a file
        return merge_finance_settings(beside, own, name, SETTINGS_NAME)[0], ()
    return merge_finance_settings(own, beside, SETTINGS_NAME, name)


def read_terms(targets: Path | None, catalogue: Path | None = None) -> tuple[ContractTerms, TargetChanges]:
    """Read what the contract says over the years: every version of its catalogue, and the list of changed targets.

    ``catalogue`` is the folder of the contract's indicators, None for ours. Raises SettingsError where it cannot be
    used, UnreadableFile where the list cannot be opened, RegisterError where it lacks a column.
    """
    terms = load_catalogue_folder(catalogue) if catalogue else load_terms()
    changes = read_targets(targets, terms)
    return terms.with_changes(changes.changes), changes


@lru_cache(maxsize=32)
def terms_near(place: Path) -> ContractTerms:
    """Give the terms of the contract folder that a place is in, or else the one we are in; ours where there is none.

    Raises SettingsError, UnreadableFile or RegisterError where the folder's list of targets cannot be used.
    """
    contract = find_contract_folder(place) or find_contract_folder(Path())
    return read_terms(contract.targets, contract.catalogue)[0] if contract else load_terms()
