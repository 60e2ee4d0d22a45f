"""What is wrong with one entry on its own, as facts for a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

from xlkpi.core.cell_count import Count, CountKind
from xlkpi.core.indicator import Indicator
from xlkpi.core.vocabulary import State
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
                return problem(KIND_CODES[count.kind], code, which=which, found=count.shown)
        return problem(Code.X_OVER_Y, code, x=x.shown, y=y.shown)
    if state is State.UNRATED:
        return problem(Code.UNRATED, code, document=indicator.words.document)
    if indicator.carried_over and x.number > y.number:
        return problem(Code.CARRIED_OVER, code, x=x.shown, y=y.shown)
    return None
