"""What the contract says over the years: every version of its catalogue, with the targets that were changed.

What reads a list is loaded where there is one: most commands need the terms before anything else.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.council.contract_folder import find_contract_folder
from xlkpi.council.target_changes import TargetChanges

TermsRead = tuple[ContractTerms, TargetChanges]
"""The terms with the changed targets in force, and the list of changes with its faults."""


def read_terms(targets: Path | None, catalogue: Path | None = None) -> TermsRead:
    """Read what the contract says over the years: every version of its catalogue, and the list of changed targets.

    ``catalogue`` is the folder of the contract's indicators, None for ours. Raises SettingsError where it cannot be
    used, UnreadableFile where the list cannot be opened, RegisterError where it lacks a column.
    """
    terms = _load_terms(catalogue)
    if targets is None:
        return terms, TargetChanges()
    from xlkpi.council.targets import read_targets  # noqa: PLC0415 - pydantic, which only a list needs

    changes = read_targets(targets, terms)
    return terms.with_changes(changes.changes), changes


def _load_terms(catalogue: Path | None) -> ContractTerms:
    if catalogue is None:
        return load_terms()
    from xlkpi.council.catalogue_folder import load_catalogue_folder  # noqa: PLC0415 - only another contract needs it

    return load_catalogue_folder(catalogue)


@lru_cache(maxsize=32)
def terms_near(place: Path) -> ContractTerms:
    """Give the terms of the contract folder that a place is in, or else the one we are in; ours where there is none.

    Raises SettingsError, UnreadableFile or RegisterError where the folder's list of targets cannot be used.
    """
    contract = find_contract_folder(place) or find_contract_folder(Path())
    return read_terms(contract.targets, contract.catalogue)[0] if contract else load_terms()
