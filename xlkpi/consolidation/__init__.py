"""Consolidation: a folder of returns made into rows, files, findings and the list of who is missing."""

from __future__ import annotations

from xlkpi.consolidation.consolidate import bring_together, consolidate
from xlkpi.consolidation.master import write_master
from xlkpi.consolidation.result import Consolidation, FileStatus
from xlkpi.consolidation.sheets import Origin, RunInfo, plan_master

__all__ = [
    "Consolidation",
    "FileStatus",
    "Origin",
    "RunInfo",
    "bring_together",
    "consolidate",
    "plan_master",
    "write_master",
]
