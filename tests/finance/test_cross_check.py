"""The cross-check with the case system, and the decisions of officers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.every_outturn import DATA, INDICATORS, WORDS, every_outturn
from tests.finance.ledger_builders import checked, codes, messages
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.core.assess import assess_indicator
from xlkpi.core.period import Period
from xlkpi.core.records import AgreedFigures
from xlkpi.core.vocabulary import Reading
from xlkpi.errors import LedgerError
from xlkpi.finance.agreement import NO_COUNTS, CountPair
from xlkpi.finance.cross_check import CrossCheck, CrossClass, CrossComparison, classify_pair
from xlkpi.finance.extract import Extract, cross_checked, read_extract
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.sheets.finance.cross_check import CROSS_COLUMNS, plan_cross_check
from xlkpi.sheets.finance.invoice_check import HEADERS, plan_invoice_check
from xlkpi.writing.workbook.cell_styles import look_of

NAMED = (
    "KPI S1, KPI S2, INFO W1, INFO W3, INFO I1, INFO I3, INFO E1, KPI E2, INFO A1, INFO A3a, INFO A3b, INFO A3c,"
    " INFO A4, INFO T1"
)
GOOD = "P001,INV-1,,05/05/2026,03/05/2026,,,,,20/05/2026"


def crossed(tmp_path, rows, figures, header="provider_id,period,indicator,x,y"):
    path = tmp_path / "extract.csv"
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return checked(tmp_path, [GOOD], {1: figures}, extract=path)


def test_the_fourteen_indicators_of_contract_md_are_compared():
    assert ", ".join(cross_checked()) == NAMED, (
        "the catalogue asks for other cross checks: correct NAMED by contract.md"
    )


@pytest.mark.parametrize(
    ("returned", "counted", "expected"),
    [
        ((5, 20), (5, 20), "Agreed"),
        ((5, 20), (6, 19), "Small difference"),
        ((5, 20), (7, 20), "Different x"),
        ((5, 20), (5, 22), "Different y"),
        ((5, 20), (8, 30), "Different x and y"),
        ((5, 20), None, "Not checked"),
        (None, (5, 20), "No return"),
        (None, None, "No return"),
    ],
)
def test_classes(returned, counted, expected):
    pairs = [CountPair(*figure) if figure else NO_COUNTS for figure in (returned, counted)]
    assert classify_pair(*pairs, 1).value == expected


@pytest.mark.parametrize(
    ("code", "returned", "counted", "worse"),
    [
        ("KPI S1", (0, 50), (20, 50), "case system"),
        ("KPI S1", (20, 50), (0, 50), "return"),
        ("KPI S1", (1, 50), (2, 50), "case system"),
        ("KPI S1", (2, 50), (2, 50), "same"),
        ("KPI S2", (0, 50), (20, 50), "case system"),
        ("KPI S2", (3, 50), (1, 50), "return"),
    ],
)
def test_which_side_says_the_worse(tmp_path, code, returned, counted, worse):
    check = crossed(tmp_path, [f"P001,2026-27 Q2,{code},{counted[0]},{counted[1]}"], {code: returned})
    (line,) = [line for line in check.cross.lines if line.indicator.code == code]
    assert line.worse.value == worse


def test_what_differs_and_what_was_not_checked_is_told(tmp_path):
    rows = ["P001,2026-27 Q2,KPI S1,5,30", "P001,2026-27 Q1,KPI S1,9,30"]
    check = crossed(tmp_path, rows, {"KPI S1": (2, 30), "KPI S2": (0, 1)})
    assert messages(check, "CROSS_DIFFERS") == [
        "Provider 1: KPI S1 is 2 of 30; the case system has 5 of 30. Find out which is right."
    ]
    assert [line.indicator.code for line in check.cross.lines if line.agreement is CrossClass.NOT_CHECKED] == ["KPI S2"]
    assert codes(check).count("CROSS_NOT_CHECKED") == 1
    extract = check.cross.extract
    assert (extract.rows_read, len(extract.counts), extract.other_periods, extract.rows_set_aside) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("P001,2026-27 Q2,KPI S9,1,2", "“KPI S9”, which is not an indicator"),
        ("P001,2026-27 Q2,KPI S3,1,2", "KPI S3, which is not compared with SWIFT/Liberi"),
        ("P001,2026,KPI S1,1,2", "“2026”, which is not a reporting period"),
        ("P001,2026-27 Q2,KPI S1,one,2", "says “one”. Enter a whole number"),
        ("P001,2026-27 Q2,KPI S1,1,", "y (E2) is empty. Enter a whole number"),
        ("P-01,2026-27 Q2,KPI S1,1,2", "it looks like P001"),
    ],
)
def test_a_row_of_the_extract_that_cannot_be_used_is_told(tmp_path, row, says):
    check = crossed(tmp_path, [row], {"KPI S1": (1, 2), "KPI S2": (0, 1)})
    text = [finding.finding.message for finding in check.findings if finding.file == "extract.csv"]
    assert len(text) == 1
    assert says in text[0]
    assert check.cross.extract.rows_set_aside == 1


@pytest.mark.parametrize(
    ("row", "x", "says"),
    [
        ("P1,2026-27 Q2,A 1,1234.50,", Fraction(2469, 2), ""), ("P1,2026-27 Q2,A 1,£12,0", 12, ""),
        ("P1,2026-27 Q2,N 1,4,", 4, ""), ("P1,2026-27 Q2,D 2,3.5,", Fraction(7, 2), ""),
        ("P1,2026-27 Q2,N 1,4,n/a", 4, ""),
        ("P1,2026-27 Q2,A 1,12.3456,", None, "says “12.3456”. Enter pounds and pence, with two decimals at most"),
        ("P1,2026-27 Q2,A 1,-5,", None, "says “-5”. Enter pounds and pence, with two decimals at most, 0 or more"),
        ("P1,2026-27 Q2,A 1,,", None, "x (D2) is empty. Enter pounds and pence"),
        ("P1,2026-27 Q2,N 1,4.5,", None, "says “4.5”. Enter a whole number"),
        ("P1,2026-27 Q2,D 1,4,", None, "y (E2) is empty. Enter a whole number"),
    ],
)  # fmt: skip
def test_the_extract_has_the_figures_that_an_indicator_asks_for(tmp_path, row, x, says):
    path = tmp_path / "extract.csv"
    path.write_text(f"provider_id,period,indicator,x,y\n{row}\n", encoding="utf-8")
    content = {**DATA, "indicators": [{**each, "measured": "Cross check with Orchard"} for each in INDICATORS]}
    catalogue = parse_catalogue(content, replace(WORDS, case_system="Orchard"))
    extract = read_extract(path, Period(2026, 2), ProviderDirectory(None, {"P1": "Elm"}), {}, catalogue)
    assert [count.x for count in extract.counts.values()] == ([] if x is None else [x])
    assert says in "".join(finding.message for finding in extract.findings)
    assert bool(extract.findings) is bool(says)


@pytest.mark.parametrize(("compared", "needs_y"), [(("A 1", "N 1", "D 2"), False), (("A 1", "D 1"), True)])
def test_the_extract_needs_no_column_y_where_no_indicator_that_is_compared_has_a_y(tmp_path, compared, needs_y):
    path = tmp_path / "extract.csv"
    path.write_text("provider_id,period,indicator,x\nP1,2026-27 Q2,A 1,12.50\n", encoding="utf-8")
    content = {**DATA, "indicators": [
        {**each, "measured": "Cross check with Orchard" if each["code"] in compared else "Provider Return"}
        for each in INDICATORS
    ]}  # fmt: skip
    catalogue = parse_catalogue(content, replace(WORDS, case_system="Orchard"))
    asked = (path, Period(2026, 2), ProviderDirectory(None, {"P1": "Elm"}), {}, catalogue)
    if needs_y:
        with pytest.raises(LedgerError, match="y"):
            read_extract(*asked)
        return
    extract = read_extract(*asked)
    assert [(count.x, count.y) for count in extract.counts.values()] == [(Fraction(25, 2), 0)]
    assert extract.findings == ()


def test_one_provider_and_indicator_twice_is_told(tmp_path):
    rows = ["P001,2026-27 Q2,KPI S1,1,30", "p001,2026-27 Q2,kpi s1,2,30"]
    check = crossed(tmp_path, rows, {"KPI S1": (1, 30)})
    (message,) = messages(check, "EXTRACT_ROWS")
    assert message.startswith("extract.csv line 2: KPI S1 of P001 is on 2 lines, ")


def decided(tmp_path, *rows):
    path = tmp_path / "inbox S2 decisions.csv"
    path.write_text("\n".join(("provider_id,period,agreed_x,agreed_y,who,when,why", *rows)), encoding="utf-8")
    return checked(tmp_path, [GOOD] + [GOOD.replace("INV-1", f"I{n}") for n in range(9)], {1: (4, 20)}, decisions=path)


def test_a_decision_stands_beside_both_figures_and_settles_the_query(tmp_path):
    check = decided(
        tmp_path,
        "P001,2026-27 Q2,1,12,Ann Reed,01/11/2026,seen the invoices",
        "P001,2026-27 Q1,7,7,Ann Reed,01/08/2026,another period",
        "P001,2026-27 Q2,0,10,Ann Reed,02/11/2026,the ledger is right",
    )
    (line,) = check.lines
    assert (line.returned, line.ledger.submitted) == (CountPair(4, 20), 10)
    assert (line.agreed.x, line.agreed.y, line.agreed.on) == (0, 10, date(2026, 11, 2))
    assert codes(check) == []
    shown = dict(zip(HEADERS, plan_invoice_check(check.indicator.words, check).tables[0].rows[0], strict=True))
    assert [shown[name] for name in ("x return", "y return", "x ledger", "y ledger", "agreed x", "agreed y")] == [
        4,
        20,
        0,
        10,
        0,
        10,
    ]
    assert (shown["agreed by"], shown["why agreed"]) == ("Ann Reed", "the ledger is right")


def test_agreed_pounds_are_shown_as_pounds_like_those_of_both_sides():
    indicator, reading, x = every_outturn().indicators["A 1"], Reading.EFFECTIVE, Fraction(2501, 2)
    assessed = assess_indicator(indicator, x, None, reading=reading)
    agreed = AgreedFigures(x, None, "Ann Reed", date(2026, 11, 2), "seen the bills", assessed, None)
    pair = CountPair(x, None, has_y=False)
    line = CrossComparison("P001", "Elm", indicator, reading, pair, pair, CrossClass.AGREED, agreed)
    (row,) = plan_cross_check(CrossCheck(Extract("", 0, 0, 0, {}, ()), (line,))).tables[0].rows
    shown = dict(zip((column.header for column in CROSS_COLUMNS), row, strict=True))
    assert [look_of("whole", shown[name]) for name in ("x return", "x case system", "agreed x")] == [
        ("whole", "amount")
    ] * 3


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "P001,2026-27 Q2,1,12,,01/11/2026,why",
            "who (E2) is empty. A decision without a name and a reason is not applied.",
        ),
        ("P001,2026-27 Q2,1,12,Ann,,why", "when (F2) is empty"),
        ("P001,2026-27 Q2,1,12,Ann,01/11/2026,", "why (G2) is empty"),
        (
            "P001,2026-27 Q2,12,1,Ann,01/11/2026,why",
            "Row 2, value says x=12; y=1. x counts some of the y. Check both.",
        ),
        ("P777,2026-27 Q2,1,12,Ann,01/11/2026,why", "“P777” is not a known provider. Correct it."),
    ],
)
def test_a_decision_without_name_date_or_reason_is_none(tmp_path, row, says):
    check = decided(tmp_path, row)
    assert check.lines[0].agreed is None
    assert any(says in each.finding.message for each in check.findings)
    assert "S2_DIFFERS" in codes(check)
