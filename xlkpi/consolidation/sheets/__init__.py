"""The sheets of a master, planned as plain data."""

from __future__ import annotations

from xlkpi.consolidation.sheets.about import RunInfo
from xlkpi.consolidation.sheets.plan import plan_master

__all__ = ["RunInfo", "plan_master"]
