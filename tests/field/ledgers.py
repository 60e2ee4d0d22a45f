"""Ledgers as councils export them, made from nothing: five invoices of one provider and four of another."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache

import openpyxl

from tests.finance.ledger_builders import HEADER, finance_council, registered, returns
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.finance_check import check_finance

COLUMNS = HEADER.split(",")
RIGHT = {"P001": (1, 5), "P002": (0, 4)}
DISPUTED = "P001,INV-1,01/05/2026,10/05/2026,03/05/2026,100.00,06/05/2026,wrong rate,12/05/2026,14/05/2026"


def plain(number, provider="P001", prefix="INV"):
    """An invoice received on 3 May, in time, undisputed and paid after eleven days."""
    return f"{provider},{prefix}-{number},01/05/2026,10/05/2026,03/05/2026,100.00,,,,14/05/2026"


OTHERS = [plain(number) for number in range(2, 6)]
SECOND = [plain(number, "P002", "OH") for number in range(1, 5)]
ROWS = [DISPUTED, *OTHERS, *SECOND]


def text_of(rows, header=HEADER):
    """The rows as a CSV."""
    return "\n".join([header, *rows])


def workbook_of(rows, header=COLUMNS, date_format=None):
    """The rows as an .xlsx; ``date_format`` is that of cells with a number in a column of days."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(header)
    for row in rows:
        sheet.append(row)
        for place, value in enumerate(row, start=1):
            if date_format and header[place - 1].endswith("_date") and isinstance(value, (int, float)):
                sheet.cell(sheet.max_row, place).number_format = date_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_days(write, rows=ROWS):
    """The rows with each day written by ``write`` (day, column), as lists of cells; an empty cell is written too."""
    return [
        [
            write(_day(text), column) if column.endswith("_date") else text
            for column, text in zip(COLUMNS, row.split(","), strict=True)
        ]
        for row in rows
    ]


def _day(text):
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007 - a day has no zone


def csv_with_days(write, rows=ROWS):
    """The same as a CSV."""
    return text_of([",".join(str(cell) for cell in row) for row in with_days(write, rows)])


@cache
def _claims():
    """The register and returns that claim what is right."""
    register = registered(1, 2)
    figures = {int(provider_id[1:]): pair for provider_id, pair in RIGHT.items()}
    return register, returns(figures, register=register)


def check(folder, content, *, name="ledger.csv", settings=None):
    """The finance check of returns that claim what is right with a ledger of this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    register, result = _claims()
    council = finance_council(path, register=register, settings=settings or FinanceSettings())
    return check_finance(result, council)


def counted(finance):
    """x and y of each provider by the ledger."""
    return {line.provider_id: (line.ledger.disputed, line.ledger.submitted) for line in finance.lines}


def reported(finance):
    """Code and severity of what is said of the ledger, the comparison with the returns left out."""
    return {
        entry.finding.code.name: entry.finding.severity.value
        for entry in finance.findings
        if not entry.finding.code.name.startswith("S2_")
    }


def message(finance, code):
    """The one message of this code, or the first."""
    return next(entry.finding.message for entry in finance.findings if entry.finding.code.name == code)
