"""``xlkpi status``: what is next, in order of day."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import add_as_of_option, add_json_option, add_period_option, day_argument, optional
from xlkpi.cli.in_contract_folder import contract_of
from xlkpi.cli.terminal import DONE, FIX, progress_bar, say, say_faults
from xlkpi.core.day import short_date

if TYPE_CHECKING:
    from xlkpi.commands.status import ContractStatus


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi status``."""
    parser.add_argument("folder", nargs="?", metavar="DIR", help="the contract folder (else the one you are in)")
    add_period_option(parser, "the period collected")
    add_as_of_option(parser, "the day that it is the status of")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """List what is next; status 1 where something must be fixed or a return is missing."""
    from xlkpi.commands.contract import NoContractFolder
    from xlkpi.commands.status import read_status

    contract_run = contract_of(arguments, arguments.folder, "the contract folder")
    if contract_run is None:
        raise NoContractFolder
    with progress_bar("Reading returns") as progress:
        status = read_status(contract_run, optional(day_argument, arguments.as_of), progress)
    if arguments.json:
        from xlkpi.cli.json_status import status_document

        print(status_document(status))
    else:
        _print(status)
    faulty = say_faults(status.faults)
    result = status.consolidation
    return FIX if faulty or result.missing or result.must_fix else DONE


def _print(status: ContractStatus) -> None:
    for task in status.tasks:
        print("\t".join(task.columns(status.as_of)))
    if not status.tasks:
        say("Nothing is due.")
        return
    count = len(status.tasks)
    overdue = f", {status.overdue} of them overdue" if status.overdue else ""
    say(f"{count} thing{'' if count == 1 else 's'} to do on {short_date(status.as_of)}{overdue}.")
