"""A master read again: the figures that went in, however the officer has rearranged it, and nothing that it claims."""

from __future__ import annotations

import io
import random
from dataclasses import asdict, replace
from fractions import Fraction
from functools import lru_cache

import openpyxl
import pytest

from tests.consolidation.county_sample import county
from tests.consolidation.return_builders import CATALOGUE, together
from tests.reading.openpyxl_edits import Loaded
from xlkpi.catalogue.load import load_terms
from xlkpi.core.vocabulary import State
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.reading.masters.action_plans import read_master_history
from xlkpi.reading.masters.data import read_master_rows
from xlkpi.reading.masters.lists import read_master
from xlkpi.sheets.master.about import RunInfo
from xlkpi.sheets.master.plan_master import plan_master
from xlkpi.writing.workbook import render_workbook


@pytest.fixture(scope="module")
def sample():
    files, register = county()
    return together(files, register=register)


@pytest.fixture(scope="module")
def master(sample):
    return render_workbook(plan_master(sample, CATALOGUE, RunInfo("1.2.3")))


loaded = lru_cache(maxsize=1)(Loaded)
"""The master as openpyxl loads it, once for all that are rearranged."""


def rearranged(master, change):
    """The master after an officer's hand has been in it, saved by another program."""
    return loaded(master).changed(change)


def values(page):
    return [list(row) for row in page.iter_rows(values_only=True)]


def put(page, rows):
    page.delete_rows(1, page.max_row)
    for row in rows:
        page.append(row)


def test_the_rows_are_those_that_went_in(master, sample):
    read = read_master_rows("m.xlsx", master)
    again = "a column of Data that reading/masters/data.py does not read back"
    assert [asdict(row) for row in read.rows] == [asdict(row) for row in sample.rows], again
    assert (read.periods, read.left_out) == ((sample.period,), ())


def test_sorted_filtered_with_columns_moved_and_a_title_above_it_reads_the_same(master):
    def change(book):
        page = book["Data"]
        page.tables.clear()
        header, *rows = values(page)
        dice = random.Random(3)
        dice.shuffle(rows)
        order = list(range(len(header)))
        dice.shuffle(order)
        titles = [["Our figures"], [], ["made by hand", "period"]]
        body = [["", *(row[col] for col in order), "my remark"] for row in [header, *rows]]
        put(page, [*titles, *body])
        for row in range(9, 90):
            page.row_dimensions[row].hidden = True

    assert read_master_rows("m", rearranged(master, change)).rows == read_master_rows("m", master).rows


def test_what_libreoffice_saves_reads_the_same(master, office, tmp_path):
    source, again = tmp_path / "m.xlsx", tmp_path / "again.xlsx"
    source.write_bytes(master)
    book = office.open(source)
    book.save(again, "Calc MS Excel 2007 XML")
    book.close()
    assert read_master_rows(again).rows == read_master_rows(source).rows


def test_outturn_and_rag_are_worked_out_and_never_believed(master):
    def change(book):
        page = book["Data"]
        col = {cell.value: cell.column for cell in page[1]}
        for row in range(2, page.max_row + 1):
            for name, forged in (("outturn", 1), ("rag", "Green"), ("rag_as_written", "Green"), ("gap", 0)):
                page.cell(row, col[name], forged)
            if page.cell(row, col["indicator"]).value == "KPI S1":
                page.cell(row, col["x"], 1)
                page.cell(row, col["y"], 4)
                page.cell(row, col["state"], "Green")

    rows = [row for row in read_master_rows("m", rearranged(master, change)).rows if row.indicator == "KPI S1"]
    assert rows
    assert {(row.outturn, row.state, row.gap) for row in rows} == {(Fraction(1, 4), State.AMBER, -1)}


def test_figures_that_were_no_count_stay_to_be_checked(master, sample):
    details = {(row.provider_id, row.indicator): row.state for row in sample.rows}
    odd = [row for row in read_master_rows("m", master).rows if row.state in (State.CHECK, State.INCOMPLETE)]
    assert odd
    assert all(details[row.provider_id, row.indicator] is row.state and row.rag is None for row in odd)


def test_a_count_of_many_digits_loses_none(master):
    def change(book):
        page = book["Data"]
        page["F2"], page["G2"] = "1234567890123456789", "9234567890123456789"

    (first, *_) = read_master_rows("m", rearranged(master, change)).rows
    assert (first.x, first.y) == (1234567890123456789, 9234567890123456789)


def test_text_of_more_digits_than_python_converts_is_no_count_and_no_place(master, tmp_path):
    digits, path = "1" * 5000, tmp_path / "m.xlsx"
    (entry, *_) = (row for row in read_master_rows("m", master).rows if row.rag)
    plan = {
        "provider_id": entry.provider_id,
        "KPI": entry.indicator,
        "of period": str(entry.period),
        "cell": f"A{digits}",
        **dict.fromkeys(("Action to be taken", "Expected outcomes", "Timescale"), "by May"),
    }

    def change(book):
        page = book["Data"]
        row = next(row for row in page.iter_rows(min_row=2) if row[5].value is None)
        row[5].value = digits
        put(book.create_sheet("Action plans"), [list(plan), list(plan.values())])

    path.write_bytes(rearranged(master, change))
    history = read_master_history(path, load_terms())
    assert [row.x for row in history.entries.rows] == [row.x for row in read_master_rows("m", master).rows]
    assert [(each.action, each.row) for each in history.plans] == [("by May", 0)]


@pytest.mark.parametrize(
    ("cell", "value", "expected_text"),
    [
        ("A3", "soon", "Data, row 3: “soon” is not a reporting period"),
        ("B3", None, "Data, row 3: its provider_id is empty"),
        ("E3", "KPI Z9", "Data, row 3: “KPI Z9” is not an indicator"),
        ("L3", "by ear", "Data, row 3: “by ear” is not a reading"),
    ],
)
def test_a_row_that_is_no_entry_is_left_out_and_named(master, sample, cell, value, expected_text):
    def change(book):
        book["Data"][cell] = value

    read = read_master_rows("m", rearranged(master, change))
    assert read.left_out == (expected_text,)
    assert len(read.rows) == len(sample.rows) - 1


def test_a_row_that_stands_there_twice_counts_once(master, sample):
    def change(book):
        page = book["Data"]
        rows = values(page)
        page.append(rows[1])
        page.append([*rows[2][:5], 9, 9, *rows[2][7:]])

    read = read_master_rows("m", rearranged(master, change))
    assert len(read.rows) == len(sample.rows)
    assert [text.partition(": ")[2] for text in read.left_out] == [
        f"{sample.rows[1].indicator} of {sample.rows[1].provider} is there twice"
    ]


def test_rows_that_are_known_already_read_the_same_and_a_truth_value_is_no_1(master, sample):
    def change(book):
        page = book["Data"]
        page["F2"], page["F3"], page["G4"], page["P5"] = True, 1, None, "another reason"

    known = (replace(sample.rows[0], x=1), *sample.rows[1:])
    for data in (master, rearranged(master, change)):
        plain = read_master("m", data, with_earlier=False)
        assert read_master("m", data, with_earlier=False, known=known) == plain
        assert read_master("m", data, with_earlier=False, known=sample.rows) == plain


def test_a_table_that_goes_on_in_a_second_sheet_is_read_to_its_end(sample):
    cut = render_workbook(plan_master(sample, CATALOGUE, RunInfo("1")), most_rows=100)
    assert "Data (2)" in openpyxl.load_workbook(io.BytesIO(cut)).sheetnames
    assert len(read_master_rows("m", cut).rows) == len(sample.rows)


def without_data(book):
    del book["Data"]


def without_x(book):
    book["Data"]["F1"] = "number"


@pytest.mark.parametrize("change", [without_data, without_x])
def test_a_workbook_that_is_no_master_is_refused_with_what_to_do(master, change):
    with pytest.raises(UnreadableFile) as caught:
        read_master_rows("m.xlsx", rearranged(master, change))
    assert caught.value.reason is Unreadable.NOT_A_MASTER
    assert "not a master made by xlkpi" in str(caught.value)


@pytest.mark.parametrize("cut", [0, 10, 5000])
def test_a_damaged_master_is_refused(master, cut):
    with pytest.raises(UnreadableFile):
        read_master_rows("m.xlsx", master[:cut])
