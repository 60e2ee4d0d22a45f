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
    WARNING_DAYS,
    WARNING_STATES,
)
from xlkpi.performance.escalation_rules import EscalationStep, Ground
from xlkpi.performance.missed_target import MissedTarget
from xlkpi.performance.wording import describe_figure, describe_plan, is_red
from xlkpi.performance.working_days import add_working_days


def draft_letter(case: MissedTarget, people: ContactBook, as_of: date) -> str:
    """The letter for a case's step, dated on the master's day; what nobody told us stands in square brackets."""
    provider = people.register.get(case.row.provider_id)
    level = LEVELS[case.step]
    to = find_contact(provider.contacts if provider else (), level)
    ours = find_contact(people.council, level)
    body = _warning(case, as_of) if case.step is EscalationStep.WARNING else _request(case)
    paragraphs = (
        "\n".join(_head(case, provider, to[1] if to else None, as_of)),
        f"Dear {to[1].name if to and to[1].name else '[name]'},",
        *body,
        *_indicative(case, provider),
        "Yours sincerely,",
        "\n".join(_signed(ours[1] if ours else None)),
    )
    return "\n\n".join(paragraphs)


def _head(case: MissedTarget, provider: Provider | None, to: Contact | None, as_of: date) -> Iterator[str]:
    subject = {
        EscalationStep.WARNING: "Formal warning",
        EscalationStep.ACTION_PLAN: "Action plan",
        EscalationStep.REASONS: "Reasons for missing a target",
    }[case.step]
    yield f"{subject}: {case.row.indicator}, {case.row.period}"
    whom = ", ".join(part for part in (to.name, to.position) if part) if to else ""
    yield f"To: {f'{whom}, ' if whom else ''}{case.row.provider}"
    if provider and provider.contract_ref:
        yield f"Contract: {provider.contract_ref}"
    yield f"Date: {long_date(as_of)}"


def _signed(ours: Contact | None) -> Iterator[str]:
    yield ours.name if ours and ours.name else "[name]"
    if ours and ours.position:
        yield ours.position
    yield "Kent County Council"
    if ours and (ours.email or ours.telephone):
        yield ", ".join(part for part in (ours.email, ours.telephone) if part)


def _performance(case: MissedTarget) -> str:
    """What is measured, what it was, what Green is."""
    definition = case.indicator.read(case.path.reading)
    green = band_words(definition.bands.green) if definition.bands else ""
    rest = ", of the share (y − x) ÷ y" if definition.outturn is OutturnRule.REST_OF_Y else ""
    measures = " ".join(case.indicator.description.split())
    return f"{case.row.indicator} measures: “{measures}”. {describe_figure(case.run[0])}. Green is {green}{rest}."


def _warning(case: MissedTarget, as_of: date) -> Iterator[str]:
    adequate, explanation, required = WARNING_STATES
    yield "This is a formal warning under paragraph 11.0 (Inadequate Performance) of the Schedule. It states:"
    yield f"(a) “{adequate}”\n{_performance(case)}"
    yield f"(b) “{explanation}”\n" + "\n".join(_explanation(case))
    by = add_working_days(as_of, WARNING_DAYS)
    yield (
        f"(c) “{required}”\nParagraph 11.3 says: “{PLAN_AGREED}” If you receive this warning on {long_date(as_of)}, "
        f"that is by {long_date(by)}. Use the template of Appendix A."
    )


def _explanation(case: MissedTarget) -> Iterator[str]:
    if case.ground is Ground.RED_AFTER_PLAN:
        yield f"{case.row.indicator} is Red again after an action plan."
    else:
        yield f"{case.row.indicator} has missed its target in {len(case.run)} due reporting periods running."
    yield from (f"{describe_figure(figure)}." for figure in case.run[1:])
    yield from (describe_plan(line) for line in case.earlier_plans)
    if case.reason:
        yield f"The reason your return gives: “{' '.join(case.reason.split())}”"


def _request(case: MissedTarget) -> Iterator[str]:
    yield _performance(case)
    if case.step is EscalationStep.REASONS:
        yield f"Paragraph 5.0 of the Schedule says: “{AMBER_REASONS}” “{AMBER_PLAN}”"
        if case.reason:
            yield f"Your return gives this reason: “{' '.join(case.reason.split())}”"
        else:
            yield "Your return gives no reason. Send it to us, and what you intend to do."
        return
    if case.ground is Ground.FROM_RED:
        yield "It has risen from Red to Amber. Tell us which actions of your action plan are done, and what is left."
    else:
        yield f"Section 3.0 of the Schedule says: “{BELOW_STANDARD}”"
    yield f"An action plan “{PLAN_OBJECTIVES}” (5.0) {_about_the_plan(case)}"


def _about_the_plan(case: MissedTarget) -> str:
    """What we ask for: a plan, its missing parts, or a talk about the one that was returned."""
    if case.plan is None:
        asked = "Send us an action plan" if is_red(case) else "If you have none yet, send us one"
        return f"{asked}, in the template of Appendix A."
    parts = find_missing_parts(case.plan)
    if parts:
        return f"The one in your return lacks: {', '.join(parts)}. Complete it and send it to us."
    return "We have the one in your return, and will go through it with you to agree it."


def _indicative(case: MissedTarget, provider: Provider | None) -> Iterator[str]:
    ends = find_first_year_end(provider)
    if ends and case.row.period.end <= ends:
        yield f"Your contract is in year 1 until {long_date(ends)}. Paragraph 8.0 says: “{INDICATIVE}”"
