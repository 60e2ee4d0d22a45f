"""``xlkpi escalate``: what is open, the step proposed, and its letter."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import (
    add_as_of_option,
    add_json_option,
    add_overwrite_option,
    add_period_option,
    add_previous_option,
    day_argument,
    optional,
)
from xlkpi.cli.in_contract_folder import contract_of, period_of
from xlkpi.cli.terminal import DONE, FIX, progress_bar, say, say_faults, say_kept, say_note
from xlkpi.core.day import short_date

if TYPE_CHECKING:
    from xlkpi.commands.contract import ContractRun
    from xlkpi.commands.escalate import Escalation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi escalate``."""
    source = "returns of all periods, a master, or a folder of masters (else the inbox of the contract folder)"
    parser.add_argument("source", nargs="?", metavar="FOLDER|MASTER", help=source)
    out = "the folder for the letters (in a contract folder: else out/PERIOD/letters; elsewhere: else none is written)"
    parser.add_argument("--out", metavar="DIR", help=out)
    parser.add_argument("--register", metavar="FILE", help="contacts, contract days and who must report")
    add_previous_option(parser)
    parser.add_argument("--decisions", metavar="FILE", help="the log of decisions (else the one beside the folder)")
    add_period_option(parser, "the period collected")
    add_as_of_option(parser, "the day it is open on")
    templates = "write our letters into the contract folder's templates/, to change them there, and nothing else"
    parser.add_argument("--templates", action="store_true", help=templates)
    add_overwrite_option(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the steps proposed and write their letters; status 1 where a return is missing."""
    from xlkpi.commands.escalate import escalate

    run = contract_of(arguments, arguments.source, "the returns, or a master")
    if arguments.templates:
        return _write_templates(run)
    with progress_bar("Reading returns") as progress:
        escalation = escalate(
            run.contract.inbox if run else arguments.source,
            out=arguments.out or (run.letters if run else None),
            register=arguments.register,
            previous=arguments.previous,
            decisions=arguments.decisions,
            period=period_of(arguments, run),
            as_of=optional(day_argument, arguments.as_of),
            overwrite=arguments.overwrite,
            progress=progress,
            contract=run.contract if run else None,
        )
    if arguments.json:
        from xlkpi.cli.json_escalate import escalation_document

        print(escalation_document(escalation))
    else:
        _print(escalation)
    say_kept(escalation.kept)
    say_note(escalation.of_before)
    faulty = say_faults(escalation.faults)
    missing = any(matter.is_return_missing for matter in escalation.matters.open)
    return FIX if faulty or missing else DONE


def _write_templates(run: ContractRun | None) -> int:
    from xlkpi.commands.contract import NoContractFolder
    from xlkpi.commands.letter_templates import write_templates

    if run is None:
        raise NoContractFolder
    written = write_templates(run.contract)
    for path in written:
        print(path)
    say(f"{len(written)} templates written; those that were there are unchanged. Change them in Word.")
    return DONE


def _print(escalation: Escalation) -> None:
    from xlkpi.commands.escalation_files import count_letters

    for written in escalation.steps:
        step = written.step
        by = f"by {short_date(step.by)}" if step.by else ""
        about = f"{step.provider_id} {step.provider}"
        print("\t".join((step.rung.step, about, ", ".join(step.subjects), by, written.letter)))
    count, letters = len(escalation.matters.open), count_letters(escalation.steps)
    where = f" {letters} letters in {escalation.folder}." if escalation.folder else ""
    say(f"{count} open on {short_date(escalation.as_of)}, {len(escalation.steps)} steps proposed.{where}")
    say("An officer decides. Record what is decided: xlkpi decide.")
