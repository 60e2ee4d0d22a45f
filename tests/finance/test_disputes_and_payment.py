"""The dispute clock and prompt payment, on invoices small enough to count by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.finance.ledger_builders import checked, registered
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.dispute_ages import AGES, find_age_band
from xlkpi.finance.prompt_payment import PaymentCounts, TargetResult

HEAD = "P{p:03d},{n},,,{received},{amount},{disputed},{why},{resolved},{paid}"


def invoices(*rows):
    """Rows of (provider, received, disputed, resolved, paid); days as day/month."""
    out = []
    for number, (who, received, disputed, resolved, paid) in enumerate(rows):
        days = [f"{day}/2026" if day else "" for day in (received, disputed, resolved, paid)]
        out.append(
            HEAD.format(
                p=who,
                n=number,
                received=days[0],
                amount="1",
                disputed=days[1],
                why="rate" if days[1] else "",
                resolved=days[2],
                paid=days[3],
            )
        )
    return out


def test_the_clock_counts_days_from_receipt(tmp_path):
    rows = invoices(
        (1, "01/05", "05/05", "25/05", "30/05"),
        (1, "01/05", "03/05", "04/05", ""),
        (1, "01/05", "", "", "09/05"),
        (2, "01/05", "", "", ""),
    )
    (clock,) = checked(tmp_path, rows, {1: (2, 3), 2: (0, 1)}).disputes.providers
    assert (clock.provider_id, clock.disputes) == ("P001", 2)
    assert (clock.to_dispute, clock.to_resolution, clock.to_payment) == (3.0, 10.5, 29.0)
    assert clock.open == 0


@pytest.mark.parametrize(
    ("dates", "is_open"),
    [
        (("01/09", "30/09", "", ""), True),
        (("01/09", "05/09", "", ""), True),
        (("01/09", "05/09", "01/10", ""), True),
        (("01/09", "05/09", "", "05/10"), True),
        (("01/02", "05/03", "", ""), True),
        (("01/09", "05/09", "30/09", ""), False),
        (("01/09", "05/09", "", "30/09"), False),
        (("01/09", "01/10", "", ""), False),
        (("01/09", "20/09", "", "10/09"), False),
    ],
)
def test_a_dispute_is_open_until_it_is_resolved_or_paid(tmp_path, dates, is_open):
    clock = checked(tmp_path, invoices((1, *dates)), {1: (0, 1)}).disputes
    assert clock.open_count == len(clock.open) == is_open


def test_open_disputes_are_listed_the_oldest_first(tmp_path):
    rows = invoices((1, "01/09", "16/09", "", ""), (2, "01/06", "02/06", "", ""))
    clock = checked(tmp_path, rows, {1: (1, 1), 2: (1, 1)}).disputes
    assert [
        (deadline.provider_id, deadline.line, deadline.disputed, deadline.days, deadline.reason)
        for deadline in clock.open
    ] == [
        ("P002", 3, date(2026, 6, 2), 120, "rate"),
        ("P001", 2, date(2026, 9, 16), 14, "rate"),
    ]
    assert {provider.provider_id: provider.ages for provider in clock.providers} == {
        "P001": (1, 0, 0, 0, 0),
        "P002": (0, 0, 0, 0, 1),
    }


@pytest.mark.parametrize(
    ("days", "age"), [(0, 0), (14, 0), (15, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_ages(days, age):
    assert find_age_band(days) == age
    assert age < len(AGES)


def test_prompt_payment_counts_paid_and_overdue_invoices_and_shows_disputed_ones_apart(tmp_path):
    rows = invoices(
        (1, "01/05", "", "", "15/05"),  # fourteen days: in time
        (1, "01/05", "", "", "16/05"),
        (1, "01/06", "03/06", "", "10/06"),
        (2, "01/06", "", "", ""),
        (2, "30/03", "", "", "31/03"),  # an earlier period's
    )
    register = (*registered(1, kind="in-house"), *registered(2))
    payment = checked(tmp_path, rows, {1: (1, 3), 2: (0, 1)}, register=register).payment
    assert payment.whole == PaymentCounts("All", 4, 3, 2, 1, 1, unpaid=1)
    assert payment.whole.share == Fraction(2, 4)
    assert payment.whole.undisputed_share == Fraction(1, 3)
    assert payment.providers == (PaymentCounts("P001", 3, 3, 2, 1, 1), PaymentCounts("P002", 1, 0, 0, 0, 0, unpaid=1))
    assert payment.types == (PaymentCounts("SME", 1, 0, 0, 0, 0, unpaid=1), PaymentCounts("in-house", 3, 3, 2, 1, 1))
    june = PaymentCounts("June 2026", 2, 1, 1, 1, 1, unpaid=1)
    assert payment.months == (PaymentCounts("May 2026", 2, 2, 1, 0, 0), june)


def test_without_a_register_types_are_not_known(tmp_path):
    payment = checked(tmp_path, invoices((1, "01/05", "", "", "02/05")), {1: (0, 1)}).payment
    assert [payment_type.name for payment_type in payment.types] == ["type not known"]


@pytest.mark.parametrize(
    ("paid", "within", "expected"), [(10, 9, "Met"), (10, 8, "Not met"), (1000, 899, "Not met"), (0, 0, "No cases")]
)
def test_the_target_is_met_at_exactly_ninety_percent(paid, within, expected):
    assert PaymentCounts("All", 1000, paid, within, 0, 0).against(90) is TargetResult(expected)


def test_days_and_target_are_settings(tmp_path):
    settings = FinanceSettings(payment_days=30, payment_target=95)
    payment = checked(tmp_path, invoices((1, "01/05", "", "", "31/05")), {1: (0, 1)}, settings=settings).payment
    assert (payment.whole.within, payment.days, payment.target) == (1, 30, 95)
