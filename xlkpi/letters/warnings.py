"""Letters ready to send: a formal warning, a request for an action plan, a request for reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlkpi.core.day import long_date
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.layout.wording import band_words
from xlkpi.performance.action_plan_status import find_missing_parts
from xlkpi.performance.contacts import LEVELS, ContactBook, find_contact, find_first_year_end
from xlkpi.performance.contract_quotes import (
    AMBER_PLAN,
    AMBER_REASONS,
    BELOW_STANDARD,
    INDICATIVE,
    PLAN_AGREED,
    PLAN_OBJECTIVES,
    WARNING_STATES,
)
from xlkpi.performance.escalation_rules import EscalationStep, Ground
from xlkpi.performance.missed_target import MissedTarget
from xlkpi.performance.wording import describe_figure, describe_plan
from xlkpi.performance.working_days import find_contract_deadlines


def draft_letter(target: MissedTarget, contacts: ContactBook, as_of: date) -> str:
    """Draft the letter for a missed target's step, dated on the master's day; missing details are in [brackets]."""
    provider = contacts.register.get(target.row.provider_id)
    level = LEVELS[target.step]
    recipient = find_contact(contacts.contacts_of(target.row.provider_id), level)
    sender = find_contact(contacts.council, level)
    body = _warning(target, as_of) if target.step is EscalationStep.WARNING else _request(target)
    paragraphs = (
        "\n".join(_heading(target, provider, recipient[1] if recipient else None, as_of)),
        f"Dear {recipient[1].name if recipient and recipient[1].name else '[name]'},",
        *body,
        *_indicative(target, provider),
        "Yours sincerely,",
        "\n".join(_signature(sender[1] if sender else None)),
    )
    return "\n\n".join(paragraphs)


def _heading(target: MissedTarget, provider: Provider | None, recipient: Contact | None, as_of: date) -> Iterator[str]:
    subject = {
        EscalationStep.WARNING: "Formal warning",
        EscalationStep.ACTION_PLAN: "Action plan",
        EscalationStep.REASONS: "Reasons for missing a target",
    }[target.step]
    yield f"{subject}: {target.row.indicator}, {target.row.period}"
    person = ", ".join(part for part in (recipient.name, recipient.position) if part) if recipient else ""
    yield f"To: {f'{person}, ' if person else ''}{target.row.provider}"
    if provider and provider.contract_ref:
        yield f"Contract: {provider.contract_ref}"
    yield f"Date: {long_date(as_of)}"


def _signature(sender: Contact | None) -> Iterator[str]:
    yield sender.name if sender and sender.name else "[name]"
    if sender and sender.position:
        yield sender.position
    yield "Kent County Council"
    if sender and (sender.email or sender.telephone):
        yield ", ".join(part for part in (sender.email, sender.telephone) if part)


def _performance(target: MissedTarget) -> str:
    """What is measured, the result, and what Green is."""
    definition = target.indicator.read(target.series.reading)
    green = band_words(definition.bands.green) if definition.bands else ""
    rest = ", of the share (y − x) ÷ y" if definition.outturn is OutturnRule.REST_OF_Y else ""
    measures = " ".join(target.indicator.description.split())
    figure = describe_figure(target.missed_points[0])
    return f"{target.row.indicator} measures: “{measures}”. {figure}. Green is {green}{rest}."


def _warning(target: MissedTarget, as_of: date) -> Iterator[str]:
    adequate, explanation, required = WARNING_STATES
    yield "This is a formal warning under paragraph 11.0 (Inadequate Performance) of the Schedule. It states:"
    yield f"(a) “{adequate}”\n{_performance(target)}"
    yield f"(b) “{explanation}”\n" + "\n".join(_explanation(target))
    by = find_contract_deadlines(as_of).warning_plan_by
    yield (
        f"(c) “{required}”\nParagraph 11.3 says: “{PLAN_AGREED}” If you receive this warning on {long_date(as_of)}, "
        f"that is by {long_date(by)}. Use the template of Appendix A."
    )


def _explanation(target: MissedTarget) -> Iterator[str]:
    if target.ground is Ground.RED_AFTER_PLAN:
        yield f"{target.row.indicator} is Red again after an action plan."
    else:
        periods = len(target.missed_points)
        yield f"{target.row.indicator} has missed its target in {periods} consecutive due reporting periods."
    yield from (f"{describe_figure(point)}." for point in target.missed_points[1:])
    yield from (describe_plan(plan) for plan in target.earlier_plans)
    if target.reason:
        yield f"The reason your return gives: “{' '.join(target.reason.split())}”"


def _request(target: MissedTarget) -> Iterator[str]:
    yield _performance(target)
    if target.step is EscalationStep.REASONS:
        yield f"Paragraph 5.0 of the Schedule says: “{AMBER_REASONS}” “{AMBER_PLAN}”"
        if target.reason:
            yield f"Your return gives this reason: “{' '.join(target.reason.split())}”"
        else:
            yield "Your return gives no reason. Send us the reason, and what you intend to do."
        return
    if target.ground is Ground.FROM_RED:
        yield "It has risen from Red to Amber. Tell us which actions of your plan are complete, and what remains."
    else:
        yield f"Section 3.0 of the Schedule says: “{BELOW_STANDARD}”"
    yield f"An action plan “{PLAN_OBJECTIVES}” (5.0) {_about_the_plan(target)}"


def _about_the_plan(target: MissedTarget) -> str:
    """What we ask for: a plan, its missing parts, or a discussion of the one that was returned."""
    if target.plan is None:
        request = "Send us an action plan" if target.is_red else "If you have none yet, send us one"
        return f"{request}, in the template of Appendix A."
    parts = find_missing_parts(target.plan)
    if parts:
        return (
            f"These parts are missing from the one in your return: {', '.join(parts)}. Complete it and send it to us."
        )
    return "We have the one in your return, and will discuss it with you to agree it."


def _indicative(target: MissedTarget, provider: Provider | None) -> Iterator[str]:
    ends = find_first_year_end(provider)
    if ends and target.row.period.end <= ends:
        yield f"Your contract is in year 1 until {long_date(ends)}. Paragraph 8.0 says: “{INDICATIVE}”"
