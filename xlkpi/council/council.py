"""Everything the Council keeps about a contract, as one value: found once, read once, and handed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xlkpi.catalogue.load import Catalogue, ContractTerms, load_terms
from xlkpi.core.contract_places import SETTINGS_NAME
from xlkpi.core.lot import Provider
from xlkpi.council.council_files import CouncilFiles
from xlkpi.council.decisions import DecisionLog, read_decisions
from xlkpi.council.finance_settings import (
    FinanceSettings,
    merge_finance_settings,
    read_finance_settings,
)
from xlkpi.council.lists.faults import Fault
from xlkpi.council.meetings import MeetingList, read_meetings
from xlkpi.council.register.read import read_register
from xlkpi.council.settings import Settings, read_settings
from xlkpi.council.target_changes import TargetChanges
from xlkpi.council.terms import TermsRead, read_terms


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


def read_council(files: CouncilFiles, terms_read: TermsRead | None = None) -> Council:
    """Read every list that ``files`` names, each once; ``terms_read`` is what `read_terms` gave, if asked already.

    A fault in a row never stops the rest of its list. Raises UnreadableFile where a list cannot be opened,
    RegisterError where it lacks a column, SettingsError where a settings file contains an unknown setting.
    """
    terms, targets = terms_read or read_terms(files.targets, files.catalogue)
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
