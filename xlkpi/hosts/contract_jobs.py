"""Jobs of the menu that belong to a contract folder, and how the other jobs find it.

Each job imports what it needs by itself, so that none waits for what another one loads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from xlkpi.hosts.job_words import describe_faults, many
from xlkpi.hosts.protocol import Outcome

if TYPE_CHECKING:
    from xlkpi.commands.contract import ContractRun
    from xlkpi.core.period import Period
    from xlkpi.council import ContractFolder

Progress = Callable[[str, int, int], None]
SHOWN_TASKS = 12


def contract_run(answers: Mapping[str, str], period: str | None = None) -> ContractRun | None:
    """Find the run of a job whose answers name a contract folder; None where they name an ordinary one."""
    from xlkpi.commands.contract import NoContractFolder, find_contract_run  # noqa: PLC0415 - as each job: only what it needs

    try:
        return find_contract_run(answers.get("folder", ""), period)
    except NoContractFolder:
        return None


class ReturnsLists(TypedDict):
    """What a command reads beside a folder of returns, under the names it has there."""

    register: Path | None
    period: Period | None
    contract: ContractFolder | None


def lists_beside(folder: Path | str, run: ContractRun | None) -> ReturnsLists:
    """Give what is read beside a folder of returns: all that a contract folder has, else a register near it."""
    if run:
        return {"register": run.register, "period": run.period, "contract": run.contract}
    return {"register": register_near(Path(folder)), "period": None, "contract": None}


def register_near(folder: Path) -> Path | None:
    """Find a register of providers beside the folder of returns: ``register.csv`` or ``register.xlsx``."""
    return next((path for name in ("register.csv", "register.xlsx") if (path := folder.parent / name).is_file()), None)


def new(answers: Mapping[str, str], _progress: Progress) -> Outcome:
    """Make a contract folder, and open it."""
    from xlkpi.commands.new import make_contract_folder  # noqa: PLC0415 - as above

    contract = make_contract_folder(answers["folder"])
    lines = (
        f"Contract folder: {contract.root}",
        "Enter the providers in register.csv and your contacts in xlkpi.toml. README.txt says what goes where.",
    )
    return Outcome("\n".join(lines), (str(contract.root),))


def feedback(answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Make a scorecard and an email for each provider, and open their folder."""
    from xlkpi.commands.feedback import make_feedback  # noqa: PLC0415 - as above

    run = contract_run(answers)
    folder = run.contract.inbox if run else Path(answers["folder"])
    given = make_feedback(
        folder,
        run.feedback if run else answers["out"],
        progress=lambda done, of: progress("Reading returns", done, of),
        **lists_beside(folder, run),
    )
    cards = sum(bool(entry.scorecard) for entry in given.entries)
    lines = [
        f"Period: {given.period}." if given.period else "No file in this folder is a return.",
        f"{many(cards, 'scorecard')} and {many(len(given.entries) - cards, 'reminder')} written to {given.folder}.",
        *filter(None, (*given.notes, given.pdfs)),
    ]
    return Outcome("\n".join(lines + describe_faults(given.faults)), (str(given.folder),))


def escalate(answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Write the letter of every step that is proposed, and open their folder."""
    from xlkpi.commands.escalate import escalate as propose  # noqa: PLC0415 - as above
    from xlkpi.commands.escalation_files import count_letters  # noqa: PLC0415 - as above

    run = contract_run(answers)
    folder = run.contract.inbox if run else Path(answers["folder"])
    out = run.letters if run else Path(answers["out"])
    proposed = propose(
        folder, out=out, progress=lambda done, of: progress("Reading returns", done, of), **lists_beside(folder, run)
    )
    written = [each for each in proposed.steps if each.letter]
    lines = [
        f"{many(len(proposed.matters.open), 'matter')} open. {many(count_letters(written), 'letter')} written to {out}."
    ]
    lines += [f"{each.step.rung.step}: {each.step.provider}, {', '.join(each.step.subjects)}" for each in written]
    lines += filter(None, (proposed.of_before,))
    lines += describe_faults(proposed.faults)
    return Outcome("\n".join(lines), (str(out),) if written else ())


def status(answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Show what is next under the contract, the first things to do."""
    from xlkpi.commands.contract import find_contract_run  # noqa: PLC0415 - as above
    from xlkpi.commands.status import read_status  # noqa: PLC0415 - as above

    run = find_contract_run(answers.get("folder", ""))
    report = read_status(run, progress=lambda done, of: progress("Reading returns", done, of))
    lines = [f"{many(len(report.tasks), 'thing')} to do, {report.overdue} of them overdue.", ""]
    lines += [" · ".join(task.columns(report.as_of)) for task in report.tasks[:SHOWN_TASKS]]
    if len(report.tasks) > SHOWN_TASKS:
        lines.append(f"and {len(report.tasks) - SHOWN_TASKS} more: xlkpi status lists all of them.")
    return Outcome("\n".join(lines + describe_faults(report.faults)))


def decide(answers: Mapping[str, str], _progress: Progress) -> Outcome:
    """Write one row in the log of decisions, about what the selected row of a master names."""
    from xlkpi.commands.contract import find_contract_run  # noqa: PLC0415 - as above
    from xlkpi.commands.decide import decide as record  # noqa: PLC0415 - as above
    from xlkpi.council.decisions.kinds import parse_kind  # noqa: PLC0415 - as above
    from xlkpi.performance.open_matters import ABOUT_MATTERS  # noqa: PLC0415 - as above

    run = find_contract_run(answers.get("folder", ""))
    about = _about_row(json.loads(answers["row"]), run)
    if parse_kind(answers["kind"]) in ABOUT_MATTERS:
        # The row has the period in which the matter opened: a decision about that one would leave out the later ones.
        about = {**about, "period": "", "file": ""}
    recorded = record(
        answers["kind"],
        why=answers["why"],
        value=answers.get("value", ""),
        folder=run.contract.root,
        provider_id=about["provider_id"],
        period=about["period"],
        indicator=about["indicator"],
        file=about["file"],
    )
    decision = recorded.decision
    parts = (decision.provider_id, str(decision.period or ""), decision.indicator, decision.file)
    lines = (
        f"{decision.kind.value}: {', '.join(part for part in parts if part) or 'the contract'}.",
        f"Written to {recorded.log.name} as decided by {decision.decided_by}. The next master shows it.",
        *recorded.doubts,
    )
    return Outcome("\n".join(lines))


def _about_row(texts: Sequence[str], run: ContractRun) -> Mapping[str, str]:
    """Find in the texts of a row the provider, period, indicator and file that they name; empty for what is not there.

    A provider is known by the register, a file by the inbox: any other text is about something else.
    """
    from xlkpi.core.period_text import parse_period  # noqa: PLC0415 - as above
    from xlkpi.council import locate_lists, read_council  # noqa: PLC0415 - as above

    council = read_council(locate_lists(run.contract.inbox, contract=run.contract))
    known = council.register.by_id or {}
    tests: Mapping[str, Callable[[str], object]] = {
        "provider_id": lambda text: text in known,
        "period": lambda text: parse_period(text, council.terms.scheme),
        "indicator": lambda text: text in council.catalogue.indicators,
        "file": lambda text: text and _is_in_inbox(run.contract.inbox / text),
    }
    stripped = [text.strip() for text in texts]
    return {name: next(filter(is_one, stripped), "") for name, is_one in tests.items()}


def _is_in_inbox(path: Path) -> bool:
    """Decide whether a path is a file of the inbox, or one that is attached to an email there."""
    from xlkpi.consolidation.email_names import is_email_name  # noqa: PLC0415 - as above

    return path.is_file() or (is_email_name(path.parent.name) and path.parent.is_file())
