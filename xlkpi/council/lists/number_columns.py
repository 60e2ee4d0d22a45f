"""A column of numbers judged as a whole: whether a point or a comma comes before its decimals.

``1.234`` is one and a bit in London and over a thousand in Berlin. The other cells of its column show which: where one
has a comma before its decimals, points are between thousands. Where none shows it, what was assumed is reported once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from xlkpi.council.lists.cell_text import NumberText, clean
from xlkpi.findings import Code

SLIPS = 20
"""Of so many numbers in one form, one in the other is a slip of the hand."""
_USUAL = re.compile(r"-?£?[0-9]+\.[0-9]{2}")
_NUMBER = re.compile(r"[^0-9]*?([.,]?[0-9](?:[0-9., '’]*[0-9])?)[^0-9]*")
_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[ '’](?=[0-9]{3}(?![0-9]))")
_LONG = re.compile(r"[1-9][0-9]{3,}")


class NumberForm(Enum):
    """What a number shows about the signs in it."""

    NOTHING = "no sign, or not a number"
    LONG = "a thousand or more without a sign between thousands"
    POINT = "a point before decimals, or commas between thousands: 1,234.56"
    COMMA = "a comma before decimals, or points between thousands: 1.234,56"
    POINT_GROUP = "one point before three digits, not all of them 0: 1.234"
    POINT_ZEROS = "one point before three zeros: 5.000"
    COMMA_GROUP = "one comma before three digits: 1,234"


_FORMS = (
    (re.compile(r"[1-9][0-9]{0,2}\.000"), NumberForm.POINT_ZEROS),
    (re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}"), NumberForm.POINT_GROUP),
    (re.compile(r"[1-9][0-9]{0,2},[0-9]{3}"), NumberForm.COMMA_GROUP),
    (re.compile(r"(?:[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}"), NumberForm.COMMA),
    (re.compile(r"(?:[0-9]*|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}"), NumberForm.POINT),
)


class NumberStyle(Enum):
    """How the numbers of a column are read."""

    AS_WRITTEN = "a point before decimals"
    COMMA = "a comma before decimals, points between thousands"
    MIXED = "some with a point before decimals, some with a comma"
    THOUSANDS = "points taken for signs between thousands"
    DECIMALS = "points taken for decimal points"


@dataclass(frozen=True)
class SettledNumber:
    """A number as its column is read, and the code of what is reported of it; ``is_unsure``: it has two readings."""

    text: str
    code: Code | None = None
    is_unsure: bool = False


_GROUPS = frozenset((NumberForm.POINT_GROUP, NumberForm.POINT_ZEROS))


def count_forms(texts: Iterable[str]) -> Counter[NumberForm]:
    """Count the forms of texts; most of most columns are pounds and pence, which are seen at once.

    A workbook's own numbers show nothing of how the texts beside them are written, and are left out.
    """
    forms: Counter[NumberForm] = Counter()
    for text, count in Counter(text for text in texts if not isinstance(text, NumberText)).items():
        forms[NumberForm.POINT if _USUAL.fullmatch(text) else form_of(text)] += count
    return forms


def form_of(text: str) -> NumberForm:
    """Tell what a number shows about the signs in it, whatever is around it.

    >>> form_of("£1.234,56 CR").name, form_of("1 234.5").name, form_of("(1.234)").name
    ('COMMA', 'POINT', 'POINT_GROUP')
    """
    if isinstance(text, NumberText):
        return NumberForm.NOTHING
    match = _NUMBER.fullmatch(clean(text))
    if match is None:
        return NumberForm.NOTHING
    if _LONG.fullmatch(match[1]):
        return NumberForm.LONG
    digits = join_thousands(match[1])
    return next((form for pattern, form in _FORMS if pattern.fullmatch(digits)), NumberForm.NOTHING)


def join_thousands(number: str) -> str:
    """Take out spaces and apostrophes between thousands: 1'234.56 is 1234.56."""
    return _BETWEEN_THOUSANDS.sub("", number)


def judge_numbers(forms: Counter[NumberForm], *, are_counts: bool = False) -> NumberStyle:
    """Judge a column from how often each form is in it; ``are_counts``: its numbers have no decimals but noughts."""
    comma, point = forms[NumberForm.COMMA], forms[NumberForm.POINT]
    groups = sum(forms[form] for form in _GROUPS)
    if comma and comma * SLIPS > point:
        return NumberStyle.COMMA if point * SLIPS <= comma else NumberStyle.MIXED
    if point or not groups:
        return NumberStyle.AS_WRITTEN
    if forms[NumberForm.COMMA_GROUP]:
        return NumberStyle.MIXED
    is_decimal = forms[NumberForm.LONG] > 0 or (are_counts and not forms[NumberForm.POINT_GROUP])
    return NumberStyle.DECIMALS if is_decimal else NumberStyle.THOUSANDS


def settle_number(text: str, style: NumberStyle) -> SettledNumber:
    """Read a number as its column is read.

    >>> settle_number("1.234,56", NumberStyle.COMMA).text, settle_number("1.234", NumberStyle.MIXED).is_unsure
    ('1234.56', True)
    """
    if style is NumberStyle.AS_WRITTEN:
        return SettledNumber(text)
    form = form_of(text)
    with_comma = style in (NumberStyle.COMMA, NumberStyle.MIXED)
    if with_comma and form is NumberForm.COMMA:
        return SettledNumber(text.replace(".", "").replace(",", "."), Code.LIST_COMMA)
    if with_comma and (form is NumberForm.COMMA_GROUP or (form in _GROUPS and style is NumberStyle.MIXED)):
        return SettledNumber(text, is_unsure=True)
    if form not in _GROUPS:
        return SettledNumber(text)
    if style is NumberStyle.DECIMALS:
        return SettledNumber(text, Code.LIST_POINT_DECIMALS)
    code = Code.LIST_COMMA if style is NumberStyle.COMMA else Code.LIST_POINT_THOUSANDS
    return SettledNumber(text.replace(".", ""), code)
