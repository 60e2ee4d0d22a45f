"""A planned return as a file, .xlsx or .xlsm: locked but for its inputs, the same bytes for the same plan."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from xlkpi.layout.plan_model import Button, InputRule, InputRuleKind, ReturnPlan, SheetPlan, Slot, SlotKind
from xlkpi.ooxml.addresses import cell_address, quoted_sheet
from xlkpi.writing.package_parts import finish_parts, pack_parts
from xlkpi.writing.remembered_formulas import remember_formulas
from xlkpi.writing.returns.formats import Formats
from xlkpi.writing.vba.project import WORKBOOK, project_file, sheet_code_name
from xlkpi.writing.vba.udf_sources import source_text
from xlkpi.writing.xlsxwriter_strict import check_status, raise_warnings

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
RETURN_MODULES = ("KpiFunctions", "KpiReturn")
VALIDATED = {
    InputRuleKind.WHOLE: "integer",
    InputRuleKind.DECIMAL: "decimal",
    InputRuleKind.LENGTH: "length",
    InputRuleKind.DATE: "date",
}
PROTECTION = {"autofilter": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}


def write_return(plan: ReturnPlan) -> bytes:
    """Write a plan from scratch, with the cached value of every formula.

    A plan with macros gives an .xlsm that carries the modules of udfs/excel/return; all others are macro-free.
    Raises PlanError where a plan contains what a workbook cannot (a title too long, a name that is an address),
    MissingPart where a package that macro workbooks need is not installed.
    """
    return pack_parts(write_parts(plan))


def write_parts(plan: ReturnPlan) -> dict[str, bytes]:
    """Write the parts of a return, for whoever changes some before they are packed. Raises as `write_return` does."""
    from xlkpi.writing.unpacked_workbook import UnpackedWorkbook  # noqa: PLC0415 - 85 ms for those who write nothing

    with raise_warnings():
        book = UnpackedWorkbook(strings_to_formulas=False, strings_to_urls=False)
        formats = Formats(book)
        for number, sheet in enumerate(plan.sheets):
            _write_sheet(book, sheet, formats, first=number == 0)
        for name, (sheet_name, slot) in plan.named().items():
            check_status(book.define_name(name, f"={quoted_sheet(sheet_name)}!{_absolute(slot)}"))
        if plan.with_macros:
            _add_macros(book, len(plan.sheets))
        made_on = datetime.fromisoformat(plan.made_on)
        book.set_properties({"title": plan.title, "author": plan.author, "company": "xlkpi", "created": made_on})
        parts = book.take_parts()
    return finish_parts(parts, saved_on=plan.saved_on)


def _add_macros(book: Workbook, sheets: int) -> None:
    modules = {name: source_text("excel", f"return/{name}.bas") for name in RETURN_MODULES}
    book.set_vba_name(WORKBOOK)
    for number, sheet in enumerate(book.worksheets(), start=1):
        sheet.set_vba_name(sheet_code_name(number))
    check_status(book.add_vba_project(io.BytesIO(project_file(sheets, modules)), is_stream=True))


def _absolute(slot: Slot) -> str:
    letters = slot.ref.rstrip("0123456789")
    return f"${letters}${slot.row}"


def _write_sheet(book: Workbook, plan: SheetPlan, formats: Formats, *, first: bool) -> None:
    sheet = book.add_worksheet(plan.name)
    remember_formulas(sheet)
    for number, (width, hidden) in enumerate(plan.columns):
        check_status(sheet.set_column(number, number, width, None, {"hidden": hidden}))
    hidden_rows = {row for row, attribute in plan.optional_rows if attribute}
    for row, height in plan.heights:
        check_status(sheet.set_row(row - 1, height, None, {"hidden": row in hidden_rows}))
    for slot in plan.slots:
        _write_slot(sheet, slot, formats)
    for highlight in plan.highlights:
        rule = {"type": "formula", "criteria": f"={highlight.formula}", "format": formats.highlight(highlight.style)}
        check_status(sheet.conditional_format(highlight.range, rule))
    for button in plan.buttons:
        check_status(sheet.insert_button(button.row - 1, button.col - 1, _button(button)))
    _set_up(sheet, plan)
    # no green triangles where formulas differ on purpose: an indicator may be counted in a way of its own
    sheet.ignore_errors({"formula_differs": f"A1:{_last_corner(plan)}"})
    if first:
        sheet.activate()
    if plan.hidden:
        sheet.very_hidden()


def _last_corner(plan: SheetPlan) -> str:
    return cell_address(max(slot.row for slot in plan.slots), max(slot.col for slot in plan.slots))


def _write_slot(sheet: Worksheet, slot: Slot, formats: Formats) -> None:
    row, col = slot.row - 1, slot.col - 1
    style = formats.cell(slot.style, unlocked=slot.kind.unlocked)
    if slot.kind is SlotKind.LIVE:
        check_status(
            sheet.write_formula(row, col, f"={slot.formula}", style, slot.value if slot.value is not None else "")
        )
    elif slot.kind is SlotKind.LINK:
        place, _, cell = slot.formula.rpartition("!")
        check_status(sheet.write_url(row, col, f"internal:{quoted_sheet(place)}!{cell}", style, str(slot.value)))
    elif slot.value is None or slot.value == "":
        check_status(sheet.write_blank(row, col, None, style))
    elif isinstance(slot.value, str):
        check_status(sheet.write_string(row, col, slot.value, style))
    elif isinstance(slot.value, bool):
        check_status(sheet.write_boolean(row, col, slot.value, style))
    else:
        check_status(sheet.write_number(row, col, slot.value, style))
    if slot.rule:
        check_status(sheet.data_validation(row, col, row, col, _validation(slot.rule)))


def _validation(rule: InputRule) -> dict[str, object]:
    return {
        "validate": VALIDATED[rule.kind],
        "criteria": "between",
        "minimum": rule.low,
        "maximum": rule.high,
        "input_title": rule.tip_title,
        "input_message": rule.tip,
        "error_title": rule.alert_title,
        "error_message": rule.alert,
    }


def _button(button: Button) -> dict[str, object]:
    return {
        "macro": button.macro,
        "caption": button.caption,
        "description": button.description,
        "x_offset": button.offset[0],
        "y_offset": button.offset[1],
        "width": button.size[0],
        "height": button.size[1],
    }


def _set_up(sheet: Worksheet, plan: SheetPlan) -> None:
    if plan.freeze != (0, 0):
        sheet.freeze_panes(*plan.freeze)
    if plan.filter_range:
        check_status(sheet.autofilter(plan.filter_range))
    sheet.set_selection(plan.first_input)
    sheet.set_paper(A4)
    if plan.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1 if plan.one_page else 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&F&C&A&RPage &P of &N")
    if plan.header_row:
        sheet.repeat_rows(plan.header_row - 1)
    if plan.print_range:
        check_status(sheet.print_area(plan.print_range))
    if plan.tab:
        sheet.set_tab_color(plan.tab)
    sheet.hide_gridlines(2)
    sheet.protect("", PROTECTION)
