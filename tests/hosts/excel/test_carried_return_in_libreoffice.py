"""A return with open plans and questions in LibreOffice, both editions: recalculated, typed into, saved, read back."""

from __future__ import annotations

import pytest

from tests.evidence import some
from tests.hosts.excel.test_return_in_libreoffice import ERROR_RESULTS, is_shown, live_cells
from tests.judge.real_returns import saved
from tests.layout.carried_returns import FILLED, LATER, plan, record, stamped
from tests.reading.return_edits import checked
from xlkpi.core.checks import Entry
from xlkpi.layout.carried_forward import CarriedForward
from xlkpi.layout.plan import BLANK, Filled
from xlkpi.writing.returns.write_return import write_return

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("kpi office")]
ENDINGS = {"native": "xlsx", "udf": "xlsm"}
RED = Filled({"KPI S3": Entry(30, 40, "Two left"), "KPI S5": Entry(30, 40, "One ill")})
ALONE = CarriedForward({"KPI S3": record("KPI S3")})


@pytest.mark.parametrize("edition", ENDINGS)
@pytest.mark.parametrize(("filled", "options"), [(BLANK, {}), (FILLED, {}), (RED, {"carried": ALONE, "period": LATER})])
def test_every_live_cell_shows_what_core_says(kpi_calc, tmp_path, edition, filled, options):
    planned = plan(filled, edition=edition, **options)
    book = kpi_calc(saved(tmp_path / f"return.{ENDINGS[edition]}", write_return(planned)))
    shown = {name: book.values(name, "A1:Z60") for name in book.sheet_names if name != "_xlkpi"}
    differing = [
        (name, slot.ref, shown[name][slot.row - 1][slot.col - 1], slot.value)
        for name, slot in some(live_cells(planned))
        if not is_shown(shown[name][slot.row - 1][slot.col - 1], slot.value)
    ]
    assert differing == []
    errors = {name: book.sheet(name).queryFormulaCells(ERROR_RESULTS).Count for name in shown}
    assert errors == dict.fromkeys(shown, 0)


@pytest.mark.parametrize("edition", ENDINGS)
def test_what_is_typed_is_counted_at_once_and_read_back(kpi_calc, tmp_path, edition):
    book = kpi_calc(saved(tmp_path / f"return.{ENDINGS[edition]}", stamped(edition=edition)))
    steps = {row[1]: f"D{number}" for number, row in enumerate(book.values("Start here", "A1:D40"), start=1)}
    plans, questions = steps["Bring your open action plans up to date"], steps["Answer the Council's questions"]
    assert (book.get("Start here", plans), book.get("Start here", questions)) == ("3 to update", "2 to answer")
    for code in ("KPI_S1", "KPI_S3", "KPI_E3"):
        book.type_text(*book.named(f"{code}.progress"), "The manager has recruited one carer")
    book.type_text(*book.named("KPI_S3.new_timescale"), "28 February 2027")
    book.type_text(*book.named("Question_2.answer"), "Six is right")
    assert (book.get("Start here", plans), book.get("Start here", questions)) == ("None to update", "1 to answer")
    book.save(tmp_path / "back.xlsx")
    checked_return = checked((tmp_path / "back.xlsx").read_bytes())
    assert [answer.answer for answer in checked_return.answers] == ["", "Six is right"]
    update = next(entry.plan for entry in checked_return.entries if entry.code == "KPI S3")
    assert (update.progress, update.new_timescale) == ("The manager has recruited one carer", "28 February 2027")
    assert update.action == "Manager to recruit two carers & train them"
    assert {f.code.name for f in checked_return.findings} >= {"QUESTION_OPEN"}
    assert not {f.code.name for f in checked_return.findings} & {"PLAN_NO_PROGRESS", "CONTACTS_CHANGED", "ROW_HIDDEN"}
