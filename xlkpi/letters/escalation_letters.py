"""The letter for a step that is proposed: one per provider and kind of letter, naming every KPI concerned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlkpi.catalogue.ladder import StepKind
from xlkpi.core.checks import join_words
from xlkpi.core.day import long_date
from xlkpi.core.vocabulary import Rag
from xlkpi.layout.wording import band_words, outturn_words
from xlkpi.letters.letter import Letter
from xlkpi.performance.contact_book import ContactBook, find_contact, find_first_year_end
from xlkpi.performance.escalation import ProviderStep
from xlkpi.performance.next_tasks import DAYS_TO_ANSWER
from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.wording import describe_matter_chance, describe_result, join_periods
from xlkpi.performance.working_days import add_working_days

SUBJECTS = {
    StepKind.INTERVENTION: "Intensive intervention",
    StepKind.WARNING: "Formal warning",
    StepKind.RETURN: "KPI return outstanding",
    StepKind.PLAN: "Action plan",
    StepKind.PROGRESS: "Progress of the action plan",
    StepKind.REASONS: "Reasons for missing a target",
}
"""What each letter is about; the Council alone decides about a termination, so no letter is drafted."""


def draft_letter(step: ProviderStep, contacts: ContactBook) -> Letter | None:
    """Draft the letter for a step, dated on the day it is proposed; None where the Council must decide first.

    It goes to the same people as the step's columns name. Steps of one kind for one provider give the same letter: it
    is about the matters of all of them, each with its own deadline.
    """
    step = replace(step, matters=step.letter_matters)
    subject = SUBJECTS.get(step.rung.kind)
    if subject is None:
        return None
    recipient = find_contact(contacts.contacts_of(step.provider_id), step.rung.contact)
    sender = find_contact(contacts.council, step.rung.contact)
    return Letter(
        f"{subject}: {join_words(_subjects(step))}",
        step.provider,
        step.entry.contract_ref if step.entry else "",
        step.as_of,
        recipient[1] if recipient else None,
        sender[1] if sender else None,
        tuple(filter(None, (*_body(step), *_indicative(step)))),
        step.words.council,
    )


def _subjects(step: ProviderStep) -> list[str]:
    return [f"{each.code}, {each.latest.period}" if each.indicator else _not_sent(each) for each in step.matters]


def _not_sent(matter: OpenMatter) -> str:
    return f"returns of {join_periods(matter.returns_missing)}"


def _body(step: ProviderStep) -> Iterator[str]:
    if step.rung.kind is StepKind.WARNING:
        yield from _warning(step)
    elif step.rung.kind is StepKind.INTERVENTION:
        yield from _intervention(step)
    elif step.rung.kind is StepKind.RETURN:
        yield from (_performance(matter) for matter in step.matters)
        yield step.words.say("return letter")
        yield f"We ask for it by {long_date(add_working_days(step.as_of, DAYS_TO_ANSWER))}."
    else:
        quoted: set[str] = set()
        for matter in step.matters:
            yield from _request(matter, quoted)


def _performance(matter: OpenMatter) -> str:
    """What is measured, the result, and what Green is; or which returns were not sent."""
    if matter.indicator is None:
        return f"We have not received your KPI return for {join_periods(matter.returns_missing)}."
    definition = matter.indicator.read(matter.latest.reading)
    green = band_words(definition.bands.green, definition.outturn) if definition.bands else ""
    of_what = outturn_words(definition)
    rest = f", {of_what}" if of_what else ""
    result = describe_result(matter.latest, definition)
    return f"{matter.code} measures: {_quoted(matter.indicator.description)} {result}. Green is {green}{rest}."


def _warning(step: ProviderStep) -> Iterator[str]:
    say = step.words.say
    yield say("warning letter")
    yield "\n".join((say("warning performance"), *(_performance(matter) for matter in step.matters)))
    yield "\n".join((say("warning explanation"), *(line for matter in step.matters for line in _explanation(matter))))
    by = say("warning by", received=long_date(step.as_of), by=long_date(step.by)) if step.by else ""
    yield say("warning plan", by=by)


def _explanation(matter: OpenMatter) -> Iterator[str]:
    """Why performance is not adequate: the ground, the results before, the plan, and the reason that was given."""
    ground = matter.rung.ground if matter.rung else ""
    yield f"{matter.subject}: {ground}."
    if matter.indicator is None:
        return
    definition = matter.indicator.read(matter.latest.reading)
    earlier = (result for result in reversed(matter.life.results) if result != matter.latest)
    yield from (f"{describe_result(result, definition)}." for result in earlier)
    plan = matter.plan.describe(matter.as_of)
    if plan:
        yield f"Action plan: {plan}."
    if matter.reason:
        yield f"The reason your return gives: {_quoted(matter.reason)}"
    chance = describe_matter_chance(matter)
    if chance:
        yield chance


def _intervention(step: ProviderStep) -> Iterator[str]:
    yield step.words.say("intervention letter")
    for matter in step.matters:
        yield _performance(matter)
        yield "\n".join(_explanation(matter))
    yield "We will meet you to agree what must happen, and how often we will review it. Tell us when you can meet us."


def _request(matter: OpenMatter, quoted: set[str]) -> Iterator[str]:
    """What we ask about one matter; the contract is quoted once, at the first matter that it applies to."""
    yield " ".join(filter(None, (_performance(matter), describe_matter_chance(matter))))
    if matter.rung and matter.rung.kind is StepKind.REASONS:
        yield _quote("reasons letter", matter, quoted)
        if matter.reason:
            reason = _quoted(matter.reason)
            yield f"Your return gives this reason: {reason} We will tell you if an action plan is needed."
        else:
            yield "Your return gives no reason. Send us the reason, and what you intend to do."
    elif matter.rung and matter.rung.kind is StepKind.PROGRESS:
        yield "Tell us which actions of your plan are complete, what remains, and by when."
    else:
        if matter.rag is Rag.RED:
            yield _quote("below standard letter", matter, quoted)
        what = _about_the_plan(matter)
        yield what if "plan letter" in quoted else matter.words.say("plan letter", what=what)
        quoted.add("plan letter")


def _quote(text: str, matter: OpenMatter, quoted: set[str]) -> str:
    """Give the contract's words; empty, which leaves out the paragraph, where this letter has them already."""
    if text in quoted:
        return ""
    quoted.add(text)
    return matter.words.say(text)


def _quoted(text: str) -> str:
    """Quote a text on one line, and end its sentence where it does not do so itself."""
    line = " ".join(text.split())
    return f"“{line}”" if line.endswith((".", "!", "?", "…")) else f"“{line}”."


def _about_the_plan(matter: OpenMatter) -> str:
    """What we ask for: a plan, its missing parts, or a discussion of the one that was returned."""
    by = matter.words.say("plan agreed by", by=long_date(matter.by)) if matter.by else ""
    if not matter.plan.versions:
        return matter.words.say("send plan", by=by)
    parts = matter.plan.missing_parts
    if parts:
        missing = ", ".join(parts)
        return f"These parts are missing from the one in your return: {missing}. Complete it and send it to us.{by}"
    no_day = "" if matter.plan.due or matter.plan.agreed else " It does not say by when: tell us the day."
    return f"We have the one in your return, and will discuss it with you to agree it.{no_day}{by}"


def _indicative(step: ProviderStep) -> Iterator[str]:
    ends = find_first_year_end(step.entry)
    if ends and any(matter.indicator and matter.latest.period.end <= ends for matter in step.matters):
        yield step.words.say("first year letter", ends=long_date(ends))
