"""``xlkpi decide``: write down that a file of the inbox is to be used, or set aside."""

from __future__ import annotations

import argparse

from xlkpi.cli.exit_status import DONE
from xlkpi.cli.periods import UsageError
from xlkpi.commands.decide import record_decision
from xlkpi.core.day import short_date
from xlkpi.core.records import FileAction


def run(asked: argparse.Namespace) -> int:
    """Add one row to the decisions beside the inbox, and say where it stands."""
    if not asked.why.strip():
        message = "--why is empty. Say why, so that the master can show it."
        raise UsageError(message)
    action = FileAction.USE if asked.use else FileAction.SET_ASIDE
    made = record_decision(
        asked.folder, asked.file, action, why=asked.why, who=asked.who or "", decisions=asked.decisions
    )
    told = made.decision
    print(f"{told.file}: {told.action.value}, decided by {told.who} on {short_date(told.when)}.")
    print(f"Written to {made.list}. The next consolidation applies it.")
    return DONE
