"""The steps that are proposed: one per provider and step, naming every KPI, with why, by when and who to contact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xlkpi.catalogue.ladder import Condition, Rung, StepKind
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.day import long_date
from xlkpi.core.lot import Provider, by_name
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.contact_book import ContactBook, describe_contact
from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.performance.wording import describe_considerations, describe_history, join_periods


@dataclass(frozen=True)
class ProviderStep:
    """A step for one provider, with every matter that it is about, the gravest first.

    ``letter_matters`` are all that the provider's letter of this kind is about: those of its other steps too, because
    nobody gets two letters of one kind. ``contact`` and ``council_contact`` are the people whom it names, by the
    gravest rung of its matters.
    """

    matters: tuple[OpenMatter, ...]
    letter_matters: tuple[OpenMatter, ...]
    contact: str
    council_contact: str

    @cached_property
    def rung(self) -> Rung:
        """The gravest rung of its matters."""
        return _gravest(self.matters)

    @property
    def provider_id(self) -> str:
        """The provider's id."""
        return self.matters[0].provider_id

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self.matters[0].provider

    @property
    def entry(self) -> Provider | None:
        """The provider's row of the register."""
        return self.matters[0].entry

    @property
    def words(self) -> ContractWords:
        """The contract's words."""
        return self.matters[0].words

    @property
    def as_of(self) -> date:
        """The day on which the step is proposed."""
        return self.matters[0].as_of

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about: codes of KPIs, and the returns."""
        return tuple(matter.subject for matter in self.matters)

    @property
    def rag(self) -> Rag | None:
        """The worst rating of its KPIs."""
        rags = [matter.rag for matter in self.matters]
        return next((rag for rag in (Rag.RED, Rag.AMBER) if rag in rags), None)

    @property
    def paragraph(self) -> str:
        """The paragraphs that provide for it."""
        parts = [part for matter in self.matters if matter.rung for part in matter.rung.paragraph.split(", ")]
        return ", ".join(dict.fromkeys(parts))

    @property
    def by(self) -> date | None:
        """The day that the contract sets; the first of several."""
        return min((matter.by for matter in self.matters if matter.by), default=None)

    @property
    def ground(self) -> str:
        """Why the step is proposed."""
        return self._for_each([matter.rung.ground if matter.rung else "" for matter in self.matters])

    @property
    def history(self) -> str:
        """The results of each matter, and its plan."""
        return self._for_each([describe_history(matter) for matter in self.matters])

    @property
    def considerations(self) -> str:
        """Points for and against."""
        return self._for_each([describe_considerations(matter) for matter in self.matters])

    @property
    def next_step(self) -> str:
        """What to do next."""
        words = [" ".join(_next_words(matter)) for matter in self.matters]
        return "\n".join(filter(None, (*_first_words(self), self._for_each(words))))

    @property
    def reserved(self) -> str:
        """What the Council reserves for continuous failure; empty where the contract does not allow to name it."""
        fails = any(matter.fails_continuously for matter in self.matters)
        return self.words.say("reserved") if fails else ""

    def _for_each(self, texts: Sequence[str]) -> str:
        if len(set(texts)) == 1:
            return texts[0]
        named = zip(self.subjects, texts, strict=True)
        return "\n".join(f"{subject}: {text}" for subject, text in named if text)


def list_steps(matters: OpenMatters, contacts: ContactBook) -> tuple[ProviderStep, ...]:
    """List the steps proposed, the gravest first, then by provider; steps of one kind share the provider's letter."""
    groups: dict[tuple[str, StepKind, str], list[OpenMatter]] = {}
    letters: dict[tuple[str, StepKind], list[OpenMatter]] = {}
    for matter in matters.open:
        if matter.rung:
            step = "" if matter.rung.kind is StepKind.WARNING else matter.rung.step
            groups.setdefault((matter.provider_id, matter.rung.kind, step), []).append(matter)
            letters.setdefault((matter.provider_id, matter.rung.kind), []).append(matter)
    steps = [_step_of(group, letters[provider_id, kind], contacts) for (provider_id, kind, _), group in groups.items()]

    def key(step: ProviderStep) -> tuple[object, ...]:
        place = step.matters[0].ladder.place(step.rung)
        return place, step.rag is not Rag.RED, *by_name(step.provider, step.provider_id)

    return tuple(sorted(steps, key=key))


def _step_of(group: Sequence[OpenMatter], in_letter: Sequence[OpenMatter], contacts: ContactBook) -> ProviderStep:
    named = _gravest(in_letter).contact
    return ProviderStep(
        tuple(group),
        tuple(in_letter),
        describe_contact(contacts.contacts_of(group[0].provider_id), named),
        describe_contact(contacts.council, named),
    )


def _gravest(matters: Sequence[OpenMatter]) -> Rung:
    return min((matter.rung for matter in matters if matter.rung), key=matters[0].ladder.place)


def _first_words(step: ProviderStep) -> Iterator[str]:
    if step.rung.kind is StepKind.WARNING and step.by:
        several = ", one letter for all of these" if len(step.matters) > 1 else ""
        days = {"received": long_date(step.as_of), "by": long_date(step.by)}
        yield step.words.say("decide warning", several=several, **days)
    elif step.rung.kind is StepKind.INTERVENTION:
        yield step.words.say("decide intervention")
    elif step.rung.kind is StepKind.TERMINATION:
        yield step.words.say("decide termination")


def _next_words(matter: OpenMatter) -> Iterator[str]:
    """What to do about one matter."""
    if matter.rung is None:
        return
    if matter.indicator is None:
        yield matter.words.say("ask for return", periods=join_periods(matter.returns_missing))
    elif matter.rung.condition is Condition.AMBER_WITHOUT_REASON:
        yield matter.words.say("ask for reason")
    elif matter.rung.condition is Condition.AMBER_WITH_REASON:
        yield matter.words.say("decide plan")
    elif matter.rung.condition is Condition.PLAN_RUNNING:
        yield matter.words.say("ask for progress")
    elif matter.plan.versions:
        yield from _about_the_plan(matter)
    elif matter.rag is Rag.RED and matter.plan.endings:
        ended = "has failed" if matter.plan.failed else "was delivered"
        yield f"The last action plan {ended}. Ask for a new one, with SMART objectives."
    elif matter.rag is Rag.RED:
        yield "No action plan was returned. Ask for one, with SMART objectives."


def _about_the_plan(matter: OpenMatter) -> Iterator[str]:
    parts = matter.plan.missing_parts
    if parts:
        yield f"These parts are missing from the action plan: {', '.join(parts)}. Ask for them."
    elif not matter.plan.agreed and matter.plan.due is None:
        yield "The action plan does not say by when. Ask for a day before you agree it."
    elif matter.agreed_since_warning or (matter.plan.agreed and not matter.warning):
        yield "Review the progress against the action plan."
    elif matter.by:
        yield matter.words.say("agree plan by", by=long_date(matter.by))
    else:
        yield matter.words.say("agree plan")
