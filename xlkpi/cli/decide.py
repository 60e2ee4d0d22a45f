"""``xlkpi decide``: write down that a file of the inbox is to be used, or set aside."""

from __future__ import annotations

import argparse

from xlkpi.cli.arguments import UsageError
from xlkpi.cli.terminal import DONE
from xlkpi.core.day import short_date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi decide``."""
    parser.add_argument("folder", metavar="FOLDER", help="the inbox")
    parser.add_argument("file", metavar="FILE", help="the file, by its path from the inbox as the sheet Files has it")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--use", action="store_true", help="use this one, though the provider sent a later one")
    action.add_argument("--set-aside", action="store_true", help="leave it out of the master")
    parser.add_argument("--why", required=True, metavar="TEXT", help="the reason; the master shows it")
    parser.add_argument("--who", metavar="NAME", help="who decided (else the user of this machine)")
    parser.add_argument("--decisions", metavar="FILE", help="the list to write to (else the one beside the inbox)")


def run(arguments: argparse.Namespace) -> int:
    """Add one row to the decisions beside the inbox, and say where the list is."""
    from xlkpi.commands.decide import record_decision
    from xlkpi.core.records import FileAction

    if not arguments.why.strip():
        message = "--why is empty. Give the reason, so that the master can show it."
        raise UsageError(message)
    recorded = record_decision(
        arguments.folder,
        arguments.file,
        FileAction.USE if arguments.use else FileAction.SET_ASIDE,
        why=arguments.why,
        who=arguments.who or "",
        decisions=arguments.decisions,
    )
    decision = recorded.decision
    print(f"{decision.file}: {decision.action.value}, decided by {decision.who} on {short_date(decision.when)}.")
    print(f"Written to {recorded.list}. The next consolidation applies it.")
    return DONE
