"""The judge itself: LibreOffice, as we drive it, recalculates, refuses and shows as people find it."""

from __future__ import annotations

import pytest
import xlsxwriter

pytestmark = pytest.mark.office

SHEET = "All lot's"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A protected sheet: rules, a lying cached value, fills, hidden rows and columns, a merged cell."""
    path = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        hidden, second = book.add_worksheet("Hidden"), book.add_worksheet("Two")
        hidden.hide()
        hidden.write("A1", 1, book.add_format({"bg_color": "#123456"}))
        second.write("A1", "first", book.add_format({"bg_color": "#ABCDEF"}))
        red, green = book.add_format({"bg_color": "#FFD9D9"}), book.add_format({"bg_color": "#C6EFCE"})
        free = book.add_format({"locked": False})
        for cell in ("C3", "E5"):
            sheet.write_blank(cell, None, free)
        sheet.write("C3", 5, free)
        sheet.write("C5", 5)
        sheet.write("D3", "=C3*2", None, 999)
        sheet.write("B4", "Yes indeed", free)
        sheet.write_blank("B5", None, free)
        sheet.merge_range("B6:C7", "merged", red)
        sheet.set_row(7, None, None, {"hidden": True})
        sheet.set_column("G:G", None, None, {"hidden": True})
        sheet.write("H10", 3)
        sheet.conditional_format("C3:D12", {"type": "cell", "criteria": ">", "value": 11, "format": red})
        sheet.conditional_format("H10", {"type": "formula", "criteria": "=$C$3=5", "format": green})
        whole = {"validate": "integer", "criteria": ">=", "value": 0}
        whole |= {"error_title": "x", "error_message": "Whole."}
        sheet.data_validation("C3", whole)
        sheet.data_validation("E5", {**whole, "error_type": "warning"})
        sheet.protect()
        book.define_name("KPI_S1.x", "='All lot''s'!$C$3")
    return path


def test_it_starts_without_testing_how_it_draws(office):
    """Which took it longer than all else that it does at its start."""
    assert (office.profile / "user").is_dir()
    assert not (office.profile / "user" / "GraphicsRenderTests.log").exists()


def test_a_cached_value_is_not_believed(calc, sample):
    book = calc(sample)
    assert book.get(SHEET, "D3") == 10
    book.set(SHEET, "C3", 8)
    assert book.get(SHEET, "D3") == 16


def test_names_sheets_and_empty_cells(calc, sample):
    book = calc(sample)
    assert book.sheet_names == (SHEET, "Hidden", "Two")
    assert book.named("KPI_S1.x") == (SHEET, "C3")
    assert book.get(SHEET, "Z99") is None
    assert book.values("Two", "A1:B1") == (("first", ""),)


def test_typing_obeys_the_rule_and_the_lock(calc, sample):
    book = calc(sample)
    for cell, text, then in [
        ("C3", "7", 7), ("C3", "-1", 7), ("C3", "2.5", 7), ("C3", "abc", 7), ("C5", "9", 5),
        ("E5", "-4", None), ("E5", "6", 6), ("B5", "Yes", "Yes"),
        ("B5", "ONe of us. he teh (c)", "ONe of us. he teh (c)"),
    ]:  # fmt: skip
        book.type_text(SHEET, cell, text)
        assert book.get(SHEET, cell) == then, f"{text} typed in {cell}"


def test_typing_goes_to_the_book_it_is_meant_for(calc, sample):
    first, second = calc(sample), calc()
    first.type_text(SHEET, "C3", "11")
    second.type_text(0, "C3", "22")
    first.type_text(SHEET, "E5", "33")
    assert (first.get(SHEET, "C3"), first.get(SHEET, "E5"), second.get(0, "C3")) == (11, 33, 22)


def test_rules_locks_and_errors_are_told(calc, sample):
    book = calc(sample)
    rule = book.validation(SHEET, "C3")
    assert (rule.kind, rule.operator, rule.formula1) == ("WHOLE", "GREATER_EQUAL", "0")
    assert (rule.alert, rule.title, rule.message) == ("STOP", "x", "Whole.")
    assert book.validation(SHEET, "E5").alert == "WARNING"
    assert book.validation(SHEET, "B6") is None
    assert (book.locked(SHEET, "C3"), book.locked(SHEET, "C5")) == (False, True)
    book.set("Two", "B1", "=1/0")
    book.set("Two", "B2", "=NOSUCH(1)")
    assert (book.get("Two", "B1"), book.get("Two", "B2")) == ("#DIV/0!", "#NAME?")


def test_fills_are_those_a_person_sees(calc, sample):
    book = calc(sample)
    assert (book.fill(SHEET, "B6"), book.fill(SHEET, "H10")) == ("FFD9D9", None)
    assert (book.shown_fill(SHEET, "H10"), book.shown_fill(SHEET, "C3")) == ("C6EFCE", None)
    book.set(SHEET, "C3", 12)
    assert (book.shown_fill(SHEET, "H10"), book.shown_fill(SHEET, "C3")) == (None, "FFD9D9")
    assert book.shown_fill(SHEET, "B6") == "FFD9D9"
    assert book.shown_fill("Two", "A1") == "ABCDEF"


def test_it_saves_prints_and_starts_again(office, calc, sample, tmp_path):
    book = calc(sample)
    book.set(SHEET, "C3", 41)
    again = calc(book.save(tmp_path / "again.xlsx"))
    assert again.get(SHEET, "D3") == 82
    pages = office.render(sample, tmp_path)
    assert len(pages) >= 2
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)
    office.kill()
    assert not office.alive()
    assert office.ensure().open().get(0, "A1") is None
