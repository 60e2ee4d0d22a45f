"""``xlkpi check``: findings of one or more returns, as text, as JSON, as marked copies."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import add_json_option, add_overwrite_option, add_period_option
from xlkpi.cli.in_contract_folder import contract_of, period_of
from xlkpi.cli.terminal import (
    DONE,
    FIX,
    UNREADABLE,
    UNWRITTEN,
    progress_bar,
    say,
    say_faults,
    say_kept,
    say_without_key,
)

if TYPE_CHECKING:
    from xlkpi.commands.check import CheckReport, MarkedCopy
    from xlkpi.reading.returns.checked_return import CheckedReturn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi check``."""
    files = "the return files, .xlsx (else those of the period in the contract folder)"
    parser.add_argument("files", nargs="*", metavar="FILE", help=files)
    add_period_option(parser, "in a contract folder: the period")
    add_json_option(parser)
    parser.add_argument("--annotate", metavar="DIR", help="write a marked copy of each return to this folder")
    add_overwrite_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check every file named; one that cannot be read never hides the others."""
    from xlkpi.commands.check import CheckRequest, check_files, returns_in

    run = None if arguments.files else contract_of(arguments, None, "the files")
    files = returns_in(run.contract.inbox) if run else tuple(arguments.files)
    period = period_of(arguments, run)
    with progress_bar("Checking returns") as progress:
        report = check_files(CheckRequest(files, arguments.annotate, progress, arguments.overwrite, period))
    if arguments.json:
        from xlkpi.cli.json_check import check_document  # pydantic costs 170 ms

        print(check_document(report.returns))
    else:
        for checked in report.returns:
            _print(checked)
    if run and not report.returns:
        say(f"No return of {run.period} is in the inbox.")
    status = max(_status(report, named=run is None), *map(_report_copy, report.copies), DONE)
    if run:
        from xlkpi.commands.catalogue import find_target_faults

        status = max(status, FIX if say_faults(find_target_faults(run.contract.root)) else DONE)
    say_kept(report.kept)
    if any(checked.manifest and checked.manifest.council_seal for checked in report.returns):
        say_without_key()
    return status


def _status(report: CheckReport, *, named: bool) -> int:
    """Give the exit status: a file that cannot be read is 3 only where somebody named it."""
    if report.any_unreadable:
        return UNREADABLE if named else FIX
    return FIX if report.any_must_fix else DONE


def _print(checked: CheckedReturn) -> None:
    from xlkpi.commands.check import summary

    manifest = checked.manifest
    print(f"{checked.file}: {checked.status.value}")
    if manifest:
        print(f"  {manifest.provider} ({manifest.provider_id}), {manifest.period}")
    for finding in checked.findings:
        place = ", ".join(part for part in (finding.sheet, finding.cell) if part)
        print(f"  {finding.severity.value}{f' [{place}]' if place else ''}: {finding.message}")
    if manifest:
        print(f"  {summary(checked)}")


def _report_copy(copy: MarkedCopy) -> int:
    """Say where a marked copy is, or why there is none; return the status that this asks for."""
    if copy.path is not None:
        say(f"Marked copy: {copy.path}")
        return DONE
    if copy.problem:
        say(f"{copy.file}: no marked copy was written. {copy.problem}")
        return UNWRITTEN
    say(f"{copy.file}: no marked copy can be made of it.")
    return FIX
