"""The columns of a ledger looked at whole, before its rows are read one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.council.lists.columns import ListHeader
from xlkpi.council.lists.day_columns import DayDecisions, judge_day_columns, share_of_days
from xlkpi.council.lists.finding_collector import CountedCell, FindingCollector
from xlkpi.council.lists.first_look import FirstLook
from xlkpi.council.lists.number_columns import NumberForm, NumberStyle, count_forms, judge_numbers, settle_number
from xlkpi.council.lists.reader import ListedRow, OpenList
from xlkpi.finance.invoice_types import InvoiceTypes, judge_types, share_of_types
from xlkpi.finance.unread_columns import MOST_WORDS, find_type_column, report_unread
from xlkpi.findings import Code, shorten

DAYS = ("invoice_date", "due_date", "received_date", "disputed_date", "resolved_date", "paid_date")
WHOLE = (*DAYS, "type")
REQUIRED = "received_date"
_CUT_SHORT = re.compile(r"\d(?:[.,]\d+)?E\+\d+|\d[.,]\d+E\d+|#{3,}", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"[0-9]{16,40}")
_KEPT_DIGITS = 15
FEWEST_CUT = 3
"""Different long numbers of which all end with noughts: fewer may be so by chance."""
_CREDIT_SIGNS = ("-", "−", "(")


@dataclass(frozen=True)
class LedgerColumns:
    """What was decided of the columns of a ledger, and where it is reported."""

    header: ListHeader
    days: Mapping[str, DayDecisions]
    types: InvoiceTypes
    amounts: NumberStyle
    are_cut: bool
    """Whether all invoice numbers of more than 15 digits end with noughts, as a spreadsheet leaves them."""
    findings: FindingCollector

    @property
    def has_dispute_days(self) -> bool:
        """Whether disputes have days, and not only yes and no."""
        decided = self.days.get("disputed_date", {})
        return not any(decision.code is Code.LIST_YES_NO for decision in decided.values())

    def settle(self, cells: dict[str, str], listed: ListedRow) -> str:
        """Put the texts decided for whole columns in place of those of a row; say why it is set aside, or nothing."""
        number = cells.get("invoice_no", "")
        is_short = len(number) <= _KEPT_DIGITS or not self.are_cut
        if is_short and not self.days and "+" not in number and "##" not in number and number[1:2] not in (".", ","):
            return ""  # most rows of most ledgers
        why = ""
        for column, decisions in self.days.items():
            text = cells.get(column, "")
            decided = decisions.get(text) if text else None
            if decided is None:
                continue
            if decided.code:
                self._count(decided.code, column, listed, text)
            if decided.sets_aside:
                why = f"{column} says “{shorten(text)}”: what was found in the column as a whole is on Findings."
            cells[column] = decided.instead
            if not decided.instead:
                del cells[column]
        if _CUT_SHORT.fullmatch(number.strip()) or (self.are_cut and is_cut(number)):
            self._count(Code.LEDGER_NUMBER_LOST, "invoice_no", listed, number)
            why = f"invoice_no says “{shorten(number)}”, which a spreadsheet cut short."
        return why

    def take_type(self, cells: dict[str, str], listed: ListedRow) -> bool:
        """Take the type out of a row's cells, and say whether it is that of a credit note."""
        if not self.types.is_type:
            return False
        text = cells.pop("type", "")
        if text in self.types.unknown:
            self._count(Code.LEDGER_TYPE, "type", listed, text, settings=self.findings.settings)
        return text in self.types.credit

    def settle_amount(self, cells: dict[str, str], listed: ListedRow) -> bool:
        """Read the amount as its column is read; say whether one that has two readings has the sign of a credit."""
        if self.amounts is NumberStyle.AS_WRITTEN or "amount" not in cells:
            return False  # most ledgers
        number = settle_number(cells["amount"], self.amounts)
        if number.is_unsure:
            return self.drop_amount(cells, listed, Code.LEDGER_AMOUNT_UNSURE)
        if number.code:
            self._count(number.code, "amount", listed, cells["amount"])
        cells["amount"] = number.text
        return False

    def drop_amount(self, cells: dict[str, str], listed: ListedRow, code: Code = Code.LEDGER_AMOUNT) -> bool:
        """Leave out an amount that cannot be read, and say whether it has the sign of a credit."""
        text = cells.pop("amount")
        self._count(code, "amount", listed, text)
        plain = text.strip().lstrip("£").upper()
        return plain.startswith(_CREDIT_SIGNS) or plain.endswith(("-", "−", "CR"))

    def _count(self, code: Code, column: str, listed: ListedRow, text: str, **facts: str) -> None:
        self.findings.count(code, CountedCell(column, listed.line, listed.cell(column), text), **facts)


@dataclass
class _HeaderTexts:
    """How often each text is in the columns below one header that are looked at whole, by their place."""

    header: ListHeader
    counts: dict[int, Counter[str]]
    unread: dict[int, Counter[str]]
    """The same of columns whose headers mean nothing here, as long as they have few different texts."""
    amounts: Counter[NumberForm] = field(default_factory=Counter)
    cut_numbers: set[str] = field(default_factory=set)
    """Invoice numbers longer than a spreadsheet's that end with the noughts it leaves: as many as decide, no more."""
    has_long_number: bool = False
    """Whether another of that length has all its digits."""

    def best(self) -> ListHeader:
        """Use the column with most days, or types, of those whose headers mean it: *Disputed on*, not *Disputed*."""
        header = self.header
        for place, text, column in self.header.repeated:
            share = share_of_types if column == "type" else share_of_days
            judged = column in WHOLE
            if judged and share(self.counts[place]) > share(self.counts[header.at[column]]):
                header = header.exchanged(column, place, text)
        types = None if "type" in header.at else find_type_column(self.unread)
        if types is None:
            return header
        self.counts[types] = self.unread.pop(types)
        return header.including("type", types)


def judge_columns(
    opened: OpenList, settings: FinanceSettings, findings: FindingCollector
) -> tuple[LedgerColumns, Iterator[ListedRow]]:
    """Judge the columns of days, of sums and the column type, and give the rows with the columns that are used.

    Of two columns with one meaning, the one with more days in it is used.
    """
    texts: dict[int, _HeaderTexts] = {}
    look = FirstLook(opened)
    for step in look.steps():
        for _, group in groupby(step, key=lambda listed: id(listed.header)):
            _count_texts(list(group), texts)
    known_headers = [header_texts.best() for header_texts in texts.values()] or [opened.header]
    counts: dict[str, Counter[str]] = {column: Counter() for column in WHOLE}
    for header, header_texts in zip(known_headers, texts.values(), strict=False):
        for column in counts.keys() & header.at.keys():
            counts[column].update(header_texts.counts[header.at[column]])
        report_unread(header, header_texts.unread, findings)
    types = judge_types(counts.pop("type"), known_headers[0].written.get("type", ""), settings.types)
    if not types.is_type:
        known_headers = [header.without("type") if "type" in header.at else header for header in known_headers]
    days = judge_day_columns({column: texts for column, texts in counts.items() if texts}, REQUIRED)
    decided = {column: decisions for column, decisions in days.items() if decisions}
    amounts = judge_numbers(sum((of_header.amounts for of_header in texts.values()), Counter()))
    cut = set[str]().union(*(of_header.cut_numbers for of_header in texts.values()))
    are_cut = len(cut) >= FEWEST_CUT and not any(of_header.has_long_number for of_header in texts.values())
    return LedgerColumns(known_headers[0], decided, types, amounts, are_cut, findings), _with_headers(
        look.rows(), known_headers
    )


def _count_texts(rows: list[ListedRow], texts: dict[int, _HeaderTexts]) -> None:
    header = rows[0].header
    if id(header) not in texts:
        places = {place for column, place in header.at.items() if column in WHOLE}
        places |= {place for place, _, column in header.repeated if column in WHOLE}
        unread = {place: Counter[str]() for place, _ in header.unknown}
        texts[id(header)] = _HeaderTexts(header, {place: Counter() for place in places}, unread)
    cells = [listed.cells for listed in rows]
    shortest = min(map(len, cells))
    of_header = texts[id(header)]
    for place, counter in (*of_header.counts.items(), *of_header.unread.items()):
        there = cells if place < shortest else [row for row in cells if place < len(row)]
        counter.update(map(itemgetter(place), there))
        if len(counter) > MOST_WORDS:
            of_header.unread.pop(place, None)
    number = header.at.get("invoice_no")
    if number is not None:
        long = {row[number] for row in cells if number < len(row) and len(row[number]) > _KEPT_DIGITS}
        _note_long_numbers(of_header, long)
    amount = header.at.get("amount")
    if amount is not None:
        of_header.amounts.update(count_forms(row[amount] for row in cells if amount < len(row)))


def _note_long_numbers(of_header: _HeaderTexts, numbers: set[str]) -> None:
    # Each once: an invoice on many lines shows no more than one on a single line.
    for number in numbers:
        if is_cut(number) and len(of_header.cut_numbers) < FEWEST_CUT:
            of_header.cut_numbers.add(number.strip())
        elif not is_cut(number) and _LONG_NUMBER.fullmatch(number.strip()):
            of_header.has_long_number = True


def is_cut(number: str) -> bool:
    """Tell whether a number has noughts only after its first 15 digits."""
    digits = number.strip()
    return _LONG_NUMBER.fullmatch(digits) is not None and not digits[_KEPT_DIGITS:].strip("0")


def _with_headers(rows: Iterable[ListedRow], headers: Sequence[ListHeader]) -> Iterator[ListedRow]:
    """Give each row the header that is used in place of the one found, in the order in which these come."""
    before: ListHeader | None = None
    following = iter(headers)
    used = headers[0]
    for listed in rows:
        if listed.header is not before:
            before, used = listed.header, next(following, used)
        yield listed if used is before else listed._replace(header=used)
