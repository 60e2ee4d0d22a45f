"""KPI S2 by return and by ledger: what counts, the classes, the reasons, RAG by both sides and both readings."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.finance.ledger_builders import checked, codes, messages, registered
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag, Reading
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.agreement import Agreement, CountPair, classify_agreement

H1 = ("01/04/2026", "30/09/2026")


def row(number, *, received="10/06/2026", dated="", due="", amount="", disputed="", resolved="", paid="", who="P001"):
    return f"{who},INV-{number},{dated},{due},{received},{amount},{disputed},,{resolved},{paid}"


def line(tmp_path, rows, figures=(0, 0), **more):
    """The line of the only provider."""
    (comparison,) = checked(tmp_path, rows, {1: figures}, **more).lines
    return comparison


def counts(tmp_path, *rows):
    mine = line(tmp_path, list(rows)).ledger
    return mine.submitted, mine.disputed, mine.late, mine.late_or_disputed


@pytest.mark.parametrize(
    ("received", "counted"), [("31/03/2026", 0), ("01/04/2026", 1), ("30/09/2026", 1), ("01/10/2026", 0)]
)
def test_an_invoice_belongs_to_the_half_year_in_which_it_was_received(tmp_path, received, counted):
    assert counts(tmp_path, row(1, received=received, dated="01/03/2026"))[0] == counted


@pytest.mark.parametrize(
    ("disputed", "paid", "counted"),
    [
        ("", "20/06/2026", 0),
        ("12/06/2026", "", 1),
        ("12/06/2026", "20/06/2026", 1),
        ("20/06/2026", "20/06/2026", 1),
        ("21/06/2026", "20/06/2026", 0),
        ("05/11/2026", "", 1),
    ],
)
def test_disputed_means_before_payment_or_on_its_day(tmp_path, disputed, paid, counted):
    assert counts(tmp_path, row(1, disputed=disputed, paid=paid))[1] == counted


@pytest.mark.parametrize(("due", "late"), [("09/06/2026", 1), ("10/06/2026", 0), ("11/06/2026", 0), ("", 0)])
def test_late_means_received_after_the_due_date(tmp_path, due, late):
    assert counts(tmp_path, row(1, due=due))[2] == late


def test_an_invoice_both_late_and_disputed_counts_once(tmp_path):
    rows = (
        row(1, due="01/06/2026", disputed="12/06/2026"),
        row(2, due="01/06/2026"),
        row(3, disputed="12/06/2026"),
        row(4),
    )
    assert counts(tmp_path, *rows) == (4, 2, 2, 3)
    mine = line(tmp_path, list(rows))
    assert (mine.undisputed, mine.on_time_and_undisputed) == (Fraction(1, 2), Fraction(1, 4))


def test_credit_notes_and_invoices_sent_again_are_not_counted(tmp_path):
    rows = (row(1), row(2, amount="-5"), row(1, received="20/06/2026"), row(1))
    assert counts(tmp_path, *rows)[0] == 1


def test_invoices_without_a_due_date_are_told(tmp_path):
    check = checked(tmp_path, [row(1), row(2)], {1: (0, 2)})
    assert messages(check, "LEDGER_NO_DUE") == [
        "Provider 1: invoices without due_date (2) are counted as on time. Enter the dates."
    ]


@pytest.mark.parametrize(
    ("returned", "x", "y", "expected"),
    [
        ((None, None), 1, 9, "No return"),
        ((1, None), 1, 9, "No return"),
        ((None, None), 0, 0, "No return"),
        ((0, 0), 0, 0, "Agreed"),
        ((1, 9), 1, 9, "Agreed"),
        ((0, 5), 0, 0, "No ledger rows"),
        ((2, 9), 1, 9, "Small difference"),
        ((0, 10), 1, 9, "Small difference"),
        ((0, 9), 2, 9, "Return understates disputes"),
        ((0, 19), 2, 9, "Return understates disputes"),
        ((4, 9), 2, 9, "Return overstates"),
        ((1, 11), 1, 9, "Different invoice count"),
        ((2, 19), 1, 9, "Different invoice count"),
    ],
)
def test_the_classes(returned, x, y, expected):
    assert classify_agreement(CountPair(*returned), x, y, tolerance=1, same_rag=True).value == expected


@pytest.mark.parametrize(
    ("returned", "expected"),
    [((1, 20), "Return understates disputes"), ((3, 20), "Return overstates"), ((2, 21), "Different invoice count")],
)
def test_a_difference_that_changes_the_rag_is_never_small(returned, expected):
    assert classify_agreement(CountPair(*returned), 2, 20, tolerance=1, same_rag=False).value == expected


def test_the_tolerance_is_a_setting(tmp_path):
    rows = [row(n, paid="20/06/2026") for n in range(100)]
    agreements = [
        line(tmp_path, rows, (3, 100), settings=FinanceSettings(tolerance=tolerance)).agreement for tolerance in (2, 3)
    ]
    assert agreements == [Agreement.OVERSTATES, Agreement.SMALL]


ORDINARY = [row(n, due="11/06/2026", paid="20/06/2026") for n in range(10)]


@pytest.mark.parametrize(
    ("planted", "returned", "agreement", "reasons"),
    [
        (
            [row(90, received="04/10/2026", dated="29/09/2026")] * 1,
            (0, 11),
            "Small difference",
            ["timing at the period's edge"],
        ),
        (
            [row(90, received="02/04/2026", dated="30/03/2026"), row(91, received="02/04/2026", dated="30/03/2026")],
            (0, 10),
            "Different invoice count",
            ["timing at the period's edge"],
        ),
        ([row(90, amount="-3"), row(91, amount="(3)")], (0, 12), "Different invoice count", ["credit note"]),
        ([ORDINARY[0], ORDINARY[1]], (0, 12), "Different invoice count", ["duplicate"]),
        (
            [row(0, received="11/07/2026"), row(1, received="11/07/2026")],
            (0, 12),
            "Different invoice count",
            ["resubmitted invoice"],
        ),
        (
            [row(90, paid="12/06/2026", disputed="20/06/2026"), row(91, paid="12/06/2026", disputed="20/06/2026")],
            (2, 12),
            "Return overstates",
            ["disputed after payment"],
        ),
        ([row(90, disputed="20/06/2026"), row(91, disputed="20/06/2026")], (0, 12), "Return understates disputes", []),
        ([row(90, amount="-3"), ORDINARY[0]], (0, 12), "Different invoice count", ["credit note", "duplicate"]),
        ([row(90, amount="-3"), ORDINARY[0]], (0, 11), "Small difference", ["credit note", "duplicate"]),
        ([row(90, amount="-3")], (0, 14), "Different invoice count", []),
        ([row(90, amount="-3")], (0, 10), "Agreed", []),
    ],
)
def test_reasons_are_named_where_they_make_the_difference_exactly(tmp_path, planted, returned, agreement, reasons):
    mine = line(tmp_path, [*ORDINARY, *planted], returned)
    assert mine.agreement.value == agreement
    assert [reason.value for reason in mine.explanation.reasons] == reasons


def test_both_sides_are_rated_under_both_readings(tmp_path):
    rows = [row(n, disputed="12/06/2026" if n < 2 else "", due="01/06/2026" if n == 9 else "") for n in range(20)]
    mine = line(tmp_path, rows, (0, 20))
    assert mine.by_return().rag is Rag.GREEN
    assert mine.by_return(Reading.AS_WRITTEN).rag is Rag.RED
    assert mine.by_ledger().rag is Rag.AMBER  # 18 of 20: 90%
    assert mine.by_ledger(Reading.AS_WRITTEN).rag is Rag.RED
    assert mine.in_own_words().rag is Rag.AMBER  # 17 of 20: exactly 85%


def test_the_return_stays_as_it_was_returned_and_says_where_it_stands(tmp_path):
    mine = line(tmp_path, [row(1)], (1, 9))
    assert (mine.returned, mine.file, mine.x_cell) == (CountPair(1, 9), "1.xlsx", "F7")


def test_who_sent_nothing_and_whose_invoices_are_missing_is_told(tmp_path):
    check = checked(tmp_path, [row(1, who="P002")], {1: (0, 5)}, register=registered(1, 2, 3))
    agreements = {comparison.provider_id: comparison.agreement.value for comparison in check.lines}
    assert agreements == {"P001": "No ledger rows", "P002": "No return", "P003": "No return"}
    assert messages(check, "S2_NOT_COMPARED")[0] == (
        "Provider 1: No ledger rows, so KPI S2 could not be compared."
        " Ask whether its invoices are in another ledger, or under another name."
    )


def test_a_difference_is_told_with_its_reason(tmp_path):
    check = checked(tmp_path, [*ORDINARY, *ORDINARY[:2]], {1: (0, 12)})
    assert messages(check, "S2_DIFFERS") == [
        "Provider 1: Different invoice count; KPI S2 is 0 of 12 in the return, 0 of 10 in the ledger (duplicate)."
        " Agree the figures and record who decided."
    ]


def test_a_quarter_in_which_s2_is_not_due_is_counted_alone_and_says_so(tmp_path):
    check = checked(
        tmp_path,
        [row(1), row(2, received="01/04/2026"), row(3, received="31/03/2026")],
        {1: (None, None)},
        period=Period(2026, 1),
    )
    assert check.lines[0].ledger.submitted == 2
    assert "S2_NOT_DUE" in codes(check)
    assert "S2_NOT_COMPARED" not in codes(check)


def test_nothing_is_said_where_all_agree(tmp_path):
    assert codes(checked(tmp_path, ORDINARY, {1: (0, 10)})) == []
