"""``xlkpi decide``: write down what was decided, about what, and why."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import UsageError, add_overwrite_option, add_period_option
from xlkpi.cli.terminal import DONE, FIX, say
from xlkpi.core.day import short_date

if TYPE_CHECKING:
    from xlkpi.council.decisions import Decision

_EMPTY_FILE = "The file is empty. Name it as the sheet Files has it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi decide``."""
    kinds = "what was decided: use, set aside, received on, lock, reopen, agree figures, plan agreed, plan delivered, "
    kinds += "plan failed, plan not proportionate, warning sent, step declined, minutes sent, minutes agreed, "
    kinds += "contacts accepted, close"
    parser.add_argument("words", nargs="*", metavar="KIND", help=kinds)
    parser.add_argument("--provider", metavar="ID", help="the provider it is about")
    add_period_option(parser, "the reporting period it is about", otherwise="")
    parser.add_argument("--indicator", metavar="CODE", help="the indicator it is about, by its whole code")
    parser.add_argument("--file", metavar="NAME", help="the file, by its path from the inbox as the sheet Files has it")
    parser.add_argument("--value", metavar="TEXT", help="the figures agreed, “x=2; y=6”, or the day")
    parser.add_argument("--why", metavar="TEXT", help="the reason; the master shows it")
    parser.add_argument("--by", "--who", dest="by", metavar="NAME", help="who decided (else the user of this machine)")
    parser.add_argument(
        "--folder", metavar="FOLDER", help="the contract folder or the inbox (else the one it is run in)"
    )
    parser.add_argument("--decisions", metavar="FILE", help="the log to write to (else the folder's)")
    workbook = "make an empty log to fill in in Excel instead, with lists to choose from"
    parser.add_argument("--workbook", metavar="FILE.xlsx", help=workbook)
    parser.add_argument("--register", metavar="FILE", help="the providers there are (else the folder's)")
    add_overwrite_option(parser)
    # The first version's spelling, which scripts use: decide FOLDER FILE --use.
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--use", action="store_true", help=argparse.SUPPRESS)
    action.add_argument("--set-aside", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Add one row to the log, and say where the log is."""
    if arguments.workbook is not None:
        return _make_workbook(arguments)
    from xlkpi.commands.decide import decide

    if not (arguments.why or "").strip():
        message = "--why is empty. Give the reason, so that the master can show it."
        raise UsageError(message)
    kind, folder, file = _what(arguments)
    recorded = decide(
        kind,
        why=arguments.why,
        provider_id=arguments.provider or "",
        period=arguments.period,
        indicator=arguments.indicator or "",
        file=file,
        value=arguments.value or "",
        by=arguments.by or "",
        folder=folder,
        decisions=arguments.decisions,
        register=arguments.register,
    )
    decision = recorded.decision
    by = f"decided by {decision.decided_by} on {short_date(decision.decided_on)}"
    print(f"{_about(decision)}: {decision.kind.value}, {by}.")
    if decision.kind.value == "lock":
        print(f"Returns that are final: {len(decision.value.split())}.")
    print(f"Written to {recorded.log}. The next consolidation applies it.")
    for doubt in recorded.doubts:
        say(doubt)
    if recorded.doubts:
        say(f"The row was written. Correct it in {recorded.log.name}, or delete it and decide again.")
    return FIX if recorded.doubts else DONE


def _make_workbook(arguments: argparse.Namespace) -> int:
    from xlkpi.commands.decisions_workbook import make_decisions_workbook

    if arguments.words or arguments.why:
        message = "--workbook makes an empty log. Leave out the kind of decision and its reason."
        raise UsageError(message)
    path = make_decisions_workbook(
        arguments.workbook,
        register=arguments.register,
        folder=arguments.folder,
        overwrite=arguments.overwrite,
    )
    print(f"Log to fill in: {path}")
    say("Put it into the contract folder as decisions.xlsx; decisions.csv, which commands add to, is read too.")
    say("Elsewhere, name it with --decisions.")
    return DONE


def _what(arguments: argparse.Namespace) -> tuple[str, str | None, str]:
    """Read the kind, the folder and the file, in this spelling or in that of the first version."""
    if not (arguments.use or arguments.set_aside):
        return " ".join(arguments.words), arguments.folder, arguments.file or ""
    if len(arguments.words) != 2:
        message = "Name the folder and the file, or write the kind of decision: xlkpi decide use --file NAME."
        raise UsageError(message)
    folder, file = arguments.words
    for path, message in ((folder, "The folder is empty. Name it."), (file, _EMPTY_FILE)):
        if not path.strip():
            raise UsageError(message)
    return "use" if arguments.use else "set aside", folder, file


def _about(decision: Decision) -> str:
    about = (decision.file, decision.provider_id, str(decision.period or ""), decision.indicator)
    return ", ".join(part for part in about if part) or "All providers"
