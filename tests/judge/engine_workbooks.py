"""Native workbooks for engines to recalculate: returns blank, filled in order, and filled with oddities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from tests.judge import oracle
from tests.judge.formula_grid import ODD
from tests.judge.more_engines import package_of
from tests.judge.real_returns import (
    ANOTHER,
    CODES,
    DECLARED_BY,
    EVERYTHING,
    JUDGED,
    SOUND,
    scratch,
    slug,
    stamped,
)
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled

ERRORS = ("#N/A", "#DIV/0!")
CONTENTS = tuple(content for content in ODD if content not in ERRORS)
"""An error value in an input is of the grid alone: no plan writes one."""


def sound_entries() -> dict[str, Entry]:
    """A return filled in as the sheet Help says."""
    return {
        code: Entry(t.x, t.y, t.comment, ActionPlanEntry("", *t.plan) if t.plan else ActionPlanEntry())
        for code, t in SOUND.items()
    }


def odd_entries(turn: int) -> dict[str, Entry]:
    """Each indicator with something odd in x or y, or in both; ``turn`` moves them on."""
    size = len(CONTENTS)
    return {
        code: Entry(CONTENTS[(place + turn) % size], CONTENTS[(place * 7 + turn) % size], "why" * (place % 2))
        for place, code in enumerate(CODES)
    }


@dataclass(frozen=True)
class NativeWorkbook:
    """A workbook to recalculate, what is typed in it and its reading; it is built when its content is asked for."""

    name: str
    reading: str
    build: Callable[[], bytes]
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @cached_property
    def content(self) -> bytes:
        """The file."""
        return self.build()


def workbooks(turns: int = 1) -> Iterator[NativeWorkbook]:
    """Every workbook, with so many odd fillings per reading."""
    for reading, as_written in (("effective", ()), ("as written", CODES)):
        blank = partial(stamped, EVERYTHING, "2026-27 Q4", as_written=as_written)
        yield NativeWorkbook(f"blank, {reading}", reading, blank)
        cases = [("filled", sound_entries())] + [(f"odd {turn}", odd_entries(turn)) for turn in range(turns)]
        for name, entries in cases:
            filled = Filled(entries, Declaration(DECLARED_BY, 46_489))
            build = partial(scratch, EVERYTHING, "2026-27 Q4", as_written=as_written, filled=filled)
            yield NativeWorkbook(f"{name}, {reading}", reading, build, entries)
    yield NativeWorkbook("one lot, Q1", "effective", partial(stamped, ANOTHER, "2026-27 Q1"))


def oracle_faults(book: NativeWorkbook, values: Mapping[Any, Any]) -> list[Any]:
    """Where an engine's outturn and RAG differ from the oracle's; nothing for a workbook in which nothing is typed."""
    places = {e.get("name"): e.text for e in package_of(book.content).defined_names}
    faults = []
    for code in JUDGED:
        if code in book.entries:
            entry = book.entries[code]
            wanted = oracle.expected(code, entry.x, entry.y, book.reading)
            outturn, rag = (values[_place(places[f"{slug(code)}.{part}"])] for part in ("outturn", "rag"))
            fits = outturn in ("", None) if wanted.outturn is None else abs(outturn - wanted.outturn) < 1e-9
            if rag != wanted.state or not fits:
                faults.append((code, entry, outturn, rag, wanted))
    return faults


def _place(reference: str) -> tuple[str, str]:
    sheet, _, cell = reference.rpartition("!")
    return sheet.strip("'").replace("''", "'"), cell.replace("$", "")
