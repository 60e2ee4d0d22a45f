"""Findings: every message xlkpi has for a return, its severity and its remedy, said once.

A template's ``{field}`` is filled with a fact; a part in ``[…]`` is left out where one of its facts is not known
(a function in a cell knows no address). The worksheet formulas are rendered from these same templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from string import Formatter
from typing import Collection, Mapping, Optional, Tuple


class Severity(Enum):
    """How much a finding weighs, gravest first: the return is not complete; correct or explain; good to know."""

    MUST_FIX = "must fix"
    QUERY = "query"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Give its place in the order of gravity, 0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


MUST, QUERY, NOTE = Severity.MUST_FIX, Severity.QUERY, Severity.NOTE
FRESH = "Copy your figures into a fresh copy of the workbook."


class Code(Enum):
    """One member a kind of finding: severity and message with remedy."""

    # one entry, as its row in the workbook says it too
    ENTRY_EMPTY = (
        MUST,
        "{code}[ ({x_at}, {y_at})] is empty. Enter x and y; if there was nothing to count, enter 0 and 0.",
    )
    COUNT_EMPTY = (MUST, "{code} {which}[ ({at})] is empty. Enter the {counted}; if there were none, enter 0.")
    COUNT_TEXT = (MUST, "{code} {which} is the text “{found}”[ ({at})]. Enter the count in digits only.")
    COUNT_DECIMAL = (MUST, "{code} {which} is {found}[ ({at})]. It is a count: enter a whole number.")
    COUNT_NEGATIVE = (MUST, "{code} {which} is {found}[ ({at})]. A count cannot be below 0: enter 0 or more.")
    COUNT_OTHER = (MUST, "{code} {which}[ ({at})] holds no number. Enter the count in digits only.")
    X_OVER_Y = (
        MUST,
        "{code}: x is {x} and y is {y}[ ({x_at}, {y_at})]. x counts some of the y, so it cannot be larger. Check both.",
    )
    REASON = (MUST, "{code} is {rag}. Enter the reason for missing the target in {comment_at}.")
    PLAN = (MUST, "{code} is Red. Complete its action, expected outcomes and timescale on the sheet {plan_at}.")
    SAME_Y = (
        QUERY,
        "{code} y is {y} and {other} y is {other_y}. Both count {counts}. Correct one, or explain in {comment_at}.",
    )
    SUM_OF_X = (
        QUERY,
        "{members}: their x add up to {total}, and y is {y}."
        " {because}, so they cannot add up to more: correct them, or explain in {comment_at}.",
    )
    PART_OF_X = (
        QUERY,
        "{code} x is {x} and {other} x is {other_x}. {because}: correct one, or explain in {comment_at}.",
    )
    CHANGE = (QUERY, "{code} y is {y}; last time it was {previous}. Check it, or explain in {comment_at}.")
    CARRIED_OVER = (
        QUERY,
        "{code}: x is {x} and y is {y}[ ({x_at}, {y_at})]."
        " Correct them, or explain[ in {comment_at}] which cases began in an earlier period.",
    )
    LARGE = (QUERY, "{code} y is {y}[ ({at})], a very large count. Check it, or explain[ in {comment_at}].")
    UNRATED = (NOTE, "{code}: the Schedule as written says nothing of this outturn, so it has no RAG.")
    # one entry, as only the file shows it
    NUMBER_AS_TEXT = (MUST, "{code} {which} is the text “{found}” ({at}). Enter {number}, in digits only.")
    DATE_AS_COUNT = (MUST, "{code} {which} ({at}) is a date, {found}. Enter the count, a whole number.")
    PERCENT_AS_COUNT = (MUST, "{code} {which} ({at}) is a percentage, {found}. Enter the count itself.")
    FORMULA_AS_COUNT = (MUST, "{code} {which} ({at}) holds a formula, {found}. Enter its result as a number.")
    MERGED = (MUST, "{code} {which} ({at}) is part of the merged cells {range}. " + FRESH)
    NOT_DUE_FILLED = (NOTE, "{code} is not due this period, so its figures ({x_at}, {y_at}) are not used.")
    # the rows and sheets they stand in
    ROW_UNSURE = (
        MUST,
        "{code}: its figures should stand beside its code, and {at} says “{found}”,"
        " so we cannot be sure which figures belong to it. " + FRESH,
    )
    ROW_LOST = (MUST, "{code} has no row in this file any more. " + FRESH)
    ROW_MOVED = (NOTE, "{code} now stands in row {row} of {sheet}, not in row {planned}. Its figures were read there.")
    NAMES_LOST = (
        NOTE,
        "{codes}: the names of their cells are lost. Their figures were read from the rows that carry their codes.",
    )
    SHEET_LOST = (MUST, "The sheet {sheet} is missing. " + FRESH)
    SHEET_RENAMED = (NOTE, "The sheet {planned} is now called {sheet}. Its figures were read there.")
    SHEET_HIDDEN = (QUERY, "The sheet {sheet} is hidden. Show it, check its figures, and save again.")
    ROW_HIDDEN = (NOTE, "{codes}: hidden, perhaps by a filter. What stands there was read all the same.")
    COLUMN_HIDDEN = (NOTE, "{sheet}: column {column} is hidden. What stands there was read all the same.")
    PROTECTION_OFF = (
        NOTE,
        "The protection is off on {sheets}. Figures were read by name, and every result worked out anew.",
    )
    FORMULA_LOST = (NOTE, "{sheet}: the formula is gone from {cells}. Our own results are used.")
    # the return as a whole
    DECLARED_BY = (MUST, "The name of who declares the figures ({at}) is empty. Enter it.")
    DECLARED_ON = (MUST, "The date of the declaration ({at}) is empty. Enter it as day/month/year.")
    DECLARED_ON_TEXT = (MUST, "The date of the declaration ({at}) is “{found}”. Enter it as day/month/year.")
    DECLARED_EARLY = (QUERY, "The figures were declared on {found}, before the period ended on {end}. Check the date.")
    PROVIDER_CHANGED = (
        MUST,
        "Start here says this is the return of {found}, but the workbook was made for {provider}."
        " Copy your figures into the workbook that was made for you.",
    )
    PERIOD_CHANGED = (
        MUST,
        "Start here says {found}, but this workbook was made for {period}. Use the workbook of your period.",
    )
    MANIFEST_CHANGED = (
        QUERY,
        "The hidden sheet of this workbook was edited. Check that provider and period are right.",
    )
    # the file
    UNREADABLE = (MUST, "{reason} {remedy}")
    NOT_A_RETURN = (
        MUST,
        "{file} is a workbook, but not one of our KPI returns. Copy your figures into the workbook we sent.",
    )
    MANIFEST_LOST = (MUST, "{file} has lost its hidden sheet, so we cannot tell whose return it is. " + FRESH)
    TEMPLATE_UNKNOWN = (
        MUST,
        "This workbook was made with template {found}, which this version of xlkpi does not know. "
        "Update xlkpi, or copy the figures into a fresh copy of the workbook.",
    )
    # a folder of returns
    OTHER_PERIOD = (NOTE, "This is the {found} workbook; the folder collects {period}.")
    UNKNOWN_PROVIDER = (
        QUERY,
        "{provider_id} is not in the register. Check whose return this is, or add it to the register.",
    )
    SECTION_NOT_ASKED = (
        QUERY,
        "{provider} holds {sections} in the register, but its workbook was made without."
        " Correct the register, or build the workbook again and ask for those figures.",
    )
    SUPERSEDED = (NOTE, "{provider} sent a later return, {later}. This one is kept but not used.")
    SAME_FILE = (NOTE, "This is an exact copy of {other}. It is counted once.")
    DECIDED = (NOTE, "{who} decided on {on} to {action}. The reason: “{why}”.")
    ANOTHER_DECIDED = (NOTE, "{who} decided on {on} to use {other} instead. The reason: “{why}”.")
    DECISION_CANNOT = (
        QUERY,
        "{who} decided on {on} to use this file, and it cannot be used: {reason}. Ask for the right workbook.",
    )
    DECISION_NO_FILE = (
        QUERY,
        "Row {row} of the decisions is about {named}, which is not in the folder. Correct the name, or delete the row.",
    )
    DECISION_CHANGED = (
        QUERY,
        "Row {row} of the decisions: {named} is no longer what {who} decided on on {on}. Decide again.",
    )
    DECISION_FAULT = (MUST, "A decision was not applied. {remedy}")
    REGISTER_FAULT = (MUST, "{register}: {remedy}")
    LATE = (NOTE, "{provider} declared its figures on {found}, {days} after {due}.")
    MIXED_READINGS = (
        QUERY,
        "{code} was returned under different readings ({readings}). Each is rated under its own; settle on one.",
    )
    # the council's own lists: invoice ledger, case-system extract, decisions
    LIST_ROW = (MUST, "{list} line {line} is set aside: {column}[ ({at})] {remedy}")
    LIST_COLUMN = (NOTE, "{list}: column {column}, “{found}”, is not one of ours and was not read.")
    LIST_MORE = (QUERY, "{list}: {number} more rows are told of as {code}. Mend the cause and run again.")
    LEDGER_PROVIDER = (
        MUST,
        "{list} line {line} is set aside: “{found}” is no provider we know[; it looks like {near}]."
        " Correct it, or say whose it is under providers in {settings}.",
    )
    LEDGER_DUPLICATE = (NOTE, "{list} line {line} repeats line {other}: {provider_id}, invoice {invoice}. One counts.")
    LEDGER_AMENDED = (
        QUERY,
        "{list} line {line} is invoice {invoice} of {provider_id} again, and {column} differs from line {other}."
        " Line {other} counts; correct the ledger if it should be the other.",
    )
    LEDGER_RESENT = (NOTE, "{list} line {line} sends {provider_id} invoice {invoice} again (line {other}). One counts.")
    LEDGER_DATES = (QUERY, "{list} line {line}: {column} {found} is before {other} {due}. Check both dates.")
    LEDGER_UNDATED = (QUERY, "{list} line {line}: dispute_reason without disputed_date is not counted. Enter it.")
    LEDGER_NO_DUE = (QUERY, "{provider}: invoices without due_date ({number}) count as on time. Enter the dates.")
    S2_DIFFERS = (
        QUERY,
        "{provider}: {agreement}; KPI S2 is {x} of {y}, in the ledger {other_x} of {other_y}[ ({because})]."
        " Agree the figures and record who decided.",
    )
    S2_NOT_COMPARED = (QUERY, "{provider}: {agreement}, so KPI S2 could not be compared. {remedy}")
    S2_NOT_DUE = (NOTE, "KPI S2 is not due in {period}; the ledger is counted for that quarter alone.")
    CROSS_DIFFERS = (QUERY, "{provider}: {code} is {x} of {y}; in the case system {other_x} of {other_y}. Ask which.")
    CROSS_NOT_CHECKED = (NOTE, "{provider}: {code} was to be compared with SWIFT/Liberi; the extract lacks it.")

    @property
    def severity(self) -> Severity:
        """How much a finding of this kind weighs, unless it is explained."""
        severity: Severity = self.value[0]
        return severity

    @property
    def template(self) -> str:
        """The message with its ``{fields}`` and optional ``[parts]``."""
        template: str = self.value[1]
        return template


@dataclass(frozen=True)
class Finding:
    """One thing to fix, to explain or to know, with its place; sheet and cell are empty where there is none."""

    code: Code
    severity: Severity
    indicator: Optional[str]
    sheet: str
    cell: str
    message: str


Piece = Tuple[bool, str]


def pieces(code: Code, known: Collection[str]) -> Tuple[Piece, ...]:
    """The template as literal text (False, text) and fields (True, name); optional parts only where all is known."""
    out = []
    for part in code.template.replace("[", "\0[").replace("]", "\0").split("\0"):
        optional = part.startswith("[")
        parsed = [(text, field) for text, field, _, _ in Formatter().parse(part[1:] if optional else part)]
        if optional and not all(field in known for _, field in parsed if field):
            continue
        for text, field in parsed:
            if text:
                out.append((False, text))
            if field:
                out.append((True, field))
    return tuple(out)


def render(code: Code, facts: Mapping[str, str]) -> str:
    """The message as a person reads it. Raises KeyError where a fact that the message cannot do without is missing."""
    return "".join(facts[text] if is_field else text for is_field, text in pieces(code, facts))


def finding(
    code: Code,
    facts: Mapping[str, str],
    *,
    indicator: Optional[str] = None,
    sheet: str = "",
    cell: str = "",
    severity: Optional[Severity] = None,
) -> Finding:
    """Make a finding from its code and facts, at the code's own severity unless another is given."""
    return Finding(code, severity or code.severity, indicator, sheet, cell, render(code, facts))
