"""The rules of the finance check as worksheet formulas for Excel 2010 and LibreOffice, equal to core and counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.vocabulary import OutturnRule, Reading
from xlkpi.finance.agreement import Agreement
from xlkpi.finance.classify_invoices import InvoiceKind
from xlkpi.layout.expression import in_band, nested_if
from xlkpi.sheets.finance.names_and_columns import InvoiceCells, PaymentTerms

COUNTS = ("disputed", "submitted", "late", "late_or_disputed")


def count_invoices(what: str, provider: str, cells: InvoiceCells, terms: PaymentTerms) -> str:
    """Count a provider's invoices of the period; ``what`` is one of COUNTS (counts.LedgerCounts)."""
    disputed = f'({cells.disputed}<>"")*((({cells.paid}="")+({cells.disputed}<={cells.paid}))>0)'
    late = f'({cells.due}<>"")*({cells.received}>{cells.due})'
    marks = {
        "submitted": "",
        "disputed": f"*{disputed}",
        "late": f"*{late}",
        "late_or_disputed": f"*(({disputed}+{late})>0)",
    }
    own = f'({cells.provider}={provider})*({cells.kind}="{InvoiceKind.INVOICE.value}")'
    return f"SUMPRODUCT({own}*({cells.received}>={terms.start})*({cells.received}<={terms.end}){marks[what]})"


def rate_counts(definition: Definition, x: str, y: str) -> str:
    """Give the state of x and y in two cells, which contain whole numbers of 0 or more, or nothing."""
    if definition.bands is None:
        rated = '"Information"'
    else:
        part = f"({y}-{x})" if definition.outturn is OutturnRule.REST_OF_Y else x
        tests = [(in_band(band, part, y), f'"{rag.value}"') for rag, band in definition.bands.by_rag]
        rated = nested_if(tests, '"Unrated"')
    cases = (
        (f'AND({x}="",{y}="")', '"Not entered"'),
        (f'OR({x}="",{y}="")', '"Incomplete"'),
        (f"AND({x}=0,{y}=0)", '"No cases"'),
        (f"{x}>{y}", '"Check"'),
    )
    return nested_if(cases, rated)


def divide_counts(part: str, whole: str, *, rest: bool = False) -> str:
    """Divide part by whole, or the rest of it; empty text where the whole is 0 or empty."""
    top = f"({whole}-{part})" if rest else part
    return f'IF(N({whole})=0,"",{top}/{whole})'


def subtract_counts(returned: str, counted: str) -> str:
    """Subtract ``counted`` from ``returned``; empty text where ``returned`` is empty."""
    return f'IF({returned}="","",{returned}-{counted})'


def classify_agreement(
    returned: Sequence[str], y: str, apart: Sequence[str], rags: Sequence[str], tolerance: str
) -> str:
    """Classify a provider by `finance.agreement`, from cells: x and y returned, y counted, both differences."""
    by_x, by_y = apart
    small = f"AND(ABS({by_x})<={tolerance},ABS({by_y})<={tolerance},{rags[0]}={rags[1]})"
    disputes = f"AND({by_x}<>0,OR(ABS({by_x})>{tolerance},ABS({by_y})<={tolerance}))"
    under = f'IF({by_x}<0,"{Agreement.UNDERSTATES.value}","{Agreement.OVERSTATES.value}")'
    return nested_if(
        (
            (f'OR({returned[0]}="",{returned[1]}="")', f'"{Agreement.NO_RETURN.value}"'),
            (f"AND({by_x}=0,{by_y}=0)", f'"{Agreement.AGREED.value}"'),
            (f"{y}=0", f'"{Agreement.NO_LEDGER.value}"'),
            (small, f'"{Agreement.SMALL.value}"'),
            (disputes, under),
        ),
        f'"{Agreement.COUNT.value}"',
    )


def compare_counts(at: Callable[[str], str], indicator: Indicator, reading: Reading, tolerance: str) -> dict[str, str]:
    """Compare the counts of a row of the invoice check, by column; ``at`` gives a column's cell in that row.

    ``reading`` is the one in force, by which a difference of the RAG is judged.
    """
    returned, counted = (at("x return"), at("y return")), (at("x ledger"), at("y ledger"))
    either_late = at("late or disputed")
    in_force = "" if reading is Reading.EFFECTIVE else " as written"
    rags = [at(f"RAG {side}{in_force}") for side in ("return", "ledger")]
    return {
        "x difference": subtract_counts(returned[0], counted[0]),
        "y difference": subtract_counts(returned[1], counted[1]),
        "undisputed": divide_counts(counted[0], counted[1], rest=True),
        "on time and undisputed": divide_counts(either_late, counted[1], rest=True),
        "RAG return": rate_counts(indicator.effective, *returned),
        "RAG return as written": rate_counts(indicator.written, *returned),
        "RAG ledger": rate_counts(indicator.effective, *counted),
        "RAG ledger as written": rate_counts(indicator.written, *counted),
        "RAG on time and undisputed": rate_counts(indicator.effective, either_late, counted[1]),
        "class": classify_agreement(returned, counted[1], (at("x difference"), at("y difference")), rags, tolerance),
    }
