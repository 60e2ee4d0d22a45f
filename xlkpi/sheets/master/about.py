"""About: how to read a master, its rules, and the facts of the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.county_totals import NO_Y_RULE, SMALL_RULE, UNEVEN_RULE
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.day import long_date
from xlkpi.sheets.filled_topics import fill_topics
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.writing.workbook import Cell, Sheet

ABOUT = "About"
WIDTHS = (26, 112)


@dataclass(frozen=True)
class RunInfo:
    """What made a master: the version of xlkpi, and the time if it is to be shown (it changes the bytes).

    ``links`` lead back to the inbox; ``rules`` are those of further sheets.
    """

    version: str
    made_on: str | None = None
    links: SourceLinks = field(default_factory=SourceLinks)
    rules: tuple[tuple[str, str], ...] = ()


def plan_about(result: Consolidation, catalogue: Catalogue, run: RunInfo) -> Sheet:
    """Plan two columns: a topic, and what to know about it."""
    cells, heights = [Cell(1, 1, "About this master", "title")], [(1, 28.0)]
    row = 3
    words, indicators = catalogue.words, catalogue.indicators.values()
    named = {
        "sheet": words.say("invoice sheet"),
        "performance": words.say("about performance"),
        "information": words.say("about no RAG"),
        "document": words.document,
        "area": words.area,
        "Area": words.area_begins,
        "no_y": "" if all(each.effective.has_y for each in indicators) else f"{NO_Y_RULE} ",
    }
    guide, rules = fill_topics(READING_GUIDE, named), (*fill_topics(RULES, named), *run.rules)
    facts = tuple(_run_facts(result, catalogue, run))
    for heading, topics in (("How to read this workbook", guide), ("Rules", rules), ("This run", facts)):
        cells.append(Cell(row, 1, heading, "heading"))
        heights.append((row, 22.0))
        for number, (topic, text) in enumerate(topics, start=row + 1):
            cells += [Cell(number, 1, topic, "topic"), Cell(number, 2, text, "prose")]
        row += len(topics) + 2
    return Sheet(ABOUT, cells=tuple(cells), heights=tuple(heights), widths=WIDTHS)


READING_GUIDE = (
    ("Summary", "Counts, RAG by section, where to look first, the {area} as a whole, and every provider against every "
     "indicator. It prints on A3, as Files, Action plans, Escalation, Trend charts and {sheet} do."),
    ("Data", "One row per entry, with the file, sheet and cells it came from. Sort and filter it as you like; a word "
     "on Summary links to the row that the entry had before sorting."),
    ("Findings", "must fix: the return is not complete without it. query: correct or explain. note: good to know. "
     "They are listed provider by provider; the blue cell opens the provider's own file there. A finding that belongs "
     "to no provider, such as one about a row of the register, names its list under file."),
    ("Files", "Every file found in the folder is here once: used, set aside (with what to do) or superseded, and what "
     "an officer decided. The returns of other periods are last."),
    ("Missing", "Providers on the register who must report this period and of whom no return is used, with a reminder "
     "ready to send."),
    ("Open matters", "What is open under the contract, since when, how far its plan has come and which step is "
     "proposed. It is the same whichever period a master shows."),
    ("Action plans, Escalation, Monitoring", "{performance}"),
    ("Trends, Trend charts", "Every figure of all periods with returns, compared with the period before."),
    ("Questions, Contacts, Decisions", "What providers are asked and what they answered, points of contact that they "
     "corrected, and what officers decided; each only where there is any."),
    ("What changed", "What differs from the master of this period that was made before; only where something does."),
    ("{sheet}, Cross-check", "The returns compared with the Council's own ledger and case system, where given."),
    ("Readings", "Where the {document} can be read in two ways: both readings, which is in force, and every entry "
     "that the two rate differently."),
)  # fmt: skip

RULES = (
    ("RAG", "Decided on the exact fraction of x and y, never on a rounded percentage. An edge of a band is Amber: "
     "exactly 95% under “above 95% is Green” is Amber."),
    ("No RAG", "{information} No cases: 0 of 0, not a failure. Not entered, "
     "Incomplete (x or y is empty) and Check (the figures cannot be right) are explained in Findings. "
     "Unrated: the {document} as written has no band for this outturn."),
    ("No return, no row", "Missing: no return is used. Not asked: the register says the provider holds this lot, but "
     "its workbook was built without it. An empty grey cell: the provider does not report it."),
    ("Rows of Data", "Every entry that is due this period, and optional ones that were filled in. Figures of entries "
     "that are not due are not used."),
    ("Which file counts", "One return per provider and period, in this order: the one that an officer decided on; one "
     "whose provider and period are certain; one that is complete and declared; the one received later, or else saved "
     "later, where nothing speaks against the time in the file. Where that is not known, the one declared later, with "
     "a query. Exact copies count once. Names and order of the files make no difference."),
    ("{Area} outturn", "All x added up and divided by all y added up (never a mean of percentages), entries to check "
     f"left out. {{no_y}}{SMALL_RULE}"),
    ("Direction of the {area}", "The change since the due period before: by RAG first, then by the exact outturn. "
     f"{UNEVEN_RULE}"),
    ("gap", "By how many x must rise (+) or fall (−), with y unchanged, for Green; 0 is Green."),
    ("Late", "Received after the day by which the return was to be sent, by its email or by a decision. Where that is "
     "not known, declared after it, as typed."),
)  # fmt: skip


def describe_final(result: Consolidation) -> str:
    """Write since when the period has been final, and by whose decision; empty where it is not."""
    lock = result.final
    return f"Final since {long_date(lock.decided_on)}, decided by {lock.decided_by}. " if lock else ""


def _run_facts(result: Consolidation, catalogue: Catalogue, run: RunInfo) -> Iterator[tuple[str, str]]:
    yield "Period", str(result.period or "none: no file is a return")
    if result.final:
        advice = "A file that came later is not used until the period is reopened."
        yield "Final", f"{describe_final(result)}{advice}"
    counts = f"{result.used} used + {result.set_aside} set aside + {result.superseded} superseded"
    yield "Files", f"{result.found} found = {counts}."
    why = result.missing_not_known
    expected = f"{result.expected} providers must report this period."
    yield "Register", f"Missing returns are not known: {why}." if why else expected
    yield "Days", f"Counted to {long_date(result.as_of)}."
    yield "Indicators", f"Catalogue {catalogue.version}: {catalogue.source}."
    templates = sorted({row.template for row in result.rows})
    yield "Templates", f"Catalogue and layout that the returns were built with: {', '.join(templates) or 'none'}."
    yield "Made with", f"xlkpi {run.version}{f', {run.made_on}' if run.made_on else ''}."
    yield "Reproducibility", "The same files, register, day and versions give an identical master, byte for byte."
