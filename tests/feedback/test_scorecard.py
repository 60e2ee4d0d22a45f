"""What stands on a scorecard: own figures, what was before, and a county in which nobody can be found out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.consolidation.return_builders import CATALOGUE
from tests.every_outturn import every_outturn
from tests.feedback.feedback_sample import EARLIER, HALF, LAST, NAMES, cards, county, everything, first_card, line
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag, State
from xlkpi.feedback.next_steps import describe_chances, list_steps
from xlkpi.feedback.provider_facts import gather_from_consolidation
from xlkpi.feedback.scorecard import build_scorecards
from xlkpi.feedback.scorecard_lines import describe_gap
from xlkpi.feedback.short_names import LONGEST, shorten_description
from xlkpi.findings import Code, finding
from xlkpi.findings.for_the_provider import FOR_THE_PROVIDER

TWO_OLD = EARLIER[0]


def test_a_scorecard_has_every_indicator_of_the_return_in_the_order_of_the_schedule():
    card = first_card([everything(19, 20)] * 4)
    assert [card_line.indicator.code for card_line in card.lines] == list(CATALOGUE.indicators)
    assert sum(map(card.count, Rag)) + card.unrated == len(CATALOGUE.indicators)
    assert line(card, "KPI S3").state is State.AMBER, "exactly 95% is amber"
    assert (line(card, "KPI S3").target, line(card, "INFO W1").target) == (">95%", "")


def test_the_county_is_all_x_over_all_y_and_no_mean_of_percentages():
    card = first_card([everything(x, y) for x, y in ((1, 1), (0, 9), (5, 10), (0, 80))])
    assert line(card, "KPI S3").county == Fraction(6, 100)
    assert line(card, "KPI S2").county == Fraction(94, 100), "the outturn of KPI S2 is (y − x)/y"


@pytest.mark.parametrize(
    ("others", "shown"),
    [
        ([(5, 10), (5, 10)], True),
        ([(5, 10), (None, None)], False),
        ([(5, 10), (0, 0)], False),
        ([(5, 10), (12, 10)], False),
        ([(5, 10), (3, None)], False),
    ],
)
def test_with_fewer_than_three_providers_the_county_is_not_shown(others, shown):
    figures = [everything(4, 8), *({**everything(5, 10), "KPI S4b": pair} for pair in others)]
    card = first_card(figures, names=NAMES[:3])
    assert (line(card, "KPI S4b").county is not None) is shown
    assert line(card, "KPI S5").county is not None


def test_nothing_of_the_others_but_their_sums_is_in_a_scorecard():
    """One case moved from one provider to another, other names, other findings: the first one's card is the same."""
    county_result = county([everything(19, 20), everything(30, 40), everything(5, 9), everything(7, 7)])
    other = county(
        [everything(19, 20), everything(29, 41), everything(6, 8), everything(7, 7)],
        names=(NAMES[0], "Wholly", "Different", "People"),
    )
    other = replace(other, findings=tuple(replace(codes_shown, provider="x") for codes_shown in other.findings))
    assert cards(county_result)["P001"] == cards(other)["P001"]
    assert cards(county_result)["P002"] != cards(other)["P002"]


def test_last_time_is_the_due_period_before_and_the_trend_goes_further_back():
    earlier = {TWO_OLD: everything(10, 20), LAST: everything(18, 20), HALF: {"KPI S3": (0, 0)}}
    card = first_card([everything(19, 20)] * 3, names=NAMES[:3], earlier=earlier)
    assert line(card, "KPI S5").last.period == LAST
    assert [point.outturn for point in line(card, "KPI S5").history] == [Fraction(1, 2), Fraction(9, 10)]
    assert line(card, "KPI S3").last is None, "no cases is nothing to compare with, the year before is not last time"
    assert line(card, "KPI S3").direction == ""
    assert [point.period for point in line(card, "KPI S3").history] == [TWO_OLD, LAST]


BEFORE_Q4 = {"annual": LAST, "six-monthly": HALF, "quarterly": Period(2026, 3)}


@pytest.mark.parametrize(
    ("code", "now", "last", "expected_text"),
    [
        ("KPI S3", (18, 20), (16, 20), "↑ better"),
        ("KPI S3", (16, 20), (18, 20), "↓ worse"),
        ("KPI S1", (18, 20), (16, 20), "↑ worse"),
        ("KPI S1", (16, 20), (18, 20), "↓ better"),
        ("KPI S2", (16, 20), (18, 20), "↑ better"),
        ("KPI I4", (16, 20), (18, 20), "↓ better"),
        ("KPI S4c", (16, 20), (18, 20), "↓ worse"),
        ("KPI E3", (16, 20), (18, 20), "↓ worse"),
        ("INFO W1", (16, 20), (18, 20), "↓ down"),
        ("INFO W1", (18, 20), (16, 20), "↑ up"),
        ("KPI S3", (1, 3), (2, 6), "= same"),
        ("KPI S3", (0, 0), (1, 3), ""),
        ("KPI S3", (1, 3), (0, 0), ""),
    ],
)
def test_better_is_what_the_bands_say(code, now, last, expected_text):
    period = BEFORE_Q4[CATALOGUE.indicators[code].effective.frequency.value]
    card = first_card([{code: now}] * 3, names=NAMES[:3], earlier={period: {code: last}})
    assert line(card, code).direction == expected_text


def test_what_was_returned_under_another_reading_is_compared_under_todays():
    figures = {**everything(19, 20), "KPI S2": (1, 20)}
    card = first_card([figures] * 3, names=NAMES[:3], earlier={HALF: figures}, as_written=("KPI S2",))
    assert line(card, "KPI S2").outturn == line(card, "KPI S2").last.outturn == Fraction(1, 20)
    assert line(card, "KPI S2").direction == "= same"


SHARE = every_outturn().find("S 1").effective


def test_the_way_to_green_is_told_in_words():
    assert [describe_gap(gap, SHARE) for gap in (None, 0, 3, -2, 1200)] == [
        "",
        "Target met",
        "3 more",
        "2 fewer",
        "1,200 more",
    ]
    assert describe_gap(-123_456, SHARE) == "> 9,999 fewer"
    amount, days = every_outturn().find("A 1").effective, every_outturn().find("D 1").effective
    assert describe_gap(Fraction(-25, 2), amount) == "£12.50 less"
    assert [describe_gap(gap, days) for gap in (1, -30)] == ["1 day more", "30 days less"]
    card = first_card([everything(17, 20)] * 3, names=NAMES[:3])
    assert line(card, "KPI S3").gap == "3 more", "20 of 20 are above 95%"
    assert line(card, "KPI S1").gap == "16 fewer", "1 of 20 is below 10%"
    assert line(card, "INFO W1").gap == ""


def test_beside_each_red_and_amber_it_says_what_chance_can_do():
    card = first_card([everything(17, 20)] * 3, names=NAMES[:3])
    text = "One case moves the outturn by 5 points; a provider at target does no better one time in 15."
    assert (line(card, "KPI S3").chance, line(card, "INFO W1").chance) == (text, "")
    words = describe_chances(card)
    assert words.startswith("Signal or chance. KPI S1: ")
    assert words.count("One case moves") == 5
    assert words.endswith("more, see your workbook.")
    few = replace(card, lines=tuple(each for each in card.lines if each.indicator.code in ("KPI S3", "INFO W1")))
    assert describe_chances(few) == f"Signal or chance. KPI S3: {text}"
    assert describe_chances(replace(card, lines=())) == ""


def test_only_what_the_provider_can_act_on_is_passed_on():
    findings = (
        finding(Code.COUNT_EMPTY, {"code": "KPI S3", "which": "y", "counted": "complaints"}, indicator="KPI S3"),
        finding(Code.LARGE, {"code": "KPI S2", "y": "120000", "comment_at": "L7"}, indicator="KPI S2"),
        finding(Code.SHEET_RENAMED, {"planned": "All lots", "sheet": "Other"}),
        finding(Code.SECTION_NOT_ASKED, {"provider": NAMES[0], "sections": "Lot 4"}),
        finding(Code.PROVIDER_CHANGED, {"found": f"{NAMES[1]} (P002)", "provider": NAMES[0]}),
    )
    card = first_card([everything(19, 20)] * 3, names=NAMES[:3], findings=findings)
    assert sorted(card_line.code for card_line in card.must_fix) == ["COUNT_EMPTY", "PROVIDER_CHANGED"]
    assert [query.code for query in card.queries] == ["LARGE"]
    assert all(NAMES[1] not in card_line.message for card_line in card.must_fix), (
        "the name typed there may be another provider's"
    )


def test_a_query_about_a_plan_is_not_answered_by_correcting_a_figure():
    progress = finding(Code.PLAN_NO_PROGRESS, {"code": "KPI S3", "period": "2025-26 Q4", "at": "H9"},
                       indicator="KPI S3", sheet="Action plan", cell="H9")  # fmt: skip
    large = finding(Code.LARGE, {"code": "KPI S2", "y": "120000", "comment_at": "L7"}, indicator="KPI S2")
    question = finding(Code.QUESTION_OPEN, {"at": "F6"}, sheet="Questions", cell="F6")
    by_findings = {
        findings: " ".join(list_steps(first_card([everything(40, 40)] * 3, names=NAMES[:3], findings=findings)))
        for findings in ((progress,), (progress, large), (question,))
    }
    alone, both, asked = by_findings.values()
    assert "Answer what is still open on the sheet Questions by" in asked
    assert "figure" not in asked
    assert "Complete your action plan on the sheet Action plan, as the query says, by" in alone
    assert "correct the figure" not in alone
    assert "Check the query: correct the figure, or explain" in both


def test_findings_that_are_passed_on_exist_and_speak_of_one_return():
    assert {code.name for code in Code} >= FOR_THE_PROVIDER
    of_the_folder = {"UNKNOWN_PROVIDER", "SECTION_NOT_ASKED", "MIXED_READINGS", "SUPERSEDED", "SAME_FILE"}
    assert not of_the_folder & FOR_THE_PROVIDER


def test_every_indicator_has_a_few_words_of_its_own():
    assert set(dict(CATALOGUE.words.short_names)) <= set(CATALOGUE.indicators), (
        "a short name of an indicator that the catalogue lacks"
    )
    assert max(len(shorten_description(indicator)) for indicator in CATALOGUE.indicators.values()) <= LONGEST
    new = replace(CATALOGUE.indicators["KPI S1"], code="KPI Z1")
    assert shorten_description(new) == "% of packages refused by…"


def test_without_a_period_there_is_nothing_to_tell():
    empty = replace(county([everything(1, 2)] * 4), period=None)
    assert build_scorecards(gather_from_consolidation(empty), CATALOGUE, None) == ()
