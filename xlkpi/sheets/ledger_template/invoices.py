"""Invoices of the blank ledger: the columns to fill in, and beside them what each row counts as."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.finance.classify_invoices import InvoiceKind
from xlkpi.layout.expression import nested_if
from xlkpi.sheets.ledger_template.joining import TEXTS, join_formulas
from xlkpi.sheets.ledger_template.names_and_columns import (
    INVOICE_HEADERS,
    INVOICES,
    LAST_INVOICE,
    ROWS,
    TERMS,
    TYPE,
    TYPED,
    mine,
    providers,
)
from xlkpi.writing.workbook import REPEAT_HEADER, Column, EntryRule, Formula, Sheet, Table, Value

NOT_USED = "not used"
FURTHER_LINE = "further line"
"""A line of an invoice or a credit note whose first line is another row."""
STYLES = {
    "provider_id": (14, "input"),
    "invoice_no": (18, "input"),
    "amount": (13, "input money"),
    "dispute_reason": (26, "input"),
    "counts as": (18, "word"),
    "look at": (34, "line"),
    TYPE: (14, "input"),
}
DAY = (14, "input day")
MARK = (11, "mark")
DATES = tuple(name for name in TYPED if name.endswith("_date"))
SHOWN = ("counts as", "days to dispute", "days to resolution", "days to payment", "days open", "look at", *TEXTS)
"""Live columns that show nothing in an empty row; the others contain 0."""


def plan_invoices(check: str) -> Sheet:
    """Plan 2,000 empty rows with their formulas; the last column says what cannot be used.

    ``check`` is the sheet with the providers.
    """
    columns = tuple(Column(name, *_look(name)) for name in INVOICE_HEADERS)
    rows = [_row(check, row) for row in range(2, ROWS + 2)]
    kinds = f"{mine('counts as', 2)}:{mine('counts as', LAST_INVOICE)}"
    rules = tuple(
        EntryRule(f"{mine(name, 2)}:{mine(name, LAST_INVOICE)}", "A day", f"{name}: type it as day/month/year.")
        for name in DATES
    )
    table = Table("KPI_Ledger", columns, rows)
    paper = replace(REPEAT_HEADER, columns=len(TYPED) + 1)  # up to what each row counts as
    return Sheet(INVOICES, (table,), freeze=(1, 2), paper=paper, live_words=(kinds,), rules=rules)


def _look(name: str) -> tuple[float, str]:
    return STYLES.get(name, DAY if name in DATES else MARK)


def _row(check: str, row: int) -> list[Value]:
    live = _formulas(check, row)
    return [Formula(live[name], "" if name in SHOWN else 0) if name in live else None for name in INVOICE_HEADERS]


def _formulas(check: str, row: int) -> dict[str, str]:
    def at(name: str) -> str:
        return mine(name, row)

    received, paid, dispute = at("received_date"), at("paid of all"), at("disputed of all")
    resolved, due = at("resolved of all"), at("due of all")
    before = f"AND({dispute}>0,OR({paid}=0,{dispute}<={paid}))"
    still = f"OR({resolved}=0,{resolved}>{TERMS.end}),OR({paid}=0,{paid}>{TERMS.end})"
    is_invoice = f'{at("counts as")}="{InvoiceKind.INVOICE.value}"'
    counted, disputed, late = at("counted"), at("disputed"), at("late")
    return {
        "counts as": _kind(row),
        "counted": f"IF({is_invoice},IF(AND({received}>={TERMS.start},{received}<={TERMS.end}),1,0),0)",
        "late": f"IF({counted}=1,IF(AND({due}>0,{received}>{due}),1,0),0)",
        "disputed": f"IF({counted}=1,IF({before},1,0),0)",
        "late or disputed": f"IF({late}+{disputed}>0,1,0)",
        "days to dispute": f'IF({disputed}=1,{dispute}-{received},"")',
        "days to resolution": f'IF({disputed}=1,IF({resolved}>0,{resolved}-{dispute},""),"")',
        "days to payment": f'IF({counted}=1,IF({paid}>0,{paid}-{received},""),"")',
        "days open": f'IF({is_invoice},IF(AND({before},{dispute}<={TERMS.end},{still}),{TERMS.end}-{dispute},""),"")',
        "paid": f"IF({counted}=1,IF({paid}>0,1,0),0)",
        "in time": f"IF({at('paid')}=1,IF({at('days to payment')}<={TERMS.days},1,0),0)",
        "look at": _look_at(check, row),
        **join_formulas(row),
    }


def _kind(row: int) -> str:
    """What a row counts as (`classify_rows`): the first line of an invoice is the invoice."""
    return nested_if(
        (
            (f'{mine("look at", row)}<>""', f'"{NOT_USED}"'),
            (f'{mine("provider_id", row)}=""', '""'),
            (f"{mine('repeat', row)}=1", f'"{InvoiceKind.DUPLICATE.value}"'),
            (f"{mine('own', row)}=2", f'"{InvoiceKind.RESENT.value}"'),
            (f"{mine('first line', row)}<>{row}", f'"{FURTHER_LINE}"'),
            (f"{mine('credit', row)}=1", f'"{InvoiceKind.CREDIT_NOTE.value}"'),
        ),
        f'"{InvoiceKind.INVOICE.value}"',
    )


def _look_at(check: str, row: int) -> str:
    """Why a row is not used; empty for an empty row and for one that is used."""
    cells = f"{mine(TYPED[0], row)}:{mine(TYPED[-1], row)}"
    provider = mine("provider_id", row)
    cases = [(f"COUNTA({cells})=0", '""'), (f'{provider}=""', '"provider_id is empty"')]
    cases.append((f"ISNA(MATCH({provider},{providers(check, 'provider_id')},0))", f'"provider_id is not on {check}"'))
    cases.append((f'{mine("invoice_no", row)}=""', '"invoice_no is empty"'))
    cases.append((f'{mine("received_date", row)}=""', '"received_date is empty"'))
    cases += [(f"ISTEXT({mine(name, row)})", f'"{name} is text, not a date"') for name in DATES]
    return nested_if(cases, '""')
