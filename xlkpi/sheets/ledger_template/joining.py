"""The lines of an invoice joined by formula: the rules of `finance.tie_lines` and `finance.join_lines`, row by row.

Each row has the number of its first line; the row that is a first line shows what all lines together come to. A row
whose number is there once costs next to nothing. Ties are followed over two deliveries, which is further than any
provider sends an invoice again.
"""

from __future__ import annotations

from xlkpi.finance.classify_invoices import InvoiceKind
from xlkpi.finance.invoice_types import CREDIT_WORDS
from xlkpi.finance.tie_lines import TIED_DAYS
from xlkpi.sheets.ledger_template.names_and_columns import TERMS, TYPE, TYPED, beside, mine

FAR = 100_000
"""A day later than all days, from which others are subtracted: the largest rest is that of the earliest day."""
LONGEST_REASON = 60
DATES = {"due": "due_date", "disputes": "disputed_date", "resolves": "resolved_date", "pays": "paid_date"}


def join_formulas(row: int) -> dict[str, str]:
    """Write the formulas of the columns that join a row with the other lines of its invoice."""
    live = {**_key_formulas(row), **_tie_formulas(row), **_sum_formulas(row)}
    usable = f'AND({mine("look at", row)}="",{mine("provider_id", row)}<>"")'
    return {name: f"IF({usable},{text},{0 if name not in TEXTS else _EMPTY})" for name, text in live.items()}


TEXTS = ("number", "cells")
"""Columns that contain texts; the others contain numbers, so that formulas can calculate with whole columns."""
_EMPTY = '""'


def _key_formulas(row: int) -> dict[str, str]:
    """Which rows have the same provider, number and kind (``key``), and which are the same in every cell."""

    def at(name: str) -> str:
        return mine(name, row)

    words = ",".join(f'{at(TYPE)}="{word}"' for word in CREDIT_WORDS)
    compared = (name for name in TYPED[2:] if name != "dispute_reason")
    cells = '&"|"&'.join((at("key"), *map(at, compared), f"LEFT({at('dispute_reason')},{LONGEST_REASON})"))
    return {
        "credit": f"IF(OR(N({at('amount')})<0,{words}),1,0)",
        "number": f'{at("provider_id")}&"|"&{at("invoice_no")}&"|"&{at("credit")}',
        "key": f"MATCH({_literal(at('number'))},{beside('number')},0)",
        "times": f"COUNTIF({beside('key')},{at('key')})",
        "day": at("received_date"),
        "cells": f'IF({at("times")}=1,"",{cells})',
        "repeat": f"IF({at('times')}=1,0,IF(MATCH({_literal(at('cells'))},{beside('cells')},0)<{row - 1},1,0))",
    }


def _literal(cell: str) -> str:
    """A text as MATCH takes it to the letter."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"~","~~"),"*","~*"),"?","~?")'


def _tie_formulas(row: int) -> dict[str, str]:
    """Which rows are tied to one another: the first day of receipt among them, and the first line of that day."""

    def at(name: str) -> str:
        return mine(name, row)

    key, day = at("key"), at("day")
    same_day = f"{beside('key')},{key},{beside('day')},{day}"
    amounts = f'COUNTIFS({same_day},{beside("amount")},">-1E+300")=COUNTIFS({same_day})'
    total = f"ROUND(SUMIFS({beside('amount')},{same_day},{beside('repeat')},0),2)"
    unknown = f"IF(ISNUMBER({at('invoice_date')}),-{at('invoice_date')},-1)"
    first = f"({beside('key')}={key})*({beside('day')}={at('first day')})*({beside('repeat')}=0)"
    earlier = f"{beside('first line')},{at('first line')},{beside('sum of day')},{at('sum of day')}"
    again = f'COUNTIFS({earlier},{beside("day")},"<"&{day},{beside("repeat")},0)>0'
    return {
        "sum of day": f"IF({at('times')}=1,0,IF({amounts},{total},{unknown}))",
        "tied to": f"IF({at('times')}=1,{day},{_earliest(_tied(row), 'day')})",
        "first day": f"IF({at('times')}=1,{day},{_earliest(_tied(row), 'tied to')})",
        "first line": f"IF({at('times')}=1,{row},{FAR}-SUMPRODUCT(MAX({first}*({FAR}-ROW({beside('key')})))))",
        "own": f"IF({at('times')}=1,1,IF({at('repeat')}=1,0,IF({at('credit')}=1,1,IF({again},2,1))))",
    }


def _tied(row: int) -> str:
    """The rows of one key with the same receipt or invoice date, or with the same sum within six months of one year."""

    def at(name: str) -> str:
        return mine(name, row)

    day, dated = at("day"), at("invoice_date")
    quarter = f"IF(MONTH({day})<4,1,4)"
    begins = f"MAX({day}-{TIED_DAYS},DATE(YEAR({day}),{quarter},1))"
    ends = f"MIN({day}+{TIED_DAYS},DATE(YEAR({day}),IF(MONTH({day})<4,4,13),1)-1)"
    by_day = f"({beside('day')}={day})+({beside('invoice_date')}={dated})*(N({dated})>0)"
    by_sum = f"({beside('sum of day')}={at('sum of day')})*({beside('day')}>={begins})*({beside('day')}<={ends})"
    return f"({beside('key')}={at('key')})*(({by_day}+{by_sum}*(1-{at('credit')}))>0)"


def _earliest(rows: str, column: str) -> str:
    return f"{FAR}-SUMPRODUCT(MAX({rows}*({FAR}-{beside(column)})))"


def _earliest_known(rows: str, column: str) -> str:
    """The earliest day of a column in these rows; 0 where there is none."""
    return f"MOD({_earliest(f'{rows}*({beside(column)}>0)', column)},{FAR})"


def _sum_formulas(row: int) -> dict[str, str]:
    """What all lines come to, in the row of the first line: due, disputed, resolved and paid, 0 where not known."""

    def at(name: str) -> str:
        return mine(name, row)

    lines = f"({beside('first line')}={row})"
    own, sent_again = (f"{lines}*({beside('own')}={number})" for number in (1, 2))
    counted = f"{beside('first line')},{row}"
    open_dispute = f'COUNTIFS({counted},{beside("disputes")},">0",{beside("resolves")},0)>0'
    unpaid = f"COUNTIFS({counted},{beside('own')},1,{beside('pays')},0)>0"
    together = {
        "due": _earliest_known(own, "due"),
        "disputed": _earliest_known(lines, "disputes"),
        "resolved": f"IF({open_dispute},0,SUMPRODUCT(MAX({lines}*{beside('resolves')})))",
        "paid": f"IF({unpaid},SUMPRODUCT(MAX({sent_again}*{beside('pays')})),SUMPRODUCT(MAX({own}*{beside('pays')})))",
    }
    is_first = f'{at("counts as")}<>"{InvoiceKind.INVOICE.value}"'
    alone = dict(zip(together, DATES, strict=True))
    waits = f"OR({at('paid of all')}>0,{TERMS.end}-{at('day')}>{TERMS.days})"
    return {
        **{name: f"IF(ISNUMBER({at(column)}),{at(column)},0)" for name, column in DATES.items()},
        **{f"{name} of all": f"IF({is_first},0,IF({at('times')}=1,{at(alone[name])},{text}))"
           for name, text in together.items()},
        "measured": f"IF({at('counted')}=1,IF({waits},1,0),0)",
    }  # fmt: skip
