"""Every version of a contract's catalogue, and the one in force for a period.

A version that was ever sent out stays as a data file, because returns built with it come back for years.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from xlkpi.catalogue.ladder import LADDER
from xlkpi.catalogue.model import Catalogue, parse_catalogue
from xlkpi.catalogue.targets import change_targets
from xlkpi.core.contract_words import UNNAMED, ContractWords, parse_words
from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.target_change import TargetChange

__all__ = ["Catalogue", "ContractTerms", "load_catalogue", "load_terms", "terms_of"]

CONTRACT_FILE = "contract.json"
NOT_VERSIONS = (CONTRACT_FILE, LADDER)
SHIPPED = Path(__file__).with_name("day_services")
"""The versions of the contract that comes with xlkpi: the catalogue folder of whoever has none of their own."""


@dataclass(frozen=True, eq=False)
class ContractTerms:
    """What a contract says over the years: every version of its catalogue, the earliest first, and changed targets.

    Made once and handed down: whoever judges a figure asks for what is in force for the figure's own period.
    """

    versions: Tuple[Catalogue, ...]
    changes: Tuple[TargetChange, ...] = ()
    _in_force: Dict[Optional[Period], Catalogue] = field(default_factory=dict, repr=False)

    def in_force(self, period: Optional[Period] = None) -> Catalogue:
        """Give the catalogue that is in force for a period, its targets as changed by then; without one, the latest."""
        known = self._in_force.get(period)
        if known is None:
            changes = [change for change in self.changes if period is None or change.from_period <= period]
            known = self._in_force[period] = change_targets(self._version_for(period), changes)
        return known

    def _version_for(self, period: Optional[Period]) -> Catalogue:
        for catalogue in reversed(self.versions):
            if period is None or catalogue.from_period is None or catalogue.from_period <= period:
                return catalogue
        return self.versions[0]

    def with_changes(self, changes: Iterable[TargetChange]) -> ContractTerms:
        """Give the same terms with these changes of targets; the terms themselves where there are none."""
        ordered = tuple(sorted(changes, key=lambda change: change.from_period))
        return ContractTerms(self.versions, ordered) if ordered else self

    @property
    def digest(self) -> str:
        """Identify the terms: returns that were read under others are read again. Empty for those of xlkpi itself."""
        content = (self._own_versions, self.changes)
        return hashlib.sha256(repr(content).encode()).hexdigest() if any(content) else ""

    @property
    def _own_versions(self) -> Tuple[Catalogue, ...]:
        return () if self.versions is load_terms().versions else self.versions

    def __reduce__(self) -> Tuple[Any, ...]:
        # A worker process makes the terms once, however many batches of files it is sent.
        return _restored, (self._own_versions, self.changes)

    @property
    def codes(self) -> Tuple[str, ...]:
        """The codes of all indicators, the latest version's first and in its order."""
        return tuple(dict.fromkeys(code for catalogue in reversed(self.versions) for code in catalogue.indicators))

    @property
    def words(self) -> ContractWords:
        """What the contract calls itself and its two sides."""
        return self.versions[-1].words

    @property
    def scheme(self) -> PeriodScheme:
        """How the contract cuts its years into reporting periods; the same for every version."""
        return self.words.scheme

    @property
    def lots(self) -> Tuple[str, ...]:
        """Every lot that a section names, in the order of the sections."""
        sections = (section for catalogue in reversed(self.versions) for section in catalogue.sections)
        return tuple(dict.fromkeys(lot for section in sections for lot in section.lots))

    @property
    def has_sections_for_everyone(self) -> bool:
        """Whether a provider without a lot has something to report, by every version."""
        return all(any(not section.lots for section in catalogue.sections) for catalogue in self.versions)

    @property
    def section_titles(self) -> Mapping[str, str]:
        """The title of every section by its key, as the latest version with that section has it."""
        return {section.key: section.title for catalogue in self.versions for section in catalogue.sections}

    def version(self, name: str) -> Optional[Catalogue]:
        """Give the version of this name; None where it is not known."""
        return next((catalogue for catalogue in self.versions if catalogue.version == name), None)


def load_catalogue(period: Optional[Period] = None, folder: Union[Path, str, None] = None) -> Catalogue:
    """Load the catalogue in force for a period, from a catalogue folder.

    Without a period it is the latest version, without a folder the contract that comes with xlkpi. Raises
    CatalogueError where its data contradict themselves.
    """
    return load_terms(folder).in_force(period)


def load_terms(folder: Union[Path, str, None] = None) -> ContractTerms:
    """Load every version in a catalogue folder; without one, of the contract that comes with xlkpi.

    Raises CatalogueError where the data of a version contradict themselves.
    """
    return _load(Path(folder) if folder is not None else SHIPPED)


@lru_cache(maxsize=8)
def _load(folder: Path) -> ContractTerms:
    words = load_words(folder)
    texts = [file.read_text(encoding="utf-8-sig") for file in version_files(folder)]
    return ContractTerms(tuple(parse_catalogue(json.loads(text), words) for text in texts))


def load_words(folder: Path) -> ContractWords:
    """Load what the contract in a catalogue folder calls itself and its two sides."""
    file = folder / CONTRACT_FILE
    if not file.is_file():
        return UNNAMED
    return parse_words(json.loads(file.read_text(encoding="utf-8-sig")))


def version_files(folder: Path) -> List[Path]:
    """List the files of a catalogue folder that are versions of the catalogue, the earliest first."""
    # What begins with a point is not for people, such as the ._1.json that a Mac leaves beside 1.json.
    files = (file for file in folder.glob("*.json") if file.name not in NOT_VERSIONS and not file.name.startswith("."))
    return sorted(files, key=_by_number)


@lru_cache(maxsize=8)
def _restore_shipped(changes: Tuple[TargetChange, ...]) -> ContractTerms:
    return load_terms().with_changes(changes)


def _restored(versions: Tuple[Catalogue, ...], changes: Tuple[TargetChange, ...]) -> ContractTerms:
    return ContractTerms(versions, changes) if versions else _restore_shipped(changes)


def terms_of(catalogue: Catalogue) -> ContractTerms:
    """Give the terms of a contract with one version of its catalogue."""
    return ContractTerms((catalogue,))


def _by_number(file: Path) -> List[Tuple[int, str]]:
    """Sort 2026-27.10 after 2026-27.9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", file.stem)]
