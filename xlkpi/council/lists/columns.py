"""Which column of a list holds what: ledger, case-system extract and decisions, their headers read forgivingly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlkpi.council.lists.cell_text import clean
from xlkpi.errors import LedgerError, RegisterError

SEARCHED = 20
"""A title or a note may stand above the header; further down than this nobody puts one."""


@dataclass(frozen=True)
class Columns:
    """The columns a list may have: all in order, those it cannot do without, and other names people give them.

    ``lacking`` is what is raised where one is missing: its text says how a header is named.
    """

    names: tuple[str, ...]
    required: tuple[str, ...]
    also: Mapping[str, str]
    lacking: type[RegisterError] = LedgerError

    def of(self, header: str) -> str | None:
        """The column a header means, whatever its case, spaces, brackets or hyphens; None where it is none."""
        word = plain(header)
        return next((name for name in self.names if plain(name) == word), self.also.get(word))


LEDGER = Columns(
    (
        "provider_id", "invoice_no", "invoice_date", "due_date", "received_date", "amount",
        "disputed_date", "dispute_reason", "resolved_date", "paid_date",
    ),
    ("provider_id", "invoice_no", "due_date", "received_date", "disputed_date", "paid_date"),
    {
        "provider": "provider_id", "providerno": "provider_id", "providernumber": "provider_id",
        "supplier": "provider_id", "supplierid": "provider_id", "supplierno": "provider_id",
        "suppliernumber": "provider_id", "vendor": "provider_id", "vendorid": "provider_id", "vendorno": "provider_id",
        "invoice": "invoice_no", "invoiceid": "invoice_no", "invoicenumber": "invoice_no", "invoiceref": "invoice_no",
        "invoicereference": "invoice_no", "dateofinvoice": "invoice_date", "invoiced": "invoice_date",
        "due": "due_date", "duedateforsubmission": "due_date", "submissiondue": "due_date", "datedue": "due_date",
        "submitby": "due_date", "received": "received_date", "datereceived": "received_date",
        "receivedon": "received_date", "receiptdate": "received_date", "dateofreceipt": "received_date",
        "invoiceamount": "amount", "gross": "amount", "grossamount": "amount", "value": "amount", "total": "amount",
        "disputed": "disputed_date", "datedisputed": "disputed_date", "disputedon": "disputed_date",
        "disputedate": "disputed_date", "reason": "dispute_reason", "reasonfordispute": "dispute_reason",
        "resolved": "resolved_date", "dateresolved": "resolved_date", "resolvedon": "resolved_date",
        "paid": "paid_date", "datepaid": "paid_date", "paidon": "paid_date", "paymentdate": "paid_date",
        "dateofpayment": "paid_date",
    },
)  # fmt: skip

EXTRACT = Columns(
    ("provider_id", "period", "indicator", "x", "y"),
    ("provider_id", "period", "indicator", "x", "y"),
    {"provider": "provider_id", "kpi": "indicator", "code": "indicator", "numerator": "x", "denominator": "y"},
)


def plain(header: str) -> str:
    """A header without case, spaces and signs: ``Amount (£)`` is ``amount``."""
    return "".join(c for c in header.casefold() if c.isalnum())


@dataclass(frozen=True)
class Header:
    """Where each column stands (from 0) by its name, how wide the header is, and the headers that mean nothing here."""

    line: int
    at: Mapping[str, int]
    width: int
    unknown: tuple[tuple[int, str], ...]


def header_of(line: int, record: Sequence[str], columns: Columns, mapped: Mapping[str, str]) -> Header:
    """The header a row would make. ``mapped`` gives the header of a column where the officer has said it.

    Ledger and extract share one settings file: what is mapped for the other is passed over. A mapped header is taken
    before any other meaning; of two headers with one meaning the first is taken.
    """
    said = {plain(header): column for column, header in mapped.items() if column in columns.names}
    at: dict[str, int] = {}
    unknown = []
    texts = [clean(text) for text in record]
    for place, text in enumerate(texts):
        column = said.get(plain(text)) if plain(text) else None
        if column:
            at[column] = place
    for place, text in enumerate(texts):
        column = columns.of(text)
        if column and column not in at and place not in at.values():
            at[column] = place
        elif text and place not in at.values():
            unknown.append((place, text))
    width = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    return Header(line, at, width, tuple(unknown))


def find_header(
    path: Path, first: Iterable[tuple[int, Sequence[str]]], columns: Columns, mapped: Mapping[str, str]
) -> Header:
    """The row among the first ones that holds every required column, or else most of them.

    Raises LedgerError (of a list whose headers cannot be mapped, RegisterError) naming what the best of them lacks.
    """
    best = Header(1, {}, 0, ())
    texts: tuple[str, ...] = ()
    for line, record in first:
        header = header_of(line, record, columns, mapped)
        if len(set(header.at) & set(columns.required)) > len(set(best.at) & set(columns.required)) or not texts:
            best, texts = header, tuple(text for text in map(clean, record) if text)
    missing = tuple(column for column in columns.required if column not in best.at)
    if missing:
        raise columns.lacking(path, missing, texts)
    return best


MAPPED = tuple(dict.fromkeys((*LEDGER.names, *EXTRACT.names)))
"""The columns whose headers can be said."""


class NoSuchColumn(ValueError):
    """A header is given for what is no column; a command ends with status 2."""

    usage = True


def parse_columns(words: Iterable[str]) -> dict[str, str]:
    """Read ``provider_id=Supplier No`` (several with ``,`` or ``;`` between them) into a header by column.

    Raises NoSuchColumn with what to write instead.
    """
    out: dict[str, str] = {}
    for pair in (part for word in words for part in word.replace(";", ",").split(",") if part.strip()):
        column, equals, header = (part.strip() for part in pair.partition("="))
        if not (equals and header and column in MAPPED):
            message = f"“{pair.strip()}” names no column. Write column=header, the column one of {', '.join(MAPPED)}."
            raise NoSuchColumn(message)
        out[column] = header
    return out
