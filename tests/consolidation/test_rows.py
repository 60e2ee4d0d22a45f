"""The rows of a master, who is missing, and the heat map, against values worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import groupby
from types import SimpleNamespace

import pytest

from tests.consolidation.return_builders import (
    CATALOGUE,
    DUE,
    Q2,
    ReturnBuilder,
    build_return,
    findings_of,
    manifest,
    provider,
    together,
)
from xlkpi.catalogue.load import load_terms
from xlkpi.consolidation.county_totals import pooled_outturns, rag_by_section, size_words
from xlkpi.consolidation.heat_map import heat_map
from xlkpi.consolidation.mixed_readings import two_results
from xlkpi.consolidation.rows import days_late
from xlkpi.core.period import Period, is_due
from xlkpi.core.vocabulary import Rag, Reading, State
from xlkpi.findings import Code, Severity
from xlkpi.sheets.master.missing import plan_missing

WILLOW = manifest(1, "Willow")
OAST = manifest(2, "oast", sections=("all", "employment"))


def due_now(section):
    """The codes of a section that are due in Q2, in the Schedule's order."""
    return [indicator.code for indicator in CATALOGUE.of_section(section) if is_due(indicator, Q2)]


def test_a_row_holds_what_the_interfaces_say_of_it():
    row, *_ = together({"in/w.xlsx": build_return(WILLOW, {"KPI S1": (6, 40, "Two vacancies.")})}).rows
    assert row.sha256
    assert vars(row) | {"sha256": ""} == {
        "period": Q2,
        "provider_id": "P001",
        "provider": "Willow",
        "section": "All lots",
        "indicator": "KPI S1",
        "x": 6,
        "y": 40,
        "outturn": Fraction(3, 20),
        "state": State.AMBER,
        "rag": Rag.AMBER,
        "rag_as_written": Rag.AMBER,
        "reading": Reading.EFFECTIVE,
        "target": "<10%",
        "gap": -3,
        "comment": "Two vacancies.",
        "file": "in/w.xlsx",
        "sha256": "",
        "sheet": "All lots",
        "x_cell": "F6",
        "y_cell": "G6",
        "template": "2026-27.2/1",
        "agreed": None,
        "stretch": "",
    }


def test_rows_stand_by_provider_without_regard_to_capitals_and_in_the_schedules_order():
    result = together({"1": build_return(WILLOW, {}), "2": build_return(OAST, {})})
    shared, wanted = due_now("all"), [*due_now("all"), *due_now("employment")]
    assert {"KPI S1", "KPI E3"} < set(wanted)
    assert [row.indicator for row in result.rows] == [*wanted, *shared]
    assert [row.provider for row in result.rows] == ["oast"] * len(wanted) + ["Willow"] * len(shared)
    assert {row.state for row in result.rows} == {State.NOT_ENTERED}


def test_an_entry_that_may_stay_empty_has_a_row_only_where_it_is_filled():
    codes = ("INFO T1", "INFO T2", "KPI T1")  # had no frequency in the first version
    first = ReturnBuilder(load_terms().version("2026-27.1"))
    wheels = manifest(3, "Wheels", sections=("all", "transport"), as_written=codes)
    rows = first.together({"1": first.build_return(wheels, {"INFO T2": (3, 9)})}).rows
    assert [row.indicator for row in rows] == [*due_now("all"), "INFO T2"]


def test_figures_of_an_entry_that_is_not_due_are_not_used():
    rows = together({"1": build_return(WILLOW, {"KPI S5": (4, 5)})}).rows
    assert "KPI S5" not in {row.indicator for row in rows}


def test_a_late_return_is_told_by_its_own_dates():
    late = build_return(WILLOW, {}, declared=date(2026, 11, 5))
    result = together(
        {"1": late, "2": build_return(OAST, {}, declared=DUE), "3": build_return(manifest(3, "C", send_by=None), {})}
    )
    (finding,) = findings_of(result, Code.LATE)
    assert finding.finding.message == (
        "The return of Willow was declared (as typed) on 5 November 2026, 8 days after 28 October 2026."
    )
    assert {row.file: row.days_late for row in result.files} == {"1": 8, "2": 0, "3": None}
    assert result.late == 1


def test_missing_are_those_who_must_report_and_of_whom_no_return_is_used():
    register = [provider(1, "Willow"), provider(3, "Zoe"), provider(2, "oast", ["3"]), provider(4, "amber", ["1a"])]
    old = build_return(manifest(4, "amber", period=Period(2025, 4)), {})
    result = together({"1": build_return(WILLOW, {}), "old": old}, register=register, period=Q2)
    assert [missing_provider.provider.name for missing_provider in result.missing] == ["amber", "oast", "Zoe"]
    assert {missing_provider.due_by for missing_provider in result.missing} == {DUE}
    assert (result.expected, result.returned) == (4, 1)
    assert [absent.provider.provider_id for absent in result.missing] == ["P004", "P002", "P003"]


def test_in_the_first_quarter_only_employment_support_and_transport_must_report():
    register = [provider(1, "Willow", ["1a", "2b", "4"], transport=True), provider(2, "Oast", ["3"])]
    result = together({}, register=register, period=Period(2026, 1))
    assert [missing_provider.provider.name for missing_provider in result.missing] == ["Oast", "Willow"]
    heat = heat_map(result, CATALOGUE)
    assert [indicator.code for indicator in heat.indicators] == ["KPI E3", "KPI T1"]
    words = [(line.provider, [cell.word for cell in line.cells]) for line in heat.lines]
    assert words == [("Oast", ["Missing", ""]), ("Willow", ["", "Missing"])]


def test_a_contract_that_has_not_begun_or_has_ended_is_not_missing():
    days = {"next": {"contract_start": date(2027, 4, 1)}, "ended": {"contract_end": date(2026, 6, 30)}}
    extended = {"contract_end": date(2026, 6, 30), "extended_to": date(2026, 7, 31)}
    register = [provider(1, "next", **days["next"]), provider(2, "ended", **days["ended"])]
    register += [provider(3, "extended", **extended)]
    result = together({}, register=register, period=Q2)
    assert [absent.provider.name for absent in result.missing] == ["extended"]
    (row,) = plan_missing(result, "Kent County Council").tables[0].rows
    assert row[-1] == "until 31 July 2026"


CONTRACTS = [
    ({"contract_start": date(2026, 9, 14)}, Code.CONTRACT_PART, "runs from 14 September 2026, so"),
    ({"contract_start": date(2026, 10, 1)}, Code.CONTRACT_NOT_RUNNING, "starts on 1 October 2026 by the register"),
    ({"contract_end": date(2026, 6, 30)}, Code.CONTRACT_NOT_RUNNING, "ended on 30 June 2026 by the register"),
]


@pytest.mark.parametrize(("days", "code", "words"), CONTRACTS)
def test_a_return_of_a_period_that_the_contract_does_not_run_in_wholly_is_used_and_said(days, code, words):
    result = together({"1": build_return(WILLOW, {})}, register=[provider(1, "Willow", **days)], period=Q2)
    (finding,) = findings_of(result, code)
    assert words in finding.finding.message
    assert (result.used, result.missing) == (1, ())


def test_without_a_register_nobody_is_expected():
    result = together({"1": build_return(WILLOW, {})})
    assert (result.expected, result.missing, result.returned) == (None, (), 1)


def test_the_heat_map_says_a_word_for_every_provider_and_indicator():
    figures = {"KPI S1": (0, 10), "KPI S2": (1, 10), "KPI S3": (3, None), "INFO E1": (1, 4), "KPI E3": (0, 0)}
    register = [provider(1, "Willow", ["4"]), provider(2, "Oast", ["3"]), provider(3, "Away", ["3"])]
    files = {"1": build_return(WILLOW, {"KPI S1": (9, 3)}), "2": build_return(OAST, figures)}
    result = together(files, register=register)
    heat = heat_map(result, CATALOGUE)
    codes = [indicator.code for indicator in heat.indicators]
    words = {line.provider: dict(zip(codes, line.cells, strict=True)) for line in heat.lines}
    assert list(words) == ["Away", "Oast", "Willow"]
    oast = {code: cell.word for code, cell in words["Oast"].items() if cell.word}
    assert oast == dict.fromkeys([*due_now("all"), *due_now("employment")], "Not entered") | {
        "KPI S1": "Green", "KPI S2": "Amber", "KPI S3": "Incomplete", "INFO E1": "Info", "KPI E3": "No cases",
    }  # fmt: skip
    assert {cell.word for code, cell in words["Away"].items() if code.split()[1][0] in "SE"} == {"Missing"}
    assert {cell.word for code, cell in words["Away"].items() if code.split()[1][0] not in "SE"} == {""}
    assert words["Willow"]["KPI S1"].word == "Check"
    assert words["Willow"]["KPI A1"].word == "Not asked"
    assert words["Willow"]["KPI E3"].word == ""
    for name, cells in words.items():
        for code, cell in cells.items():
            if cell.row is not None:
                assert (result.rows[cell.row].provider, result.rows[cell.row].indicator) == (name, code)


def test_the_county_is_pooled_from_counts_never_from_percentages():
    files = {
        "1": build_return(WILLOW, {"KPI S3": (1, 1), "KPI S1": (5, 40)}),
        "2": build_return(manifest(2, "B"), {"KPI S3": (94, 99), "KPI S1": (30, 3)}),  # x over y: to check
        "3": build_return(manifest(3, "C"), {"KPI S3": (0, 0)}),
        "4": build_return(manifest(4, "D"), {"KPI S3": (7, None)}),
    }
    rows = together(files).rows
    s3, s1, s2 = pooled_outturns(rows, [CATALOGUE.indicators[code] for code in ("KPI S3", "KPI S1", "KPI S2")])
    assert (s3.x, s3.y, s3.providers) == (95, 100, 3)
    assert (s3.assessed.outturn, s3.assessed.rag) == (Fraction(95, 100), Rag.AMBER)
    assert (s1.x, s1.y, s1.assessed.rag, s1.providers) == (5, 40, Rag.AMBER, 1)
    assert (s2.assessed.state, s2.providers) == (State.NOT_ENTERED, 0)


@pytest.mark.parametrize(("y", "expected_text"), [(None, ""), (0, ""), (1, "small"), (29, "small"), (30, "")])
def test_a_small_y_is_marked(y, expected_text):
    assert size_words(y, uneven=False) == expected_text
    assert size_words(y, uneven=True) == ", ".join(filter(None, (expected_text, "uneven")))


def test_rag_is_counted_by_section_and_info_is_not():
    files = {"1": build_return(OAST, {"KPI S1": (0, 9), "KPI E3": (1, 9), "INFO E1": (1, 9), "KPI E1": (0, 0)})}
    section_counts = rag_by_section(together(files).rows, CATALOGUE)
    counts = {
        section_count.title: (section_count.green, section_count.amber, section_count.red, section_count.unrated)
        for section_count in section_counts
    }
    others = [sum(code.startswith("KPI") for code in due_now(key)) - 1 for key in ("all", "employment")]
    assert counts == {"All lots": (1, 0, 0, others[0]), "Lot 3 Employment": (0, 0, 1, others[1])}


def test_mixed_readings_are_rated_each_under_its_own_and_said_so():
    figures = {"KPI S2": (0, 20)}
    files = {"1": build_return(WILLOW, figures), "2": build_return(manifest(2, "B", as_written=["KPI S2"]), figures)}
    result = together(files)
    assert result.mixed == ("KPI S2",)
    assert [(row.provider, row.rag) for row in result.rows if row.y == 20] == [("B", Rag.RED), ("Willow", Rag.GREEN)]
    (finding,) = findings_of(result, Code.MIXED_READINGS)
    assert (finding.file, finding.finding.indicator, finding.finding.severity) == ("", "KPI S2", Severity.QUERY)
    assert "1 effective, 1 as written" in finding.finding.message
    assert result.readings["KPI S2"] is Reading.EFFECTIVE


def test_a_folder_made_wholly_as_written_does_not_mix():
    result = together({"1": build_return(manifest(2, "B", as_written=["KPI S2"]), {"KPI S2": (0, 20)})})
    assert result.mixed == ()
    assert result.readings["KPI S2"] is Reading.AS_WRITTEN
    assert result.readings["KPI I4"] is Reading.EFFECTIVE


def test_entries_that_the_readings_rate_differently_are_listed_with_both():
    files = {
        "1": build_return(WILLOW, {"KPI S1": (1, 2), "KPI S2": (1, 40)}),
        "2": build_return(OAST, {"KPI S2": (1, 2)}),
    }
    (two_results_row,) = two_results(together(files).rows, CATALOGUE)
    assert (two_results_row.row.provider, two_results_row.row.indicator) == ("Willow", "KPI S2")
    assert (two_results_row.as_written.outturn, two_results_row.as_written.rag) == (Fraction(1, 40), Rag.RED)
    assert (two_results_row.effective.outturn, two_results_row.effective.rag) == (Fraction(39, 40), Rag.GREEN)


def test_findings_stand_by_provider_the_gravest_first():
    from tests.consolidation.county_sample import county

    files, register = county()
    findings = together(files, register=register).findings
    groups = [
        (who, [provider_finding.finding.severity for provider_finding in findings_of_provider])
        for who, findings_of_provider in groupby(findings, lambda provider_finding: provider_finding.provider)
    ]
    named = [who for who, _ in groups if who]
    assert len(named) == len(set(named))
    order = [Severity.MUST_FIX, Severity.QUERY, Severity.NOTE]
    for _, weights in groups:
        assert weights == sorted(weights, key=order.index)
    assert [order.index(weights[0]) for _, weights in groups] == sorted(order.index(w[0]) for _, w in groups)
    must = [
        (finding.provider, finding.finding.indicator)
        for finding in findings
        if finding.finding.severity is Severity.MUST_FIX
    ]
    assert must == [("Marsh Lamb Co-operative", "KPI S1"), ("Marsh Lamb Co-operative", "KPI S3"), ("", None)]


def test_a_return_is_late_by_the_day_it_was_received_where_that_is_known():
    checked = SimpleNamespace(declared_on=date(2026, 10, 20))
    manifest = SimpleNamespace(send_by=date(2026, 10, 28))

    def late(received_at=None, due=manifest, what=checked):
        return days_late(SimpleNamespace(checked=what, manifest=due, received_at=received_at))

    assert late() == 0, "as it was typed"
    assert late(datetime(2026, 11, 2, 9, tzinfo=UTC)) == 5
    assert late(datetime(2026, 10, 28, 23, tzinfo=UTC)) == 0
    assert late(due=None) is None
    assert late(what=SimpleNamespace(declared_on=None)) is None
