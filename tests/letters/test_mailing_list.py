"""The list of what was made: opens in a spreadsheet with every letter, and runs nothing."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from tests.feedback.feedback_sample import first_card
from tests.letters.test_emails import GREEN, RATED, empty, large
from xlkpi.letters.mailing_list import make_scorecard_entry, write_mailing_list

FILES = ("card.xlsx", "card.pdf", "mail.txt")


@pytest.mark.parametrize(
    ("expected_text", "status"),
    [((), "nothing to fix"), ((large("KPI S5"),), "to explain"), ((large("KPI S5"), empty("KPI S3", "F8")), "to fix")],
)
def test_a_provider_stands_in_one_row_with_counts_and_files(expected_text, status):
    card = first_card([GREEN] * 4, findings=expected_text)
    data = write_mailing_list([make_scorecard_entry(card, "Zoë", "zoe@example.org", FILES)])
    (row,) = pd.read_csv(io.BytesIO(data)).to_dict("records")
    assert (row["provider"], row["contact"], row["email"]) == ("Ash & Elm CIC", "Zoë", "zoe@example.org")
    assert (row["status"], row["green"], row["must_fix"]) == (status, RATED, status == "to fix")
    assert (row["scorecard"], row["pdf"], row["text"]) == FILES


@pytest.mark.parametrize("odd", ["=1+1", "+44", "-x", "@x", "\tx"])
def test_a_text_that_a_spreadsheet_would_run_is_marked_as_text(odd):
    data = write_mailing_list([make_scorecard_entry(first_card([GREEN] * 4), odd, odd, FILES)])
    _, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert row[8:10] == [f"'{odd}", f"'{odd}"]
