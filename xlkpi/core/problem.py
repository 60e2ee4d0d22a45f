"""What is wrong with one entry on its own, as facts for a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Optional, Tuple

from xlkpi.core.cell_count import Count, CountKind
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.vocabulary import OutturnRule, State
from xlkpi.findings import Code, Severity

KIND_CODES = {
    CountKind.EMPTY: Code.COUNT_EMPTY,
    CountKind.TEXT: Code.COUNT_TEXT,
    CountKind.DECIMAL: Code.COUNT_DECIMAL,
    CountKind.NEGATIVE: Code.COUNT_NEGATIVE,
    CountKind.OTHER: Code.COUNT_OTHER,
}
LARGEST_USUAL = 99_999
"""A larger y is queried: it is more likely a reference number pasted into the wrong cell than a count."""


@dataclass(frozen=True)
class Problem:
    """A kind of finding about one indicator and the facts its message needs, all as shown to a person."""

    code: Code
    indicator: str
    facts: Tuple[Tuple[str, str], ...]

    @property
    def explainable(self) -> bool:
        """Whether a comment settles it: a query may be explained, a must-fix only corrected."""
        return self.code.severity is Severity.QUERY


def problem(code: Code, indicator: str, **facts: object) -> Problem:
    """Make a Problem; every fact is turned into the text a message shows."""
    return Problem(code, indicator, (("code", indicator), *((k, str(v)) for k, v in facts.items())))


def describe_count(definition_text: str) -> str:
    """Say what x or y counts, as part of a sentence: ``no. of packages refused*`` → ``number of packages refused``."""
    text = definition_text.rstrip("*").replace("total no. of", "total number of")
    return (
        text.replace("no. of", "number of", 1) if text.startswith("no. of") else text.replace("no. ", "number of ", 1)
    )


_COUNT_WORDS = {"figure": "count", "of_kind": "a count", "of_this_kind": "A count", "needed": "a whole number"}
_AMOUNT_WORDS = {
    "figure": "amount",
    "of_kind": "an amount",
    "of_this_kind": "An amount",
    "needed": "pounds and pence, with two decimals at most",
}
_DAYS_WORDS = {
    "figure": "number of days",
    "of_kind": "a number of days",
    "of_this_kind": "A number of days",
    "needed": "a whole number",
}


def figure_words(definition: Definition, which: str) -> Dict[str, str]:
    """Say what kind of figure x or y is, as facts for a message: a count, an amount, a number of days."""
    if which == "y" or definition.outturn.is_share or definition.outturn is OutturnRule.COUNT:
        return _COUNT_WORDS
    if definition.outturn is OutturnRule.AMOUNT:
        return _AMOUNT_WORDS
    return {**_DAYS_WORDS, "needed": "two decimals at most"} if definition.decimals else _DAYS_WORDS


def find_own_problem(indicator: Indicator, state: State, x: Count, y: Count) -> Optional[Problem]:
    """Find the first thing to fix or explain in an entry that is due, seen by itself; None where there is none.

    An entry with neither x nor y has none: whether it is missing is decided for the return as a whole.
    """
    code = indicator.code
    if state is State.INCOMPLETE:
        which = "x" if x.kind is CountKind.EMPTY else "y"
        text = getattr(indicator.effective, which)
        return problem(Code.COUNT_EMPTY, code, which=which, counted=describe_count(text))
    if state is State.CHECK:
        for which, count in (("x", x), ("y", y)):
            if count.kind is not CountKind.WHOLE:
                words = figure_words(indicator.effective, which)
                return problem(KIND_CODES[count.kind], code, which=which, found=count.shown, **words)
        if not indicator.effective.outturn.is_share:
            return problem(Code.X_WITHOUT_Y, code, x=x.shown)
        return problem(Code.X_OVER_Y, code, x=x.shown, y=y.shown)
    if state is State.UNRATED:
        return problem(Code.UNRATED, code, document=indicator.words.document)
    if indicator.carried_over and x.number > y.number:
        return problem(Code.CARRIED_OVER, code, x=x.shown, y=y.shown)
    return None
