"""Indicators kept in a spreadsheet: what its program, or whoever types, makes of a cell is named by its place."""

from __future__ import annotations

import json
import shutil
from datetime import date

import openpyxl
import pytest

from xlkpi.commands.catalogue import EXAMPLE, check_catalogue

VERSION, LIST = "2026-27.1.json", "2026-27.1 indicators.xlsx"
COLUMNS = [
    "code",
    "section",
    "description",
    "x",
    "y",
    "red",
    "amber",
    "green",
    "frequency",
    "measured",
    "outturn",
    "carried_over",
    "why",
]
READ_AS = "effective_outturn"
PLACE = {name: chr(ord("A") + at) for at, name in enumerate([*COLUMNS, READ_AS])}


@pytest.fixture
def folder(tmp_path):
    shutil.copy(EXAMPLE / "contract.json", tmp_path)
    data = json.loads((EXAMPLE / VERSION).read_text(encoding="utf-8"))
    rows = data.pop("indicators")
    (tmp_path / VERSION).write_text(json.dumps(data), encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append([*COLUMNS, READ_AS])
    for row in rows:
        book.active.append([*(row.get(name) for name in COLUMNS), row.get("effective", {}).get("outturn")])
    book.save(tmp_path / LIST)
    return tmp_path


def faults_after(folder, change):
    book = openpyxl.load_workbook(folder / LIST)
    change(book.active)
    book.save(folder / LIST)
    return check_catalogue(folder)[0]


def typed(column, row, value, number_format="General"):
    def change(sheet):
        cell = sheet[f"{PLACE[column]}{row}"]
        cell.value, cell.number_format = value, number_format

    return change


def headed(column, text):
    return typed(column, 1, text)


def hidden(sheet):
    sheet.row_dimensions[3].hidden = True


def test_a_list_as_the_example_has_it_has_no_fault(folder):
    assert check_catalogue(folder)[0] == []


FAULTS = [
    (typed("green", 3, 1, "0%"), "row 3, H3: green is 1. Format the cell as text, and type the band again, as 100%."),
    (
        typed("amber", 5, date(2026, 2, 1), "d-mmm"),
        "row 5, G5: amber is 2026-02-01. Format the cell as text, and type the band",
    ),
    (typed("green", 2, "#REF!"), "row 2, H2: green is #REF!. Correct the formula, or type the text."),
    (typed("carried_over", 2, "perhaps"), "row 2, L2: carried_over is “perhaps”. Write yes or no."),
    (typed("code", 2, None), "row 2: code is missing. Enter it as the contract has it."),
    (typed("red", 2, "under 92.5%"), "HC 1: red is “under 92.5%”. Did you mean <92.5%?"),
    (headed("carried_over", "carried ovr"), "L1: “carried ovr” is not known. Did you mean carried_over?"),
    (headed("why", "code"), "M1: “code” is a second column of code. Delete one of the two."),
    (headed("measured", "measurement"), "2026-27.1 indicators.xlsx has no column measured; its first row says “code”,"),
    (hidden, "Row 3 is hidden, perhaps by a filter; show it, or delete it."),
]


@pytest.mark.parametrize(("change", "fault"), FAULTS)
def test_a_fault_is_named_by_its_cell_or_its_row(folder, change, fault):
    faults = faults_after(folder, change)
    starts = (f"{LIST}: {fault}", fault)
    assert [each for each in faults if each.startswith(starts)], faults


def test_a_column_for_people_does_no_harm(folder):
    assert faults_after(folder, lambda sheet: sheet.cell(1, len(PLACE) + 1, "owner")) == []


def test_a_hidden_sheet_with_the_columns_is_not_passed_over_in_silence(folder):
    def change(sheet):
        copy = sheet.parent.copy_worksheet(sheet)
        copy.title, copy.sheet_state = "old", "hidden"

    (fault,) = faults_after(folder, change)
    assert fault.startswith(f"{LIST}: The sheet old is hidden, so it was not read.")


def test_two_lists_of_a_version_are_named(folder):
    (folder / "2026-27.1 indicators.csv").write_text("code\n", encoding="utf-8")
    assert check_catalogue(folder)[0] == [
        "2026-27.1 indicators.csv is not read, because 2026-27.1 indicators.xlsx is here too. Delete one of the two."
    ]
