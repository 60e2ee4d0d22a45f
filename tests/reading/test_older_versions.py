"""Returns and masters of earlier versions: read by names and codes, judged by what is in force, never refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import openpyxl
import pytest

from tests.judge.oracle import expected
from tests.reading.return_edits import by_openpyxl, checked, clean, entries, remade
from xlkpi.catalogue.load import load_catalogue, load_terms, terms_of
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Reading, State
from xlkpi.findings import Code, Severity
from xlkpi.layout import LAYOUT_VERSION
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.reading.masters.action_plans import read_master_history
from xlkpi.reading.masters.data import read_master_rows
from xlkpi.reading.returns.check_return import check_return
from xlkpi.writing.returns.write_return import write_return

KEPT = Path(__file__).parent.parent / "versions"
SENT_OUT = {
    "master 2026-27.1.xlsx": "87dd15a7597d50764371778f68e5d2f35c78096927f47f382c7f2c4a15c56a0b",
    "master 2026-27.2.xlsx": "ef2a81ac9905dd6d71b1265ad40ff1eb7e57debfedc1d000d6a9956aa038fcef",
    "return 2026-27.1 layout 1.xlsx": "4a7bcc87b6862bbbd658f911002ce530a20aa666f46b9d129cbefd03622ebb90",
    "return 2026-27.2 layout 2.xlsx": "1ace73b558393f8dc528a8fb89ec94223c7c03fb5b1e34b59cde254d31c2a962",
}
"""One file of each version that left the house, and its sha256: none is made again by later code. A new version of the
catalogue or the layout comes with a file of its own."""
FIRST, LATEST = load_terms().versions[0], load_catalogue()
WHEELS = Provider("P11", "Wheels", lots=("3",), transport=True)


def values_by_name(path):
    """What a person sees in the cells of a return, by their defined names: read without any code of ours."""
    book = openpyxl.load_workbook(path, data_only=True)
    cells = {}
    for name, defined in book.defined_names.items():
        (sheet, ref), *_ = defined.destinations
        cells[name] = book[sheet][ref.replace("$", "")].value
    return cells


def test_there_is_a_file_of_every_version_and_none_was_made_again():
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in KEPT.iterdir()} == SENT_OUT
    versions = [catalogue.version for catalogue in load_terms().versions]
    assert {f"master {version}.xlsx" for version in versions} <= set(SENT_OUT)
    assert f"return {versions[-1]} layout {LAYOUT_VERSION}.xlsx" in SENT_OUT


@pytest.mark.parametrize("path", sorted(KEPT.glob("return *.xlsx")), ids=lambda path: path.stem)
def test_a_return_of_every_version_that_went_out_is_read_and_judged(path):
    checked_return = check_return(path)
    version, layout = path.stem.removeprefix("return ").split(" layout ")
    assert not checked_return.unreadable
    assert checked_return.manifest.template == f"{version}/{layout}"
    notes = [each for each in checked_return.findings if each.code is Code.TEMPLATE_OTHER]
    assert len(notes) == ((version, int(layout)) != (LATEST.version, LAYOUT_VERSION))
    for note in notes:
        assert note.severity is Severity.NOTE
        assert f"made with template {version}/{layout}, not with {LATEST.version}/2: it was read" in note.message
    cells = values_by_name(path)
    assert len(checked_return.entries) == sum(name.endswith(".x") for name in cells)
    for entry in checked_return.entries:
        slug = entry.code.replace(" ", "_")
        wanted = expected(entry.code, cells[f"{slug}.x"], cells[f"{slug}.y"], entry.reading.value, entry.due)
        assert (entry.state.value, entry.outturn, entry.rag and entry.rag.value) == wanted[:3], entry.code


def test_what_a_return_of_layout_2_carries_is_read():
    checked_return = check_return(KEPT / "return 2026-27.2 layout 2.xlsx")
    assert set(checked_return.manifest.open_plans) == {"KPI S1", "KPI S3", "KPI E3"}
    assert [(answer.question.question_id, answer.is_given) for answer in checked_return.answers] == [
        ("q1", True),
        ("q2", False),
    ]


@pytest.mark.parametrize(("version", "layout"), [("2026-27.1", 1), ("2026-27.2", 2)])
def test_a_master_made_before_a_version_is_read_with_it(version, layout):
    path = KEPT / f"master {version}.xlsx"
    read = read_master_rows(path)
    assert read.left_out == ()
    assert f"{version}/{layout}" in {row.template for row in read.rows}
    for row in (*read.rows, *read.earlier):
        if row.x is not None and row.y is not None:
            wanted = expected(row.indicator, row.x, row.y, row.reading.value)
            assert (row.state.value, row.rag and row.rag.value, row.gap) == (wanted.state, wanted.rag, wanted.gap)
    assert read_master_history(path, load_terms()).plans, "its action plans"


def built_with(catalogue, period, **filled):
    figures = {code.replace("_", " "): Entry(*figures) for code, figures in filled.items()}
    declared = Declaration("A. Person", "2026-10-03")
    as_written = ("INFO T1", "INFO T2", "KPI T1")
    return write_return(plan_return(catalogue, WHEELS, period, as_written=as_written, filled=Filled(figures, declared)))


def test_what_a_workbook_did_not_ask_for_is_named_and_not_missed_in_it():
    checked_return = checked(write_return(plan_return(FIRST, WHEELS, Period(2026, 1))))
    (note,) = [each for each in checked_return.findings if each.code is Code.TEMPLATE_OTHER]
    assert note.message.endswith("judged by what is in force for 2026-27 Q1. It did not ask for KPI T1.")
    transport = next(entry for entry in checked_return.entries if entry.code == "KPI T1")
    assert (transport.state, transport.due, transport.required) == (State.NOT_DUE, False, False)
    assert not [each for each in checked_return.findings if each.indicator == "KPI T1"]


def test_a_reading_that_is_no_longer_one_is_left_out():
    checked_return = checked(built_with(FIRST, Period(2026, 2), INFO_T1=(3, 9), KPI_T1=(995, 1000)))
    assert checked_return.manifest.as_written == ("KPI T1",)
    entries_of = {entry.code: entry for entry in checked_return.entries}
    assert entries_of["INFO T1"].reading is Reading.EFFECTIVE
    assert (entries_of["KPI T1"].reading, entries_of["KPI T1"].state) == (Reading.AS_WRITTEN, State.UNRATED)


@pytest.mark.parametrize(
    ("change", "template"),
    [
        ({"layout": 99}, "2026-27.2/99"),
        ({"catalogue": "2031-32.1"}, "2031-32.1/2"),
        ({"sections": ["all", "wellbeing", "independence", "transport", "lot 9"]}, "2026-27.2/2"),
        ({"as_written": ["KPI S9"]}, "2026-27.2/2"),
        ({"edition": "paper"}, "2026-27.2/2"),
    ],
)
def test_a_template_we_do_not_know_is_read_by_names_and_codes(change, template):
    checked_return = checked(remade(**change))
    (note,) = [each for each in checked_return.findings if each.code is Code.TEMPLATE_OTHER]
    assert note.message.startswith(
        f"This workbook was made with template {template}, not with 2026-27.2/2: it was read"
    )
    assert {each.severity for each in checked_return.findings} == {Severity.NOTE}
    assert entries(checked_return) == entries(checked(clean()))


def test_rows_of_another_layout_may_be_elsewhere():
    def change(book):
        book["All lots"]["H6"] = "typed over"

    codes = {each.code for each in checked(by_openpyxl(change, remade(layout=99))).findings}
    assert Code.TEMPLATE_OTHER in codes
    assert Code.FORMULA_LOST not in codes


def test_of_a_version_that_is_not_known_only_the_cells_it_has_were_asked_for():
    data = write_return(plan_return(FIRST, WHEELS, Period(2026, 2)))
    checked_return = check_return("return.xlsx", data=data, terms=terms_of(LATEST))
    assert {entry.code for entry in checked_return.entries} == {
        code for code, indicator in FIRST.indicators.items() if indicator.section in ("all", "employment", "transport")
    }
