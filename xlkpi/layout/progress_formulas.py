"""Formulas that count what is still missing in a section and in the whole return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from xlkpi.layout.addresses import FIRST_ROW, Col
from xlkpi.layout.row_messages import FIRST_QUERY, LAST_QUERY, REASON_NUMBER
from xlkpi.ooxml.addresses import column_letters, quoted_sheet


@dataclass(frozen=True)
class CountFormulas:
    """Expressions for the counts of layout.live_values.Tally."""

    due: str
    entered: str
    fix: str
    reasons: str
    plans: str
    queries: str


def section_counts(last: int, due: int, sheet: str = "") -> CountFormulas:
    """Write the counts of one section's rows, on its own sheet or seen from another."""
    prefix = f"{quoted_sheet(sheet)}!" if sheet else ""

    def cells(col: Col) -> str:
        return f"{prefix}{column_letters(col)}${FIRST_ROW}:{column_letters(col)}${last}"

    kind = cells(Col.KIND)
    return CountFormulas(
        due=str(due),
        entered=f"SUM({cells(Col.DONE)})",
        fix=f'(COUNTIF({kind},">0")-COUNTIF({kind},">={REASON_NUMBER}"))',
        reasons=f"COUNTIF({kind},{REASON_NUMBER})",
        plans=f'COUNTIFS({cells(Col.RAG)},"Red",{cells(Col.PLANNED)},0)',
        queries=f'(COUNTIF({kind},">={FIRST_QUERY}")-COUNTIF({kind},">{LAST_QUERY}"))',
    )


def progress_formula(counts: CountFormulas) -> str:
    """Write the formula of the progress line, worded as layout.live_values.Tally.progress words it."""
    return (
        f'{counts.entered}&" of "&{counts.due}&" entered, "&{counts.fix}&" to fix, "'
        f'&{_plural(counts.reasons, "reason")}&" missing"'
        f'&IF({counts.plans}=0,"",", "&{_plural(counts.plans, "action plan")}&" missing")'
        f'&IF({counts.queries}=0,"",", "&{counts.queries}&" to check or explain")'
    )


def _plural(count: str, thing: str) -> str:
    return f'{count}&IF({count}=1," {thing}"," {thing}s")'


def sum_of(cells: Sequence[str]) -> str:
    """Write the sum of single cells."""
    return f"SUM({','.join(cells)})"
