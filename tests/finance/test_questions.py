"""What a provider is asked where its figures and the Council's differ: both counts and the invoices, until agreed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest

from tests.every_outturn import every_outturn
from xlkpi import load_catalogue
from xlkpi.core.period import Period
from xlkpi.core.records import AgreedFigures
from xlkpi.core.vocabulary import Reading
from xlkpi.finance import questions_about_differences
from xlkpi.finance.agreement import Agreement, CountPair
from xlkpi.finance.check_findings import list_cross_findings
from xlkpi.finance.cross_check import CrossCheck, CrossClass, CrossComparison
from xlkpi.finance.extract import Extract
from xlkpi.finance.questions_about_differences import ask_about_counts, ask_about_invoices
from xlkpi.findings import shorten
from xlkpi.layout.carried_forward import fit_questions

Q2 = Period(2026, 2)
AGREED = object.__new__(AgreedFigures)


def compared(code, agreement, agreed=None):
    return CrossComparison(
        "P1",
        "Elm",
        load_catalogue().find(code),
        Reading.EFFECTIVE,
        CountPair(1, 40),
        CountPair(3, 40),
        agreement,
        agreed,
    )


def test_both_counts_are_named_and_nothing_is_asked_about_what_agrees_or_was_agreed():
    lines = (
        compared("KPI S1", CrossClass.DIFFERENT_X),
        compared("KPI E2", CrossClass.SMALL),
        compared("INFO W1", CrossClass.DIFFERENT, AGREED),
    )
    ((provider_id, question),) = ask_about_counts(Q2, CrossCheck(None, lines))
    assert (provider_id, question.indicator, question.period) == ("P1", "KPI S1", "2026-27 Q2")
    assert question.question_id == "2026-27 Q2 KPI S1 figures"
    assert question.text == (
        "You returned x = 1 and y = 40. The Council's case system has x = 3 and y = 40."
        " Which is right, and why do they differ?"
    )


@pytest.mark.parametrize(
    ("code", "returned", "counted", "figures", "shown"),
    [
        ("N 1", 5, 4, "You returned x = 5. The Council's case system has x = 4.", "N 1 is 5; the case system has 4."),
        ("A 1", Fraction(24691, 20), 9, "You returned x = £1,234.55. The Council's case system has x = £9.00.",
         "A 1 is £1,234.55; the case system has £9.00."),
    ],
)  # fmt: skip
def test_figures_without_y_are_named_in_their_unit(code, returned, counted, figures, shown):
    pairs = (CountPair(figure, None, has_y=False) for figure in (returned, counted))
    indicator = every_outturn().find(code)
    line = CrossComparison("P1", "Elm", indicator, Reading.EFFECTIVE, *pairs, CrossClass.DIFFERENT_X)
    cross = CrossCheck(Extract("extract.csv", 1, 0, 0, {}, ()), (line,))
    ((_, question),) = ask_about_counts(Q2, cross)
    assert question.text == f"{figures} Which is right, and why do they differ?"
    (found,) = list_cross_findings(cross)
    assert found.finding.message == f"Elm: {shown} Find out which is right."


def s2(provider_id, agreement, agreed=None):
    return SimpleNamespace(
        provider_id=provider_id,
        agreement=agreement,
        agreed=agreed,
        returned=CountPair(1, 40),
        ledger=SimpleNamespace(disputed=3, submitted=40),
    )


def asked(monkeypatch, lines, invoices):
    results = [
        SimpleNamespace(comparison=line, explains=explains, row=SimpleNamespace(invoice_no=number))
        for line, number, explains in invoices
    ]
    monkeypatch.setattr(questions_about_differences, "list_difference_invoices", lambda _check: results)
    return list(ask_about_invoices(SimpleNamespace(lines=lines, period=Q2, indicator=load_catalogue().find("KPI S2"))))


def test_the_invoices_that_may_explain_the_difference_are_named_once_each(monkeypatch):
    line, other = s2("P1", Agreement.UNDERSTATES), s2("P2", Agreement.AGREED)
    invoices = [(line, "4471", "yes"), (line, "4471", "yes"), (line, "4475", "possible"), (line, "9", "no")]
    ((_, question),) = asked(monkeypatch, [line, other], invoices)
    assert question.about == "Invoices 4471, 4475"
    assert question.text == (
        "You returned x = 1 and y = 40. The Council's ledger has x = 3 and y = 40. Which is right? Of each of these"
        " invoices, say whether it was submitted in time and whether it is disputed: 4471, 4475."
    )


@pytest.mark.parametrize("number", ["{}", "INV-2026-ORCHARD-{:06}", "{:0190}"])
def test_every_invoice_is_asked_about_in_as_many_questions_as_it_takes(monkeypatch, number):
    line = s2("P1", Agreement.COUNT)
    numbers = [number.format(count) for count in range(30)]
    many = [question for _, question in asked(monkeypatch, [line], [(line, each, "possible") for each in numbers])]
    lists = [question.text.rsplit("disputed: ")[1].removesuffix(".").split(", ") for question in many]
    assert [each for listed in lists for each in listed] == numbers
    assert max(map(len, lists)) <= 12
    assert fit_questions(tuple(many)) == tuple(replace(each, about=shorten(each.about)) for each in many)
    assert [question.question_id for question in many[:2]] == [
        "2026-27 Q2 KPI S2 figures",
        f"2026-27 Q2 KPI S2 figures from {lists[1][0]}",
    ]
    assert sum("You returned" in question.text for question in many) == 1


def test_without_any_invoice_the_counts_alone_are_named(monkeypatch):
    line = s2("P1", Agreement.COUNT)
    ((_, none),) = asked(monkeypatch, [line], [])
    assert (none.about, none.text[-15:]) == ("Both sides' counts", "Which is right?")
    assert asked(monkeypatch, [s2("P1", Agreement.COUNT, AGREED)], []) == []
