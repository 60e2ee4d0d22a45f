"""The functions in a real LibreOffice with the extension: cells and ranges of every indicator, against the oracle."""

from __future__ import annotations

import math
from functools import cache
from itertools import product

import pytest

from tests.judge import oracle
from tests.judge.formula_grid import READINGS, edge_pairs
from tests.judge.real_returns import JUDGED
from tests.judge.schedule_text import schedule
from xlkpi.hosts.functions import FUNCTIONS

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("kpi office")]

CALL = {function.name: function.call for function in FUNCTIONS}
NAMES = ("KPI_OUTTURN", "KPI_RAG", "KPI_GAP", "KPI_CHECK")
ROWS = [(code, x, y, reading) for reading, code, (x, y) in product(READINGS, JUDGED, edge_pairs())]
LAST = len(ROWS)
FULL = {pair for pair in edge_pairs() if None not in pair}


def wanted(row):
    """What the four functions must show; the sentence of KPI_CHECK is judged in test_functions."""
    expected_texts = oracle.expected(row[0], row[1], row[2], row[3])
    outturn = "" if expected_texts.outturn is None else float(expected_texts.outturn)
    return (
        outturn,
        expected_texts.state,
        "" if expected_texts.gap is None else float(expected_texts.gap),
        CALL["KPI_CHECK"](*row),
    )


@cache
def all_wanted():
    return [wanted(row) for row in ROWS]


def same(values, expected_values):
    return len(values) == len(expected_values) and all(
        first_value == other or is_near(first_value, other)
        for first_value, other in zip(values, expected_values, strict=True)
    )


def is_near(value, other):
    """To fifteen digits; pytest's own comparison would cost more than the calls."""
    numbers = isinstance(value, float) and isinstance(other, float)
    return numbers and math.isclose(value, other, rel_tol=1e-15, abs_tol=1e-12)


def differing(values, rows=ROWS, expected_values=None):
    """The first rows in which what is shown is not what must be."""
    expected_values = expected_values or all_wanted()
    assert len(values) == len(rows) == len(expected_values)
    return [triple for triple in zip(rows, values, expected_values, strict=True) if not same(triple[1], triple[2])][:5]


def laid_out(book, rows):
    """The cases in columns A to D."""
    book.cell(0, f"A1:D{len(rows)}").setDataArray([["" if cell is None else cell for cell in row] for row in rows])
    return book


@pytest.fixture
def grid(kpi_calc):
    return laid_out(kpi_calc(), ROWS)


def fill_down(book, formulas, last):
    """Put formulas into E1 to H1 and pull them down, as a person does."""
    book.cell(0, "E1:H1").setFormulaArray([formulas])
    book.fill_down(0, f"E1:H{last}")


# --- every indicator, every edge, both readings ---


def test_the_grid_is_as_large_as_it_looks():
    assert LAST == len(JUDGED) * 2 * len(edge_pairs()) > 10_000


@pytest.mark.parametrize(("third", "formula"), [(0, "={}(A1;B1:B1;C1:C1;D1)"), (1, "={}(A1;B1;C1;D1)")])
def test_a_cell_at_a_time_gives_what_the_oracle_says(kpi_calc, third, formula):
    """A third of the cases each, others for each indicator: what is called is the same. Plain cells cannot be blank.

    Every case is in test_functions a cell at a time, and in the next test in LibreOffice.
    """
    pairs = edge_pairs()
    rows = [row for n, row in enumerate(ROWS) if (n + n // len(pairs)) % 3 == third and (not third or row[1:3] in FULL)]
    assert {(row[0], row[3]) for row in rows} == {(row[0], row[3]) for row in ROWS}
    assert {row[1:3] for row in rows} == {pair for pair in pairs if not third or pair in FULL}
    book = laid_out(kpi_calc(), rows)
    fill_down(book, [formula.format(name) for name in NAMES], len(rows))
    assert differing(book.values(0, f"E1:H{len(rows)}"), rows, [wanted(row) for row in rows]) == []


def test_one_call_over_whole_columns_gives_the_same(grid):
    for column, name in zip("EFGH", NAMES, strict=True):
        cells = grid.cell(0, f"{column}1:{column}{LAST}")
        cells.setArrayFormula(f"={name}(A1:A{LAST};B1:B{LAST};C1:C{LAST};D1:D{LAST})")
    assert differing(grid.values(0, f"E1:H{LAST}")) == []


@pytest.mark.parametrize("reading", READINGS)
def test_what_is_due_in_one_call_over_indicators_and_periods(kpi_calc, reading):
    book = kpi_calc()
    periods = tuple(f"2026-27 Q{quarter}" for quarter in (1, 2, 3, 4))
    book.cell(0, f"A2:A{len(JUDGED) + 1}").setDataArray([(code,) for code in JUDGED])
    book.cell(0, "B1:E1").setDataArray([periods])
    book.cell(0, "B2:E38").setArrayFormula(f'=KPI_DUE(A2:A38;B1:E1;"{reading}")')
    texts = [["Due" if oracle.due(code, period, reading) else "Not due" for period in periods] for code in JUDGED]
    assert [list(row) for row in book.values(0, "B2:E38")] == texts


def test_what_the_schedule_says_in_one_call(kpi_calc):
    book = kpi_calc()
    fields = ("description", "red", "amber", "green")
    book.cell(0, f"A2:A{len(JUDGED) + 1}").setDataArray([(code,) for code in JUDGED])
    book.cell(0, "B1:E1").setDataArray([fields])
    book.cell(0, "B2:E38").setArrayFormula('=KPI_ABOUT(A2:A38;B1:E1;"as written")')
    texts = [[getattr(schedule()[code], field) for field in fields] for code in JUDGED]
    assert [list(row) for row in book.values(0, "B2:E38")] == texts


def test_the_share_of_invoices_on_time_and_undisputed(kpi_calc):
    book = kpi_calc()
    book.cell(0, "A1:C4").setDataArray([(100, 3, 2), (10, 5, 6), (0, 0, 0), (10, "one", 0)])
    for r in range(1, 5):
        book.set(0, f"D{r}", f"=KPI_S2(A{r};B{r};C{r})")
    book.cell(0, "E1:E4").setArrayFormula("=KPI_S2(A1:A4;B1:B4;C1:C4)")
    assert book.values(0, "D1:E4") == ((0.95, 0.95), ("Check", "Check"), ("No cases", "No cases"), ("Check", "Check"))


# --- cells as people have them ---


@pytest.mark.parametrize(
    ("formula", "shows"),
    [
        ('=KPI_RAG("kpi s2";0;50)', "Green"),
        ('=KPI_RAG("KPI S2";0;50;"As Written")', "Red"),
        ('=KPI_RAG("KPI S1";A1+5;SUM(A1;100))', "Green"),
        ('=KPI_RAG("KPI S1";{1|90};{100|100})', "Green"),
        ("=KPI_RAG(A9;5;50)", ""),  # filled down past the last row
        ('=KPI_RAG("KPI S1";A9:A9;A9:A9)', "Not entered"),
        ('=KPI_RAG("KPI S1";A9;A9)', "No cases"),  # LibreOffice passes a blank single cell as 0: docs/functions.md
        ('=KPI_CHECK("KPI S1";60;50)', CALL["KPI_CHECK"]("KPI S1", 60, 50)),
        ('=KPI_GAP("KPI S2";20;50)', -18.0),
        ('=KPI_RAG("KPI S99";5;50)', "#VALUE!"),
        ('=KPI_RAG("KPI S1";5;50;"loosely")', "#VALUE!"),
        ('=KPI_DUE("KPI S1";"summer")', "#VALUE!"),
        ('=KPI_ABOUT("KPI S1";"colour")', "#VALUE!"),
        ('=KPI_RAG("KPI S1";A1:A2;A1:A3)', "#VALUE!"),
        ('=KPI_RAG("KPI S1";NA();50)', "#N/A"),  # Calc itself: it never asks us
        ('=KPI_RAG("KPI S3";B1:B2;1)', "Err:504"),  # the same, for a range that holds an error value
        ('=KPI_RAG("KPI S3";TRUE();1)', "Green"),  # Calc passes TRUE as 1
    ],
)
def test_one_formula(kpi_calc, formula, shows):
    book = kpi_calc()
    book.cell(0, "A1:A3").setDataArray([(1,), (2,), (3,)])
    book.set(0, "B2", "=NA()")
    book.set(0, "C1", formula)
    assert book.get(0, "C1") == shows


def test_results_follow_the_figures(kpi_calc):
    book = kpi_calc()
    book.cell(0, "A1:B1").setDataArray([(48, 50)])
    book.set(0, "C1", '=KPI_RAG("KPI S3";A1;B1)')
    shown = []
    for figure in (48, 43, 40, "forty", 51):
        book.set(0, "A1", figure)
        shown.append(book.get(0, "C1"))
    assert shown == ["Green", "Amber", "Red", "Check", "Green"]


@pytest.mark.parametrize(
    ("formula", "shows"),
    [
        ('=C3="Red"', 1.0),
        ('=IF(KPI_RAG("KPI S1";A3;B3)="Red";"act";"fine")', "act"),
        ('=COUNTIF(C1:C3;"Red")', 1.0),
        ('=COUNTIF(C1:C3;KPI_RAG("KPI S1";A3;B3))', 1.0),
        ('=MATCH("Red";C1:C3;0)', 3.0),
        ('=VLOOKUP(C3;{"Green";"good"|"Red";"bad"};2;0)', "bad"),
        ('=SUMPRODUCT(C1:C3="Red")', 1.0),
        ("=C1=C2", 1.0),
        ("=D3=C3", 1.0),
        ('=COUNTIF(D1:D3;"Red")', 1.0),
        ('=SUMPRODUCT(KPI_RAG("KPI S1";A1:A3;B1:B3)&""="Red")', 1.0),
        ('=SUM(KPI_OUTTURN("KPI S1";A1:A3;B1:B3))', pytest.approx(0.46)),
        ('=INDEX(KPI_RAG("KPI S1";A1:A3;B1:B3);3)', "Red"),
        ('=SUM(KPI_GAP("KPI S1";A1:A3;B1:B3))', -16.0),
    ],
)
def test_other_formulas_can_work_with_the_results(kpi_calc, formula, shows):
    """Calc finds the text of an add-in's block equal to nothing, so cells are given as they are; a range takes &""."""
    book = kpi_calc()
    book.cell(0, "A1:B3").setDataArray([(1, 50), (2, 50), (20, 50)])
    for r in (1, 2, 3):
        book.set(0, f"C{r}", f'=KPI_RAG("KPI S1";A{r};B{r}:B{r})')
    book.cell(0, "D1:D3").setArrayFormula('=KPI_RAG("KPI S1";A1:A3;B1:B3)&""')
    book.set(0, "E1", formula)
    assert book.get(0, "E1") == shows


def test_results_of_a_range_follow_the_figures_and_each_other(kpi_calc):
    book = kpi_calc()
    book.cell(0, "A1:B60").setDataArray([(48, 50)] * 60)
    book.cell(0, "C1:C60").setArrayFormula('=KPI_RAG("KPI S3";A1:A60;B1:B60)')
    book.cell(0, "D1:D60").setArrayFormula('=KPI_GAP("KPI S3";A1:A60;B1:B60)')
    for figure in (*range(41, 51), *range(50, 40, -1), *range(60)):  # more answers than are kept, and some again
        book.set(0, "A7", figure)
        expected_texts = oracle.expected("KPI S3", figure, 50)
        assert book.values(0, "C6:D8") == (
            ("Green", 0.0),
            (expected_texts.state, float(expected_texts.gap)),
            ("Green", 0.0),
        )
    book.recalc()
    assert book.get(0, "C7") == "Green"


def test_two_open_workbooks_do_not_disturb_each_other(kpi_calc):
    books = [kpi_calc(), kpi_calc()]
    for book in books:
        book.cell(0, "A1:B2").setDataArray([(48, 50), (40, 50)])
        book.cell(0, "C1:C2").setArrayFormula('=KPI_RAG("KPI S3";A1:A2;B1:B2)')
    books[0].set(0, "A1", 43)
    assert [book.values(0, "C1:C2") for book in books] == [(("Amber",), ("Red",)), (("Green",), ("Red",))]
    books[0].close()
    books[1].set(0, "A2", 48)
    assert books[1].values(0, "C1:C2") == (("Green",), ("Green",))


def test_huge_counts_do_no_harm(kpi_calc):
    book = kpi_calc()
    book.set(0, "A1", '=KPI_GAP("KPI S1";1E300;1E300)')
    book.set(0, "A2", '=KPI_OUTTURN("KPI S1";1E300;1E300)')
    assert book.get(0, "A1") == pytest.approx(-9e299)
    assert book.get(0, "A2") == 1.0


# --- files ---


@pytest.mark.parametrize(("ending", "file_filter"), [(".xlsx", "Calc MS Excel 2007 XML"), (".ods", "calc8")])
def test_formulas_live_on_in_a_saved_file(kpi_calc, tmp_path, ending, file_filter):
    book = kpi_calc()
    book.cell(0, "A1:B1").setDataArray([(5, 50)])
    book.set(0, "C1", '=KPI_RAG("KPI S1";A1;B1:B1)')
    book.cell(0, "D1:E1").setArrayFormula('=KPI_ABOUT("KPI S1";{"red";"green"})')
    again = kpi_calc(book.save(tmp_path / f"own{ending}", file_filter))
    assert again.values(0, "C1:E1") == (("Amber", ">25%", "<10%"),)
    again.set(0, "A1", 40)
    assert again.get(0, "C1") == "Red"


def test_a_workbook_of_another_program_finds_the_plain_names(kpi_calc, tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "theirs.xlsx") as theirs:
        sheet = theirs.add_worksheet()
        sheet.write_row("A1", (5, 50))
        sheet.write_formula("C1", '=KPI_RAG("KPI S1",A1:A1,B1:B1)')
        sheet.write_array_formula("D1:D2", '{=KPI_RAG({"KPI S1";"KPI S3"},A1,B1)}')
    book = kpi_calc(tmp_path / "theirs.xlsx")
    assert book.values(0, "C1:D2") == (("Amber", "Amber"), ("", "Red"))


# --- the function wizard ---


def test_the_wizard_shows_every_function_with_its_help(kpi_office):
    known = kpi_office.service("com.sun.star.sheet.FunctionDescriptions")
    shown = {}
    for index in range(known.getCount()):
        details = {wanted_row.Name: wanted_row.Value for wanted_row in known.getByIndex(index)}
        if details["Name"] in CALL:
            shown[details["Name"]] = (
                details["Description"],
                [(argument.Name, argument.Description, argument.IsOptional) for argument in details["Arguments"]],
            )
    assert set(shown) == set(CALL)
    for function in FUNCTIONS:
        text, arguments = shown[function.name]
        assert text == function.help
        for (name, help_text, _), argument in zip(arguments, function.arguments, strict=True):
            assert name == argument.name
            assert help_text.startswith(argument.help)
            assert ("B9:B9" in help_text) == (name in ("x", "y", "submitted", "disputed", "late"))
