"""Excel's path: xlwings' own call of a function, with what Excel hands over, against the oracle."""

from __future__ import annotations

import datetime as dt
import inspect
import io
import math
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.hosts.excel.com_layer import ERRORS, MISSING, Cells, windows
from tests.judge.formula_grid import READINGS, edge_pairs, odd_pairs
from tests.judge.oracle import due, expected
from tests.judge.real_returns import JUDGED
from xlkpi.hosts.array_arguments import WrongArgument
from xlkpi.hosts.excel import server as excel_server
from xlkpi.hosts.excel import vba_source
from xlkpi.hosts.functions import FUNCTIONS, Argument, Function

ODD = tuple(odd_pairs())
ODD_SHARED_BY = 4
"""Each indicator gets every fourth odd pair, and its neighbours the others."""


@pytest.fixture(scope="module")
def server():
    with windows() as xlwings:
        yield xlwings


def fits(answers, wanted):
    """Whether outturn, word and gap are the oracle's."""
    outturn, word, gap = answers
    if (word, gap) != (wanted.state, "" if wanted.gap is None else wanted.gap):
        return False
    if wanted.outturn is None:
        return outturn == ""
    return isinstance(outturn, float) and math.isclose(outturn, wanted.outturn, rel_tol=1e-12)


@pytest.mark.parametrize("reading", READINGS)
def test_columns_of_every_indicator_give_what_the_oracle_says(server, reading):
    texts = []
    for number, code in enumerate(JUDGED):
        pairs = (*edge_pairs(), *ODD[number % ODD_SHARED_BY :: ODD_SHARED_BY])
        xs, ys = Cells([[x] for x, _ in pairs]), Cells([[y] for _, y in pairs])
        given = (Cells([[code]]), xs, ys, *(() if reading == "effective" else (reading,)))
        columns = [server.call(name, *given) for name in ("KPI_OUTTURN", "KPI_RAG", "KPI_GAP")]
        for (x, y), *answers in zip(pairs, *columns, strict=True):
            wanted = expected(code, x, y, reading)
            if not fits([cell[0] for cell in answers], wanted):
                texts.append((code, x, y, answers, wanted))
    assert not texts[:5]


@pytest.mark.parametrize(("x", "y"), edge_pairs()[::3])
def test_single_cells_and_single_values_give_the_same(server, x, y):
    for name in ("KPI_OUTTURN", "KPI_RAG", "KPI_CHECK", "KPI_GAP"):
        cells = server.call(name, Cells([["KPI I4"]]), Cells([[x]]), Cells([[y]]), MISSING)
        # a workbook's own wrapper goes through Application.Run, which may hand values over in place of ranges
        values = server.call(name, "KPI I4", *(float(v) if type(v) is int else v for v in (x, y)), MISSING)
        assert cells == values
    assert server.call("KPI_RAG", "KPI I4", Cells([[x]]), Cells([[y]]), MISSING) == expected("KPI I4", x, y).state


def test_what_excel_hands_over_is_read_as_it_stands(server):
    def rag(x, y):
        return server.call("KPI_RAG", "KPI S4a", Cells([[x]]), Cells([[y]]))

    assert rag(96, 100) == "Green"
    assert rag(None, None) == "Not entered"
    assert rag("", 5) == "Incomplete"
    assert rag(True, 5) == "Check"
    assert rag(Decimal(4), Decimal(5)) == "Amber"  # cells formatted as money
    for error in ERRORS:
        assert rag(error, 5) == "Check"


def test_a_date_is_the_number_that_the_sheet_keeps(server):
    day = dt.datetime(2026, 4, 1)  # noqa: DTZ001 - Excel knows no time zones
    assert server.call("KPI_RAG", "KPI S4a", Cells([[46113]]), Cells([[day]])) == "Green"


def test_a_row_a_column_and_a_block_keep_their_shape(server):
    block = Cells([[1, 2], [3, 4], [None, 6]])
    answer = server.call("KPI_RAG", "KPI S4a", block, 10.0)
    assert answer == [["Red", "Red"], ["Red", "Red"], ["Incomplete", "Red"]]
    assert server.call("KPI_RAG", "KPI S4a", Cells([[1, 2, 9]]), 10.0) == ["Red", "Red", "Amber"]


def test_a_blank_indicator_gives_empty_text_so_that_formulas_may_be_filled_down(server):
    column = Cells([["KPI S1"], [None], [""]])
    answer = server.call("KPI_RAG", column, Cells([[1], [None], [2]]), Cells([[40], [None], [3]]))
    assert answer == [["Green"], [""], [""]]


def test_the_other_functions_answer_too(server):
    for code in JUDGED:
        answer = server.call("KPI_DUE", code, "2026-27 Q2", MISSING)
        assert answer == ("Due" if due(code, "2026-27 Q2") else "Not due")
    assert server.call("KPI_ABOUT", "KPI S2", "frequency", MISSING) == "six-monthly"
    assert server.call("KPI_S2", Cells([[100]]), Cells([[3]]), Cells([[2]]), MISSING) == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("KPI_RAG", ("KPI Q9", 1.0, 2.0)),
        ("KPI_RAG", ("KPI S1", 1.0, 2.0, "guessed")),
        ("KPI_DUE", ("KPI S1", "last year")),
        ("KPI_ABOUT", ("KPI S1", "colour")),
        ("KPI_RAG", ("KPI S1", Cells([[1], [2]]), Cells([[1], [2], [3]]))),
    ],
)
def test_a_wrong_argument_is_an_exception_which_visual_basic_shows_as_an_error_value(server, name, arguments):
    with pytest.raises(WrongArgument):
        server.call(name, *arguments)


def test_a_bug_is_logged_with_its_place(monkeypatch, tmp_path):
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))

    def broken(_kpi):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        excel_server.marked(Function("KPI_BROKEN", "Breaks.", (Argument("kpi", "Any."),), broken))("KPI S1")
    logged = (tmp_path / "xlkpi.log").read_text(encoding="utf-8")
    assert "Excel KPI_BROKEN" in logged
    assert "ZeroDivisionError" in logged


# --- what Excel is told of them ---


def plain(value):
    """A function as a person would write it for xlwings, without any mark."""
    names = [f"{a.name}=None" if a.optional else a.name for a in value.arguments]
    scope = {}
    exec(f"def {value.name}({', '.join(names)}): {value.help!r}", scope)  # noqa: S102 - our own names
    return scope[value.name]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_the_mark_is_what_xlwings_own_decorators_would_make(server, function):
    decorated = server.udfs.xlfunc(plain(function))
    for argument in function.arguments:
        decorated = server.udfs.xlarg(argument.name, doc=argument.help, ndim=2, err_to_str=True)(decorated)
    ours = getattr(excel_server, function.name)
    # xlarg notes the category anew, as its default
    assert {**decorated.__xlfunc__, "category": "KPI"} == ours.__xlfunc__
    assert str(inspect.signature(decorated)) == str(inspect.signature(ours))


def test_the_wrappers_are_what_xlwings_own_generator_writes(server):
    out = io.StringIO()
    vba = server.udfs.VBAWriter(out)
    vba.writeln('Attribute VB_Name = "xlwings_udfs"')
    vba.writeln('#Const App = "Microsoft Excel"')
    server.udfs.generate_vba_wrapper(vba_source.MODULE, excel_server, out, SimpleNamespace(Name="book.xlsm"))
    assert vba_source.addin_functions(answer=vba_source.XLWINGS_ANSWER) == out.getvalue()
    ours = vba_source.addin_functions().splitlines()
    theirs = out.getvalue().splitlines()
    assert [line for line in ours if line not in theirs] == [
        f'    {name} = NoAnswer("{name}", Err.Description)' for name in sorted(function.name for function in FUNCTIONS)
    ]


@pytest.mark.parametrize("name", ["KPI1", "LOT22", "R1C1", "Next", "KPI RAG"])
def test_a_name_that_excel_would_take_for_something_else_is_refused(name):
    with pytest.raises(ValueError, match="Excel cannot call"):
        excel_server.marked(Function(name, "", (Argument("x", ""),), len))


@pytest.mark.parametrize("names", [("date",), ("x", "X"), ("in",), ("a b",)])
def test_an_argument_that_visual_basic_would_take_for_something_else_is_refused(names):
    with pytest.raises(ValueError, match="Excel cannot call"):
        excel_server.marked(Function("KPI_X", "", tuple(Argument(n, "") for n in names), len))
