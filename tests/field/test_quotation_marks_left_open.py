"""Somebody types a quotation mark into a cell: its own line is set aside and named, and no other line is lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.field.list_files import HEADER, invoice, messages_of, numbers, read, text_file
from xlkpi.council import read_register
from xlkpi.council.lists import list_parts
from xlkpi.council.lists.csv_rows import rows_of_lines
from xlkpi.council.lists.finance_columns import LEDGER
from xlkpi.council.lists.reader import open_list
from xlkpi.errors import UnreadableFile
from xlkpi.findings import Severity

OPEN = 'P001,INV-1,01/05/2026,10/05/2026,03/05/2026,100.00,06/05/2026,"wrong rate,12/05/2026,14/05/2026'
TORN = (
    "ledger.csv line 2 is set aside: dispute_reason (H2) opens a quotation mark that is not closed."
    " Close or delete it; the lines below were read as rows of their own."
)
CLOSED_LATER = {
    "inside a text": 'P001,INV-4,01/05/2026,10/05/2026,03/05/2026,100.00,,said "rate" ok,,14/05/2026',
    "at the end of a text": 'P001,INV-4,01/05/2026,10/05/2026,03/05/2026,100.00,,said rate",,14/05/2026',
    "around a whole text": 'P001,INV-4,01/05/2026,10/05/2026,03/05/2026,100.00,,"rate",,14/05/2026',
    "twice in a text": 'P001,INV-4,01/05/2026,10/05/2026,03/05/2026,100.00,,6"" wide,,14/05/2026',
    "at the start of the row": f'"P001","INV-4",{invoice(4).split(",", 2)[2]}',
}


def test_a_mark_that_is_never_closed(tmp_path):
    ledger = read(text_file(tmp_path, HEADER, OPEN, *(invoice(number) for number in (2, 3, 4))))
    assert numbers(ledger) == ["INV-2", "INV-3", "INV-4"]
    assert messages_of(ledger, "must fix") == [TORN]
    assert (ledger.rows_read, ledger.rows_set_aside) == (4, 1)


@pytest.mark.parametrize("closing", CLOSED_LATER.values(), ids=CLOSED_LATER)
@pytest.mark.parametrize("between", [0, 1, 3])
def test_a_mark_that_a_later_row_closes(tmp_path, closing, between):
    swallowed = [invoice(number) for number in range(10, 10 + between)]
    ledger = read(text_file(tmp_path, HEADER, OPEN, *swallowed, closing, invoice(5)))
    assert numbers(ledger) == [*(f"INV-{number}" for number in range(10, 10 + between)), "INV-4", "INV-5"]
    assert messages_of(ledger, "must fix") == [TORN]


def test_a_mark_closed_too_early_in_a_file_that_quotes_every_cell(tmp_path):
    quoted = ",".join(f'"{cell}"' for cell in invoice(2).split(","))
    torn = quoted.replace('"100.00",', '"100.00,')
    ledger = read(text_file(tmp_path, HEADER, quoted.replace("INV-2", "INV-1"), torn, quoted.replace("INV-2", "INV-3")))
    assert numbers(ledger) == ["INV-1", "INV-3"]
    assert len(messages_of(ledger, "must fix")) == 1


def test_the_last_line_and_rows_without_their_empty_cells(tmp_path):
    short = "P001,INV-2,01/05/2026,10/05/2026,03/05/2026,100.00"
    ledger = read(text_file(tmp_path, HEADER, OPEN, short, short.replace("INV-2", "INV-3"), OPEN.replace("-1", "-4")))
    assert numbers(ledger) == ["INV-2", "INV-3"]
    assert [finding.message.split(" is set")[0] for finding in ledger.findings] == [
        "ledger.csv line 2", "ledger.csv line 5"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "reason",
    ["wrong\nrate", "wrong\r\nrate", "two, three\nand four, five", "a\n\n\nb", 'he said ""no""\nand left', "\nrate\n"],
)
def test_a_cell_of_several_lines_is_one_cell(tmp_path, reason):
    whole = OPEN.replace('"wrong rate,', f'"{reason}",')
    ledger = read(text_file(tmp_path, HEADER, whole, invoice(2)))
    assert numbers(ledger) == ["INV-1", "INV-2"]
    assert not messages_of(ledger, "must fix")
    assert ledger.tally.continued == len(reason.splitlines()) - 1 + reason.endswith("\n")


def test_marks_inside_a_text_are_part_of_it(tmp_path):
    inches = invoice(1).replace(",,,,14", ',,5" pipe,,14')
    ledger = read(text_file(tmp_path, HEADER, inches, invoice(2)))
    assert list(ledger.invoices["dispute_reason"]) == ['5" pipe', ""]


def test_in_the_register_nobody_vanishes(tmp_path):
    path = text_file(
        tmp_path,
        "provider_id,provider,type,lots,contract_manager",
        'P001,Willow Tree CIC,SME,1a,"Ada Bexon',
        "P002,Oast House Ltd,large,1a,Carl Dunmore",
        "P003,Stour Living,SME,1a,Eve Fryer",
    )
    providers, faults = read_register(path)
    assert [provider.provider_id for provider in providers] == ["P002", "P003"]
    assert [(fault.row, fault.cell, fault.severity) for fault in faults] == [(2, "E2", Severity.MUST_FIX)]


def test_lines_are_added_up_and_must_agree(tmp_path, monkeypatch):
    path = text_file(tmp_path, "Title", HEADER, invoice(1), "", OPEN.replace('"wrong rate', '"wrong\nrate"'))
    opened = open_list(path, LEDGER)
    list(opened)
    assert opened.tally == (2, 2, 1, 1)
    assert opened.tally.lines == len(path.read_text().splitlines())
    monkeypatch.setattr(list_parts, "rows_of_lines", lambda lines, mark: list(rows_of_lines(lines, mark))[:-1])
    with pytest.raises(UnreadableFile, match="it has 6 lines, of which 4 were read"):
        list(open_list(path, LEDGER))


TEXTS = st.text(st.sampled_from('ab,"\n '), max_size=6)


@given(st.lists(st.lists(TEXTS, min_size=4, max_size=4), min_size=1, max_size=6))
def test_every_line_is_in_exactly_one_row(table):
    out = io.StringIO()
    csv.writer(out).writerows([["p", "q", "r", "s"], *table])
    lines = list(io.StringIO(out.getvalue(), newline=""))
    read_rows = list(rows_of_lines(lines, ","))
    assert sum(row.lines for row in read_rows) == len(lines)
    assert [row.line for row in read_rows] == [
        1 + sum(row.lines for row in read_rows[:n]) for n in range(len(read_rows))
    ]


@given(st.lists(st.text(st.sampled_from('ab1,"'), max_size=12), min_size=1, max_size=8))
def test_whatever_marks_are_in_a_file_no_line_of_it_is_lost(lines):
    ended = [f"{line}\n" for line in ["p,q,r,s", *lines]]
    assert sum(row.lines for row in rows_of_lines(ended, ",")) == len(ended)
