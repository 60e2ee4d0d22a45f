"""The blank ledger joins the lines of an invoice by formula, as Python does: LibreOffice on the same rows."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from tests.field.ledgers import DISPUTED, OTHERS, SECOND, check, text_of
from tests.finance.ledger_builders import blank_ledger
from tests.judge.packages.package import without_later_rows
from xlkpi.sheets.ledger_template.names_and_columns import INVOICE_HEADERS

pytestmark = pytest.mark.xdist_group("blank ledger")  # it is written once
EPOCH = pd.Timestamp("1899-12-30")
PROVIDERS = ("P001", "P002")
ROWS = 300
"""Twice what is typed. All 2,000 are in tests/sheets/test_ledger_template.py; each looks at every other one."""


def chosen_rows():
    """One of each kind: instalments, part disputes, another receipt, sent again, used again, credit notes, repeats."""
    many = [
        "P001,A,01/05/2026,10/05/2026,03/05/2026,40.00,06/05/2026,2 sessions,20/05/2026,28/05/2026",
        "P001,A,01/05/2026,,03/05/2026,100.00,,,,14/05/2026",
        "P001,B,01/05/2026,02/05/2026,03/05/2026,50.00,20/05/2026,half,,10/05/2026",
        "P001,B,01/05/2026,10/05/2026,03/05/2026,50.00,20/05/2026,half,,10/07/2026",
        "P001,C,01/05/2026,10/05/2026,03/05/2026,60.00,,,,10/05/2026",
        "P001,C,01/05/2026,10/05/2026,09/05/2026,40.00,12/05/2026,hours,,",
        "P001,D,01/05/2026,10/05/2026,03/05/2026,75.00,06/05/2026,rate,,",
        "P001,d,18/05/2026,25/05/2026,20/05/2026,75.00,,,,29/05/2026",
        "P001,001,01/05/2025,10/05/2025,03/05/2025,80.00,06/05/2025,rate,,14/05/2025",
        "P001,001,01/05/2026,10/05/2026,03/05/2026,80.00,,,,14/05/2026",
        "P001,E*1,01/05/2026,10/05/2026,03/05/2026,20.00,,,,14/05/2026",
        "P001,E?1,01/05/2026,10/05/2026,03/05/2026,20.00,04/05/2026,rate,,14/05/2026",
        "P002,F,01/09/2026,,25/09/2026,20.00,,,,",
        "P002,G,01/05/2026,10/05/2026,03/05/2026,-20.00,,,,14/05/2026",
        "P002,G,01/05/2026,10/05/2026,03/05/2026,20.00,,,,",
        "P002,H,,,03/05/2026,,,,,05/05/2026",
        "P002,H,,,03/06/2026,,,,,",
    ]
    return [*many, DISPUTED, *OTHERS, OTHERS[0], *SECOND]


def drawn_rows(count, seed):
    """Rows with few numbers, days and sums, so that everything that can tie does."""
    dice = random.Random(seed)

    def day(months=(5, 6, 9)):
        return f"{dice.randrange(1, 10):02d}/{dice.choice(months):02d}/2026"

    def some():
        return dice.choice((day(), ""))

    rows = []
    for _ in range(count):
        received, disputed = day(), dice.random() < 0.2
        rows.append(
            f"{dice.choice(PROVIDERS)},N{dice.randrange(count // 3)},{some()},{some()},"
            f"{received},{dice.choice(('40.00', '60.00', '-5.00', ''))},{day() if disputed else ''},"
            f"{'rate' if disputed else ''},{day() if disputed and dice.random() < 0.5 else ''},"
            f"{day() if dice.random() < 0.7 else ''}"
        )
    return rows


def typed(row):
    """The cells as a person has them in a sheet: days and sums as numbers."""
    cells = row.split(",")
    days = {2, 3, 4, 6, 8, 9}
    return [
        float((pd.to_datetime(cell, format="%d/%m/%Y") - EPOCH).days) if place in days and cell
        else float(cell) if place == 5 and cell
        else cell
        for place, cell in enumerate(cells)
    ]  # fmt: skip


def fill(book, rows):
    book.document.enableAutomaticCalculation(False)  # at the end of each step instead
    book.cell("Invoices", f"A2:J{len(rows) + 1}").setDataArray(tuple(map(tuple, map(typed, rows))))
    book.cell("S2 check", "A2:C3").setDataArray((("P001", "One", "SME"), ("P002", "Two", "SME")))
    book.document.calculate()


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_joins_lines_as_python_does(calc, tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(without_later_rows(blank_ledger(), ROWS))
    book, rows = calc(path), [*chosen_rows(), *drawn_rows(120, 2)]
    assert len(rows) < ROWS / 1.5
    fill(book, rows)
    finance = check(tmp_path, text_of(rows))
    last = len(rows) + 1
    shown = [
        dict(zip(INVOICE_HEADERS, row, strict=True))
        for row in book.values("Invoices", f"A2:{column(len(INVOICE_HEADERS))}{last}")
    ]
    kinds = {line: row["counts as"] for line, row in enumerate(shown, start=2) if row["counts as"] != "further line"}
    marked = finance.marked
    expected = {int(row.line): str(row.kind) for row in marked.itertuples()}
    repeats = {int(row.line) for row in finance.ledger.repeats.itertuples()}
    first_of_sent_again = {line for line, kind in kinds.items() if kind != "resubmitted invoice" or line in expected}
    assert {line: kinds[line] for line in first_of_sent_again if line not in repeats} == expected
    assert {line for line, kind in kinds.items() if kind == "duplicate"} == repeats
    for name, mark in (("counted", "counted"), ("disputed", "disputed"), ("late", "late")):
        by_formula = {line for line, row in enumerate(shown, start=2) if row[name] == 1}
        assert by_formula == set(marked.loc[(marked[mark] == 1) & (marked["counted"] == 1), "line"]), name
    values = book.values("S2 check", "A2:G3")
    assert {row[0]: (row[5], row[6]) for row in values} == {
        line.provider_id: (line.ledger.disputed, line.ledger.submitted) for line in finance.lines
    }
    whole = finance.payment.whole
    paid = book.values("Prompt payment", "B6:K6")[0]
    expected_paid = (
        whole.received, whole.paid, whole.within, whole.late, float(whole.share), 0.9, whole.against(90).value,
        whole.disputed_measured, whole.disputed_within, float(whole.undisputed_share),
    )  # fmt: skip
    assert list(paid) == pytest.approx(list(expected_paid))
    types_and_texts_for_sums(book, len(rows) + 1)


def types_and_texts_for_sums(book, last):
    """In the same workbook: a type makes a credit note, and a text for a sum loses no invoice."""
    first, second, third = last - 2, last - 1, last
    for row, number in ((first, "T1"), (second, "T2"), (third, "T3")):
        book.cell("Invoices", f"A{row}:J{row}").setDataArray((tuple(typed(SECOND[0].replace("OH-1", number))),))
    book.set("Invoices", f"W{first}", "Credit Note")
    book.set("Invoices", f"W{second}", "PI")
    book.set("Invoices", f"F{third}", "ask Ann")
    book.document.calculate()
    kinds = [row[0] for row in book.values("Invoices", f"K{first}:K{third}")]
    assert kinds == ["credit note", "invoice", "invoice"]
    assert book.get("Start", "A21") == "1 amounts on Invoices are text: the invoices count, without a sum."


def column(number):
    """The letters of a column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
