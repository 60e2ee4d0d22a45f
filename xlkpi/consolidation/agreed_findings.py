"""What agreed figures ask of a return: a reason or a plan that its own figures did not ask for, or one no longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlkpi.consolidation.agreed_figures import possible_counts
from xlkpi.consolidation.found_file import FileOutcome
from xlkpi.core.assess import assess_indicator
from xlkpi.core.outturn_units import describe_pair
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import Rag
from xlkpi.council import Council
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import PLAN, Col
from xlkpi.ooxml.addresses import cell_address, parse_cell
from xlkpi.reading.returns.checked_return import ReturnedEntry

ABOUT_PLANS = frozenset((Code.PLAN, Code.PLAN_SAYS_NOTHING))
ABOUT_REASONS = frozenset((Code.REASON, Code.REASON_SAYS_NOTHING))


def findings_in_force(outcome: FileOutcome, findings: Sequence[Finding], council: Council) -> tuple[Finding, ...]:
    """Return the findings of a used return, with what its agreed figures ask for in place of the returned ones."""
    manifest, agreed = outcome.found.manifest, council.decisions.agreed_figures
    if manifest is None or not agreed:
        return tuple(findings)
    catalogue = council.terms.in_force(manifest.period)
    asked: dict[str, Rag | None] = {}
    more: list[Finding] = []
    for entry in outcome.found.checked.entries:
        decision = agreed.get((manifest.provider_id.casefold(), manifest.period, entry.code))
        if decision is None or not entry.due:
            continue
        indicator = catalogue.indicators[entry.code]
        counts = possible_counts(decision, indicator)
        if counts is not None:
            x, y = counts
            definition = indicator.read(entry.reading)
            asked[entry.code] = rag = assess_indicator(indicator, x, y, reading=entry.reading).rag
            more += _asked_by_agreement(entry, rag, {"code": entry.code, "figures": describe_pair(x, y, definition)})
    return (*(each for each in findings if _still_asked(each, asked)), *more)


def _still_asked(each: Finding, asked: Mapping[str, Rag | None]) -> bool:
    """Tell whether a finding about a reason or a plan still counts under the agreed RAG."""
    if each.indicator is None or each.indicator not in asked:
        return True
    rag = asked[each.indicator]
    if each.code in ABOUT_PLANS:
        return rag is Rag.RED
    return each.code not in ABOUT_REASONS or rag in (Rag.RED, Rag.AMBER)


def _asked_by_agreement(entry: ReturnedEntry, rag: Rag | None, facts: Mapping[str, str]) -> Iterator[Finding]:
    """Ask for what the return's own figures did not ask for."""
    reasoned = not (is_blank(entry.comment) and is_blank(entry.plan.issue))
    if rag in (Rag.RED, Rag.AMBER) and entry.rag not in (Rag.RED, Rag.AMBER) and not reasoned:
        place = parse_cell(entry.x_cell)
        at = cell_address(place[0], Col.COMMENT) if place else ""
        about = {**facts, "rag": rag.value, **({"comment_at": at} if at else {})}
        yield finding(Code.AGREED_REASON, about, indicator=entry.code, sheet=entry.sheet, cell=at)
    if rag is Rag.RED and entry.rag is not Rag.RED and not entry.plan.complete:
        at = f"{PLAN}, row {entry.plan_row}" if entry.plan_row else PLAN
        yield finding(Code.AGREED_PLAN, {**facts, "plan_at": at}, indicator=entry.code, sheet=PLAN)
