"""The whole return as a plan: from catalogue, provider and period to every cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Dict, List, Mapping, Tuple

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.checks import AskedIndicator, Entry
from xlkpi.core.lot import Provider, select_sections
from xlkpi.core.period import Period
from xlkpi.layout.action_plan import plan_actions
from xlkpi.layout.addresses import COVER, MANIFEST, NATIVE, UDF, Place, ReturnKey, list_asked, locate_indicators
from xlkpi.layout.carried_forward import NOTHING, CarriedForward, count_question_rows
from xlkpi.layout.cover.plan_cover import plan_cover
from xlkpi.layout.cover.rows import Declaration, declared_on_cell
from xlkpi.layout.function_formulas import RowOfFormulas, formulas_of_row
from xlkpi.layout.help_sheet import plan_help
from xlkpi.layout.live_values import LiveRow, compute_live_rows
from xlkpi.layout.open_plans import fill_in_plans, update_step
from xlkpi.layout.plan_model import ReturnPlan, SheetPlan, Slot, SlotKind
from xlkpi.layout.provider_texts import LastFigures, ProviderTexts, Sender, make_provider_texts
from xlkpi.layout.questions import answer_step, plan_questions
from xlkpi.layout.section import plan_section
from xlkpi.ooxml.addresses import quoted_sheet

UNDECLARED = Declaration()
NO_SENDER = Sender()
NO_FIGURES: Mapping[str, LastFigures] = MappingProxyType({})
MANIFEST_NOTE = "xlkpi uses this sheet to recognise the return. Do not edit or delete it."


@dataclass(frozen=True)
class Filled:
    """What a provider has entered: entries by code, the declaration, answers by number. Empty: a blank return."""

    entries: Mapping[str, Entry]
    declaration: Declaration = UNDECLARED
    saved_on: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)


BLANK = Filled({})


@dataclass(frozen=True, eq=False)  # a layout is itself and no other, so that what follows from it can be remembered
class ReturnLayout:
    """Where everything is in the returns of one key, before any text of a provider is filled in."""

    catalogue: Catalogue
    key: ReturnKey
    asked: Tuple[AskedIndicator, ...]
    places: Mapping[str, Place]

    @cached_property
    def titles(self) -> Tuple[str, ...]:
        """The names of the section sheets in order."""
        return tuple(s.title for s in self.catalogue.sections if s.key in self.key.sections)

    @cached_property
    def formulas(self) -> Mapping[str, RowOfFormulas]:
        """The live cells of each row that is due, by code: half of planning a return, and alike in all returns."""
        return {
            each.indicator.code: formulas_of_row(each, self.places, self.catalogue.relations, self.key).all()
            for each in self.asked
            if each.due
        }


_layouts: Dict[Tuple[str, ReturnKey], ReturnLayout] = {}


def get_layout(catalogue: Catalogue, key: ReturnKey) -> ReturnLayout:
    """Give the layout of a key; each is made once, because thousands of files share a few."""
    known = _layouts.get((catalogue.version, key))
    # A test may load another catalogue with the same version, so the version alone is not enough.
    if known is None or known.catalogue is not catalogue:
        asked = list_asked(catalogue, key)
        known = _layouts[catalogue.version, key] = ReturnLayout(
            catalogue, key, asked, locate_indicators(catalogue, asked, open_plans=key.open_plans)
        )
    return known


def make_return_key(
    catalogue: Catalogue,
    provider: Provider,
    period: Period,
    as_written: Tuple[str, ...] = (),
    edition: str = NATIVE,
    carried: CarriedForward = NOTHING,
) -> ReturnKey:
    """Give the key of a provider's template in a period, under these readings and in this edition."""
    sections = tuple(s.key for s in select_sections(provider, catalogue.sections))
    held = {i.code for s in sections for i in catalogue.of_section(s)}
    questions = count_question_rows(len(carried.questions))
    return ReturnKey(sections, period, tuple(sorted(held & set(as_written))), edition, bool(carried.plans), questions)


def plan_return(
    catalogue: Catalogue,
    provider: Provider,
    period: Period,
    *,
    sender: Sender = NO_SENDER,
    previous: Mapping[str, LastFigures] = NO_FIGURES,
    as_written: Tuple[str, ...] = (),
    edition: str = NATIVE,
    filled: Filled = BLANK,
    carried: CarriedForward = NOTHING,
) -> ReturnPlan:
    """Plan the return of one provider: blank, or as it is when ``filled`` has been typed in."""
    key = make_return_key(catalogue, provider, period, as_written, edition, carried)
    texts = make_provider_texts(catalogue, key, provider, sender, previous, carried=carried)
    return plan_from(get_layout(catalogue, key), texts, filled)


def plan_from(layout: ReturnLayout, texts: ProviderTexts, filled: Filled = BLANK) -> ReturnPlan:
    """Plan a return from the provider's texts (or from marks, for a template that will be stamped)."""
    catalogue, key = layout.catalogue, layout.key
    planned = [code for code, place in layout.places.items() if place.plan_row] if key.open_plans else []
    entries = fill_in_plans(filled.entries, planned, texts)
    live = compute_live_rows(layout.asked, layout.places, catalogue.relations, entries, texts.previous_y)
    sections = [s for s in catalogue.sections if s.key in key.sections]
    rows: Dict[str, List[LiveRow]] = {s.key: [] for s in sections}
    for row in live.values():
        rows[row.row.asked.indicator.section].append(row)
    declared = f"{quoted_sheet(COVER)}!{declared_on_cell(len(sections), key.more_steps)}"
    steps = [
        *([update_step(list(live.values()), layout.places, texts)] if key.open_plans else []),
        *([answer_step(key, texts, filled.answers, catalogue.words)] if key.question_rows else []),
    ]
    sheets = [
        plan_cover(sections, rows, key, texts, filled.declaration, steps),
        *(plan_section(s, rows[s.key], layout.places, layout.formulas, key, texts) for s in sections),
        plan_actions(list(live.values()), layout.places, key, texts, declared, filled.declaration.on),
        *([plan_questions(key, texts, filled.answers, catalogue.words)] if key.question_rows else []),
        plan_help(layout.asked, texts, key),
        _plan_manifest(texts),
    ]
    made_on = key.period.end.isoformat()
    with_macros, author = key.edition == UDF, catalogue.words.council
    return ReturnPlan(tuple(sheets), texts["title"], made_on, filled.saved_on, with_macros, author)


def _plan_manifest(texts: ProviderTexts) -> SheetPlan:
    return SheetPlan(
        name=MANIFEST,
        slots=(
            Slot(1, 1, SlotKind.LABEL, "hidden", MANIFEST_NOTE),
            Slot(2, 1, SlotKind.STAMP, "hidden", texts["manifest"], name="Return.manifest"),
        ),
        columns=((80.0, False),),
        hidden=True,
    )
