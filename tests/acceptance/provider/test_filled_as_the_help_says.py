"""Promise: fill the workbook in as its own Help says, and there is nothing left to say about it."""

from __future__ import annotations

import io
import re
from datetime import date
from functools import cache

import openpyxl
import pytest

from tests.judge.ironcalc_engine import recalculate
from tests.judge.oracle import cross_checks, due, expected
from tests.judge.real_returns import CODES, DECLARED_BY, DECLARED_ON, EVERYTHING, SOUND, saved, slug, stamped
from xlkpi import check_return


@cache
def states():
    """By the oracle; worked out in the tests, so that a further indicator fails these and not the whole collection."""
    return {code: expected(code, typed.x, typed.y).state for code, typed in SOUND.items()}


def filling(period="2026-27 Q4", declared_on=DECLARED_ON):
    """What a provider types, by defined name, for every indicator that is due."""
    typed = {"Return.declared_by": DECLARED_BY, "Return.declared_on": declared_on}
    for code, entry in SOUND.items():
        if not due(code, period):
            continue
        typed |= {f"{slug(code)}.x": entry.x, f"{slug(code)}.y": entry.y}
        if entry.comment:
            typed[f"{slug(code)}.comment"] = entry.comment
        if entry.plan:
            typed |= {f"{slug(code)}.{part}": text for part, text in zip(PARTS, entry.plan, strict=True)}
    return typed


PARTS = ("action", "outcomes", "timescale")


def as_keyed(value):
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def by_openpyxl(data, typed):
    """The workbook as a script fills it: loaded, cells set by their defined names, saved."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, value in typed.items():
        named_cell(book, name).value = value
    return bytes_of(book)


def named_cell(book, name):
    ((sheet, ref),) = book.defined_names[name].destinations
    return book[sheet][ref.replace("$", "")]


def bytes_of(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@cache
def filled_by_a_script():
    return by_openpyxl(stamped(EVERYTHING, "2026-27 Q4"), filling())


def look(cell):
    return repr((cell.font, cell.fill, cell.border, cell.alignment, cell.protection, cell.number_format))


def test_the_sample_has_every_state_that_a_sound_return_can_have():
    assert set(states().values()) == {"Green", "Amber", "Red", "No cases", "Information"}
    assert set(SOUND) == set(CODES)
    assert not cross_checks({code: (entry.x, entry.y, entry.comment) for code, entry in SOUND.items()})


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize(("period", "day"), [("2026-27 Q4", DECLARED_ON), ("2026-27 Q1", date(2026, 7, 14))])
def test_typed_in_libreoffice_and_saved_there_it_is_complete(calc, tmp_path, period, day):
    book = calc(saved(tmp_path / "return.xlsx", stamped(EVERYTHING, period)))
    status = book.cell(*book.named("Return.status"))
    for name, value in filling(period, day).items():
        assert status.String == "Not ready"
        book.type_text(*book.named(name), as_keyed(value))
    assert status.String == "Ready to send"
    wanted = sum(due(code, period) for code in CODES)
    assert book.text(*book.named("Return.progress")) == f"{wanted} of {wanted} entered, 0 to fix, 0 reasons missing"
    for code in CODES:
        state = states()[code] if due(code, period) else "Not due"
        assert book.text(*book.named(f"{slug(code)}.rag")) == state
        assert book.text(*book.named(f"{slug(code)}.check")) == ""
    checked = check_return(book.save(tmp_path / "back.xlsx"))
    assert [finding.message for finding in checked.findings] == []
    assert_as_typed(checked, period, day)


def assert_as_typed(checked, period, day):
    assert (checked.status.value, checked.declared_by, checked.declared_on) == ("complete", DECLARED_BY, day)
    assert checked.manifest
    assert (checked.manifest.provider_id, str(checked.manifest.period)) == (EVERYTHING.provider_id, period)
    for entry in checked.entries:
        if not due(entry.code, period):
            assert (entry.state.value, entry.x, entry.y) == ("Not due", None, None)
            continue
        sound_entry = SOUND[entry.code]
        wanted = expected(entry.code, sound_entry.x, sound_entry.y)
        assert (entry.x, entry.y, entry.comment) == (sound_entry.x, sound_entry.y, sound_entry.comment)
        assert (entry.state.value, entry.outturn, entry.gap) == (wanted.state, wanted.outturn, wanted.gap)
        assert (entry.plan.action, entry.plan.outcomes, entry.plan.timescale) == (sound_entry.plan or ("", "", ""))


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_filled_by_a_script_with_openpyxl_it_is_complete(tmp_path):
    path = saved(tmp_path / "back.xlsx", filled_by_a_script())
    checked = check_return(path)
    assert [finding.message for finding in checked.findings] == []
    assert_as_typed(checked, "2026-27 Q4", DECLARED_ON)


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_what_openpyxl_loses_of_the_workbook_and_nothing_else(tmp_path):
    """Results (it calculates nothing) and the footer; rules, locks, names, looks and widths stay."""
    data = stamped(EVERYTHING, "2026-27 Q4")
    before, after = io.BytesIO(data), io.BytesIO(by_openpyxl(data, {}))
    values = openpyxl.load_workbook(after, data_only=True)
    old, new = openpyxl.load_workbook(before), openpyxl.load_workbook(after)
    assert new.sheetnames == old.sheetnames
    assert {n: d.value for n, d in new.defined_names.items()} == {n: d.value for n, d in old.defined_names.items()}
    assert new.security.lockStructure
    formulas = 0
    for sheet in old:
        twin = new[sheet.title]
        assert (twin.sheet_state, twin.protection.sheet, twin.freeze_panes) == (
            *(sheet.sheet_state, sheet.protection.sheet, sheet.freeze_panes),
        )
        assert len(twin.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert len(twin.conditional_formatting) == len(sheet.conditional_formatting)
        assert {c: d.width for c, d in twin.column_dimensions.items()} == {
            c: d.width for c, d in sheet.column_dimensions.items()
        }
        for row in sheet:
            for cell in row:
                other = twin[cell.coordinate]
                assert (other.value, look(other)) == (cell.value, look(cell))
                if cell.data_type == "f":
                    formulas += 1
                    assert values[sheet.title][cell.coordinate].value is None
    assert formulas > 400


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_what_a_script_filled_another_engine_calls_ready(tmp_path):
    path = saved(tmp_path / "back.xlsx", filled_by_a_script())
    status = named_cell(openpyxl.load_workbook(path), "Return.status")
    assert recalculate(path)[status.parent.title, status.coordinate] == "Ready to send"


@pytest.fixture(scope="module")
def filled_book():
    """The workbook as a script has filled it, open: each of the next tests takes one thing out and puts it back."""
    return openpyxl.load_workbook(io.BytesIO(filled_by_a_script()))


@pytest.mark.parametrize("left_out", ["KPI_S1.x", "KPI_S1.y", "KPI_E2.action", "KPI_I2.comment", "Return.declared_by"])
def test_leaving_one_thing_out_gives_exactly_one_finding_at_its_place(left_out, tmp_path, filled_book):
    """So that the promise above is not kept by saying nothing."""
    cell = named_cell(filled_book, left_out)
    value, cell.value = cell.value, None
    checked = check_return(saved(tmp_path / "back.xlsx", bytes_of(filled_book)))
    cell.value = value
    assert [(finding.sheet, finding.cell, finding.severity.value) for finding in checked.findings] == [
        (cell.parent.title, cell.coordinate, "must fix")
    ]


def test_the_help_speaks_of_all_that_was_filled_in():
    book = openpyxl.load_workbook(io.BytesIO(stamped(EVERYTHING, "2026-27 Q4")))
    text = " ".join(str(row[0].value) for row in book["Help"].iter_rows() if row[0].value)
    for words in ("enter x and y", "enter 0 and 0", "Amber or Red", "Action plan", "Ready to send", "declaration"):
        assert words in text
    assert not re.search(r"#[A-Z]+[!?]", text)
