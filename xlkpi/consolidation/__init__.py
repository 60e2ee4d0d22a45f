"""Consolidation: a folder of returns made into rows, files, findings and the list of who is missing."""

from __future__ import annotations

from xlkpi.consolidation.consolidate import bring_together, consolidate
from xlkpi.consolidation.master import RunInfo, plan_master, write_master
from xlkpi.consolidation.result import Consolidation, FileStatus

__all__ = [
    "Consolidation",
    "FileStatus",
    "RunInfo",
    "bring_together",
    "consolidate",
    "plan_master",
    "write_master",
]
