"""The blank ledger workbook: invoices typed or pasted in, and the finance check live, with no Python and no macro."""

from __future__ import annotations

from xlkpi.sheets.ledger_template.plan_ledger import plan_ledger_template

__all__ = ["plan_ledger_template"]
