"""The finance workbook's formulas count an invoice on several lines once: LibreOffice against pandas alone."""

from __future__ import annotations

import openpyxl
import pytest

from tests.field.ledgers import check, text_of
from tests.field.real_rates import expected_by_pandas, lines_at_real_rates
from xlkpi.sheets.finance.plan_finance import plan_finance
from xlkpi.writing.workbook import render_workbook


@pytest.mark.office
def test_libreoffice_counts_invoices_as_pandas_does(tmp_path, calc):
    rows = lines_at_real_rates(150, 7)
    path = tmp_path / "finance.xlsx"
    path.write_bytes(render_workbook(plan_finance(check(tmp_path, text_of(rows)))))
    sheet = openpyxl.load_workbook(path)["S2 check"]
    headers = [cell.value for cell in sheet[1]]
    places = [headers.index(name) for name in ("provider_id", "x ledger", "y ledger")]
    assert all(sheet.cell(2, place + 1).data_type == "f" for place in places[1:])
    book = calc(path)
    book.recalc()
    shown = [[row[place] for place in places] for row in book.values("S2 check", sheet.dimensions)[1:]]
    figures, *_ = expected_by_pandas(rows)
    assert {provider_id: (x, y) for provider_id, x, y in shown} == figures
    lines = [row[-1].value for row in openpyxl.load_workbook(path)["Invoices"].iter_rows(min_row=2)]
    assert (len(lines), sum(lines)) == (150, len({*rows}))
