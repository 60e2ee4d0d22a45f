"""A formula pasted into one cell spills into others: all of them are one formula, and vanish with it."""

from __future__ import annotations

import re

import pytest

from tests.field.returned import figures, findings_at
from tests.reading.return_edits import checked, clean, messages, respelt

SHEET = "xl/worksheets/sheet2.xml"


def with_formula(ref, formula, value="1"):
    """The return with a formula in one cell, as the file has it, and the others as they are."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(clean())) as package:
        cell = re.search(rf'<c r="{ref}"[^>]*?(?:/>|>.*?</c>)', package.read(SHEET).decode())[0]
    style = re.search(r' s="\d+"', cell)
    return respelt(SHEET, (cell, f'<c r="{ref}"{style[0] if style else ""}>{formula}<v>{value}</v></c>'))


@pytest.mark.parametrize(
    "formula",
    [
        '<f t="array" ref="F6:F8">_xlfn._xlws.FILTER([1]Rota!B2:B4,[1]Rota!C2:C4=1)</f>',
        '<f aca="false" t="array" ref="F6:F8">Rota.B2:B4</f>',
        "<f t='array' ref='F6:F8'>B2:B4</f>",
        '<f t="&#97;rray" ref="F6:F8">B2:B4</f>',
        '<f t="dataTable" ref="F6:F8" dt2D="1" dtr="1" r1="A1" r2="A2"/>',
    ],
)
def test_every_cell_of_it_is_reported(formula):
    checked_return = checked(with_formula("F6", formula))
    for code, ref in (("KPI S1", "F6"), ("KPI S2", "F7"), ("KPI S3", "F8")):
        assert findings_at(checked_return, ref) == [("ARRAY_AS_COUNT", "must fix")]
        assert figures(checked_return, code) == (None, 40)
    assert messages(checked_return)[1] == (
        "KPI S2 x (F7) is part of the array formula in F6:F8."
        " Select all of F6:F8, press Delete, and enter each count as a number."
    )


def test_where_it_reaches_beyond_the_inputs_a_locked_sheet_lets_nobody_clear_it():
    data = with_formula("E6", '<f t="array" ref="E6:G7">Rota!A1:C2</f>')
    checked_return = checked(respelt(SHEET, ('<sheetProtection sheet="1"', '<sheetProtection sheet="0"'), data=data))
    assert findings_at(checked_return, "F6") == findings_at(checked_return, "G7") == [("ARRAY_AS_COUNT", "must fix")]
    assert messages(checked_return)[0].endswith(". Type your figures into a fresh copy of the workbook.")
    assert figures(checked_return, "KPI S3") == (40, 40)


def test_one_that_fills_a_single_cell_is_a_formula_like_any_other():
    checked_return = checked(with_formula("F6", '<f t="array" ref="F6">SUM(A1:A2)</f>'))
    assert findings_at(checked_return, "F6") == [("FORMULA_AS_COUNT", "must fix")]


def test_more_of_them_than_a_sheet_has_are_refused():
    many = "".join(f'<c r="A{row}"><f t="array" ref="A{row}:B{row}">1</f></c>' for row in range(300, 10_310))
    unlocked = ('<sheetProtection sheet="1"', '<sheetProtection sheet="0"')
    data = respelt(SHEET, ("</sheetData>", f'<row r="300">{many}</row></sheetData>'), unlocked)
    assert "over 10,000 array formulas" in messages(checked(data))[0]
