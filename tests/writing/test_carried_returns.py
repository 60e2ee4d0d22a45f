"""A return with open plans and questions, stamped from a template: the same cells and rows as from scratch."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.evidence import some
from tests.layout.carried_returns import CARRIED, CATALOGUE, ELM, LATER, NOW, plan, record, stamped
from xlkpi.commands.check import annotated_copy
from xlkpi.layout.carried_forward import HIDDEN, CarriedForward
from xlkpi.layout.plan import make_return_key
from xlkpi.reading.returns.check_return import check_return
from xlkpi.writing.returns import template
from xlkpi.writing.returns.write_return import write_return

FEW = CarriedForward({"KPI S1": record("KPI S1")})


def opened(data, **options):
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def contents(data):
    results = {}
    for data_only in (False, True):
        for page in opened(data, data_only=data_only):
            for row in page.iter_rows():
                results.update({(data_only, page.title, c.coordinate): c.value or None for c in row})
            results.update({("hidden", page.title, n): d.hidden for n, d in page.row_dimensions.items()})
    return results


@pytest.mark.parametrize(("carried", "period"), [(CARRIED, NOW), (FEW, LATER)])
def test_stamped_it_has_the_cells_and_rows_of_one_from_scratch(carried, period):
    stamped_contents, other = (
        contents(stamped(carried, period)),
        contents(write_return(plan(carried=carried, period=period))),
    )
    assert [at for at in some(other) if stamped_contents.get(at) != other[at]] == []
    assert stamped_contents.keys() == other.keys()


def test_two_providers_of_one_template_show_only_their_own():
    key = make_return_key(CATALOGUE, ELM, NOW, (), "native", CARRIED)
    assert key == make_return_key(CATALOGUE, ELM, NOW, (), "native", CarriedForward(FEW.plans, CARRIED.questions[:1]))
    few = contents(stamped(CarriedForward(FEW.plans, CARRIED.questions[:1])))
    assert not [value for value in few.values() if isinstance(value, str) and ("KPI S3: the plan" in value)]
    assert few["hidden", "Action plan", 8]
    assert few["hidden", "Questions", 7]
    assert "1 to update" in few.values()


def test_a_row_that_cannot_be_marked_is_noticed():
    with pytest.raises(template.PlanError, match="row 9"):
        template._with_row_marks(f'<row r="8"{HIDDEN}>', [(9, "x")])


def test_the_same_return_has_the_same_bytes():
    assert stamped(FEW) == stamped(FEW)


def test_a_marked_copy_marks_the_update_and_the_answer():
    checked_return = check_return("return.xlsx", data=stamped())
    copy = opened(annotated_copy(checked_return, stamped()))
    assert copy.sheetnames[-1] == "Findings"
    usual = opened(stamped())
    marked = {(name, ref) for name, refs in (("Action plan", ("J6", "J8", "J18")), ("Questions", ("F6",)))
              for ref in refs if copy[name][ref].fill.fgColor.rgb != usual[name][ref].fill.fgColor.rgb
              or copy[name][ref].border.top.style != usual[name][ref].border.top.style}  # fmt: skip
    assert len(marked) == 4
    assert copy.sheetnames[:-1] == usual.sheetnames
