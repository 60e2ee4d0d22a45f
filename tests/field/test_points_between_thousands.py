"""Sums and counts as programs on the Continent write them: 1.234,56 and 1 234,56, and 1.234 that may be either."""

from __future__ import annotations

from math import isnan

import pytest

from tests.field.ledgers import RIGHT, check, counted, message, plain, reported, text_of, workbook_of
from tests.field.list_files import NUMBERED, text_file
from xlkpi.core.period import Period
from xlkpi.finance.extract import read_extract
from xlkpi.finance.providers import ProviderDirectory


def with_sums(folder, *sums):
    """The check of a ledger with an invoice for each sum, and the pence that are read of each."""
    rows = [plain(number).replace("100.00", f'"{text}"') for number, text in enumerate(sums, start=1)]
    finance = check(folder, text_of(rows))
    return finance, [None if isnan(pence) else int(pence) for pence in finance.ledger.invoices["amount"]]


@pytest.mark.parametrize(
    ("sums", "pence"),
    [
        (["1.234,56", "850,00", "12.345"], [123456, 85000, 1234500]),
        (["1 234,56", "1\u00a0000,00", "1.234"], [123456, 100000, 123400]),
        (["1\u202f234,5", "-1.000", "£ 2.500,00"], [123450, -100000, 250000]),
        (["1.234.567", "(1.234)", "99"], [123456700, -123400, 9900]),
        (["0,99", "1.234 CR", "GBP 5.000"], [99, -123400, 500000]),
    ],
)
def test_points_are_between_thousands_where_a_cell_shows_a_comma_before_pence(tmp_path, sums, pence):
    finance, read = with_sums(tmp_path, *sums)
    assert (read, reported(finance)["LIST_COMMA"]) == (pence, "note")
    assert "ledger.csv: amount is read with a comma before the decimals" in message(finance, "LIST_COMMA")


@pytest.mark.parametrize(
    ("sums", "pence"),
    [
        (["1'234.56", "850.00", "1’234’567.00"], [123456, 85000, 123456700]),
        (["1 234.56", "118.125", "12.5"], [123456, 11813, 1250]),
        (["1,234.56", "1,234", "1.234"], [123456, 123400, 123]),
        (["1,234", "12,000", "999"], [123400, 1200000, 99900]),
    ],
)
def test_points_are_decimal_points_where_a_cell_shows_that(tmp_path, sums, pence):
    finance, read = with_sums(tmp_path, *sums)
    assert (read, [code for code in reported(finance) if code.startswith("LIST_")]) == (pence, [])


def test_points_that_nothing_explains_are_asked_about_once(tmp_path):
    finance, read = with_sums(tmp_path, "1.234", "12.500", "850", "2.000")
    assert (read, reported(finance)) == ([123400, 1250000, 85000, 200000], {"LIST_POINT_THOUSANDS": "query"})
    assert message(finance, "LIST_POINT_THOUSANDS") == (
        "ledger.csv: wherever amount has a point, three digits follow (cells: 3; first F2, “1.234”), so it is read as a"
        " sign between thousands. Write the numbers without it, or with two decimals if it is a decimal point."
    )


def test_the_numbers_of_a_workbook_have_decimal_points(tmp_path):
    rows = [[*row.split(",")[:5], 12.345, *row.split(",")[6:]] for row in (plain(1), plain(2))]
    finance = check(tmp_path, workbook_of(rows), name="ledger.xlsx")
    assert (list(finance.ledger.invoices["amount"]), reported(finance)) == ([1235, 1235], {})


def test_they_show_nothing_of_the_texts_beside_them(tmp_path):
    sums = [1250.5, 12000, *[99.25] * 20, "1.234,56", "2.500"]
    rows = [[*plain(number).split(",")[:5], pounds, "", "", "", "14/05/2026"] for number, pounds in enumerate(sums)]
    finance = check(tmp_path, workbook_of(rows), name="ledger.xlsx")
    pence = list(finance.ledger.invoices["amount"])
    assert ([*pence[:2], *pence[-2:]], reported(finance)) == ([125050, 1200000, 123456, 250000], {"LIST_COMMA": "note"})


def test_beside_thousands_without_a_sign_they_are_taken_for_decimal_points_and_asked_about(tmp_path):
    finance, read = with_sums(tmp_path, "118.125", "1500", "850")
    assert (read, reported(finance)) == ([11813, 150000, 85000], {"LIST_POINT_DECIMALS": "query"})


@pytest.mark.parametrize("sums", [["1.234,56", "1,234.56", "1.234", "1,234"], ["1,500", "1.234", "850"]])
def test_a_sum_with_two_readings_is_left_out_and_its_invoice_counts(tmp_path, sums):
    finance, read = with_sums(tmp_path, *sums)
    clear = {"1.234,56": 123456, "1,234.56": 123456, "850": 85000}
    assert read == [clear.get(text) for text in sums]
    assert reported(finance)["LEDGER_AMOUNT_UNSURE"] == "query"
    assert counted(finance)["P001"] == (0, len(sums))


def test_a_slip_of_the_hand_does_not_turn_the_column_round(tmp_path):
    finance, read = with_sums(tmp_path, "12,50", "1,234", *["99.50"] * 20)
    assert (read[:3], reported(finance)["LEDGER_AMOUNT"]) == ([None, 123400, 9950], "query")


def test_the_figures_are_those_of_the_same_ledger_in_our_signs(tmp_path):
    rows = [plain(number) for number in range(1, 6)] + [plain(number, "P002", "OH") for number in range(1, 5)]
    rows[0] = rows[0].replace("100.00,,,", "100.00,06/05/2026,rate,")
    finance = check(tmp_path, text_of([row.replace("100.00", '"1.100,00"') for row in rows]))
    assert (counted(finance), reported(finance)) == (RIGHT, {"LIST_COMMA": "note"})


def extract(folder, *pairs):
    """The entry of each pair of x and y of an extract, and what is said of it."""
    codes = ["KPI S1", "KPI S2", "INFO W1", "INFO W3"]
    rows = [f'P001,2026-27 Q2,{code},"{x}","{y}"' for code, (x, y) in zip(codes, pairs, strict=False)]
    path = text_file(folder, "provider_id,period,indicator,x,y", *rows, name="extract.csv")
    read = read_extract(path, Period(2026, 2), ProviderDirectory(NUMBERED, {}), {})
    said = {(finding.code.name, finding.severity.value) for finding in read.findings}
    return [(int(count.x), count.y) for count in read.counts.values()], said


COUNTS = {
    "a comma before noughts": (
        [("1,00", "1.234,00"), ("0,00", "1.000")],
        [(1, 1234), (0, 1000)],
        {("LIST_COMMA", "note")},
    ),
    "spaces and apostrophes": ([("1 234", "1'500"), ("7", "1\u00a0500")], [(1234, 1500), (7, 1500)], set()),
    "a count is never 1.234": (
        [("5", "1.234"), ("6", "2.000")],
        [(5, 1234), (6, 2000)],
        {("LIST_POINT_THOUSANDS", "query")},
    ),
    "noughts alone": ([("5.000", "8.000"), ("0", "12.000")], [(5, 8), (0, 12)], {("LIST_POINT_DECIMALS", "query")}),
    "noughts that are shown to be decimals": ([("5.000", "8.00"), ("0.000", "12.000")], [(5, 8), (0, 12)], set()),
    "our commas": ([("1", "1,234"), ("0", "2,000")], [(1, 1234), (0, 2000)], set()),
    "two readings": ([("1", "1,234"), ("0", "2.000"), ("3", "40")], [(3, 40)], {("LIST_ROW", "must fix")}),
}  # fmt: skip


def test_a_figure_with_two_readings_does_not_hide_what_else_is_wrong_with_its_row(tmp_path):
    rows = ['P001,2026-27 Q2,KPI S1,"1,234",many', 'P001,2026-27 Q2,KPI S2,"2.000",9']
    path = text_file(tmp_path, "provider_id,period,indicator,x,y", *rows, name="extract.csv")
    messages = [
        each.message for each in read_extract(path, Period(2026, 2), ProviderDirectory(NUMBERED, {}), {}).findings
    ]
    assert [(text.split(" is set")[0], "two readings" in text) for text in messages] == [
        ("extract.csv line 2", True), ("extract.csv line 2", False), ("extract.csv line 3", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("pairs", "figures", "said"), COUNTS.values(), ids=COUNTS)
def test_counts_of_an_extract_are_read_as_their_column_is(tmp_path, pairs, figures, said):
    assert extract(tmp_path, *pairs) == (figures, said)
