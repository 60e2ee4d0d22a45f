"""The sheets of a finance workbook, planned as plain data; two of them serve the master as well."""

from __future__ import annotations

from xlkpi.finance.sheets.cross import cross_sheet
from xlkpi.finance.sheets.plan import plan_finance
from xlkpi.finance.sheets.s2 import s2_sheet

__all__ = ["cross_sheet", "plan_finance", "s2_sheet"]
