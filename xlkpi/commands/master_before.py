"""The master of the same period that was made before, with which a new one is compared."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from xlkpi.catalogue.load import ContractTerms
from xlkpi.consolidation.master_changes import list_changes
from xlkpi.consolidation.result import Consolidation
from xlkpi.errors import UnreadableFile
from xlkpi.reading.masters.lists import read_master
from xlkpi.reading.masters.what_changed import MasterChange


def changes_since(candidates: Iterable[Path], result: Consolidation, terms: ContractTerms) -> tuple[MasterChange, ...]:
    """List what changed against the first of these files that is a master of the same period; nothing without one."""
    for path in candidates:
        with suppress(UnreadableFile):  # no master, or one that somebody has changed: there is nothing to compare with
            before = read_master(path, terms=terms, with_earlier=False, known=result.rows)
            if before.period == result.period:
                return list_changes(before, result)
    return ()
