"""Text pasted from a web page or an email brings spaces and marks that nobody sees."""

from __future__ import annotations

import pytest

from tests.field.returned import check_cell, figures, in_cell
from tests.judge.oracle import is_empty
from tests.reading.return_edits import checked, messages
from xlkpi.core.visible_text import is_blank


@pytest.mark.parametrize(
    "code",
    ["KPI\u00a0S3", "KPI  S3", "KPI S3\u200b", "kpi s3", "KPI\u2009S3", "\ufeffKPI S3", "KPI\u202fS3", "Kpi S3 "],
)
@pytest.mark.parametrize("names", ["kept", "lost"])
def test_a_code_with_other_spaces_or_letters_is_the_code(code, names):
    def change(book):
        book["All lots"]["A8"].value = code
        if names == "lost":
            book.defined_names.clear()

    from tests.reading.return_edits import by_openpyxl

    checked_return = checked(by_openpyxl(change))
    assert figures(checked_return, "KPI S3") == (40, 40)
    assert not [finding for finding in checked_return.findings if finding.severity.value != "note"]


@pytest.mark.parametrize(
    "text",
    [
        "196\u200b",
        "\ufeff196",
        "\u202d196\u202c",
        "\u2060196",
        "196\xad",
        "1\u200b96",
        "196\u200e",
        "１９６",
        "١٩٦",
        "\u2003196\u2003",
    ],
)
def test_the_number_in_it_is_named(text):
    (message,) = messages(check_cell("F6", text))
    assert message.endswith("Enter 196, in digits only.")
    assert not set(message) & set("\u200b\ufeff\u202d\u202c\u2060\xad\u200e")


@pytest.mark.parametrize("text", ["\u200b", "\u2003", "\xa0", "\u202f\u200b", "\u2800", "\u3164", "\n", "\ufeff"])
def test_a_cell_that_shows_nothing_is_empty(text):
    (message,) = messages(check_cell("F6", text))
    assert message == "KPI S1 x (F6) is empty. Enter the number of packages refused; if there were none, enter 0."
    assert is_blank(text)


def test_the_oracle_of_the_formulas_agrees_on_what_is_empty():
    assert is_empty("\u200b\xa0")
    assert not is_empty("0")


def test_a_code_that_only_looks_alike_is_not_taken_for_one():
    checked_return = checked(in_cell("A8", "КРІ S3"))
    assert figures(checked_return, "KPI S3") == (None, None)
