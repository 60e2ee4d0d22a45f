"""The sheets of a master, planned as plain data."""

from __future__ import annotations

from xlkpi.consolidation.sheets.about import RunInfo
from xlkpi.consolidation.sheets.origin import Origin
from xlkpi.consolidation.sheets.plan import plan_master

__all__ = ["Origin", "RunInfo", "plan_master"]
