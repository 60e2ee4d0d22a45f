"""An invoice still unpaid after 14 days is not paid in time; one not yet 14 days old does not count at all."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.field.ledgers import check, text_of


def invoices(received, paid):
    return [f"P001,{number},01/05/2026,,{received},10.00,,,,{day}" for number, day in enumerate(paid)]


def test_six_of_eleven_unpaid_are_not_eighty_percent(tmp_path):
    paid = ["10/05/2026"] * 4 + ["30/05/2026"] + [""] * 6
    whole = check(tmp_path, text_of(invoices("03/05/2026", paid))).payment.whole
    assert (whole.received, whole.paid, whole.within, whole.unpaid) == (11, 5, 4, 6)
    assert whole.share == Fraction(4, 11)
    assert whole.against(90).value == "Not met"


@pytest.mark.parametrize(("received", "unpaid"), [("15/09/2026", 1), ("16/09/2026", 0), ("30/09/2026", 0)])
def test_what_is_not_yet_fourteen_days_old_on_the_last_day_does_not_count(tmp_path, received, unpaid):
    rows = [*invoices("03/05/2026", ["10/05/2026"]), f"P001,X,,,{received},10.00,,,,"]
    whole = check(tmp_path, text_of(rows)).payment.whole
    assert (whole.received, whole.paid, whole.unpaid, whole.measured) == (2, 1, unpaid, 1 + unpaid)


def test_a_disputed_invoice_that_is_not_paid_is_shown_apart(tmp_path):
    rows = [*invoices("03/05/2026", ["10/05/2026"]), "P001,X,,,03/05/2026,10.00,06/05/2026,rate,,"]
    whole = check(tmp_path, text_of(rows)).payment.whole
    assert (whole.share, whole.undisputed_share) == (Fraction(1, 2), Fraction(1))


def test_one_line_not_paid_leaves_the_invoice_unpaid(tmp_path):
    rows = [f"P001,X,01/05/2026,,03/05/2026,{amount},,,,{day}" for amount, day in ((10, "10/05/2026"), (20, ""))]
    whole = check(tmp_path, text_of(rows)).payment.whole
    assert (whole.received, whole.paid, whole.unpaid) == (1, 0, 1)
