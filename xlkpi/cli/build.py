"""``xlkpi build``: the return workbooks of a period."""

from __future__ import annotations

import argparse

from xlkpi.cli.exit_status import DONE, FIX, progress_bar, say
from xlkpi.cli.periods import period_argument
from xlkpi.commands.build import build_returns
from xlkpi.commands.periods import parsed_period
from xlkpi.findings import Severity


def run(asked: argparse.Namespace) -> int:
    """Build, and say what was built; faults of the register are listed and leave the other rows standing."""
    period = period_argument(asked.period)
    with progress_bar("Building returns") as progress:
        built = build_returns(
            asked.register,
            period,
            asked.out,
            edition=asked.edition,
            previous=asked.previous,
            settings=asked.settings,
            progress=progress,
        )
    for provider, path in built.files:
        print(f"{provider.provider_id}\t{path}")
    say(f"{len(built.files)} return workbooks for {parsed_period(period)} written to {asked.out}.")
    if built.nothing_due:
        names = ", ".join(provider.provider_id for provider in built.nothing_due)
        say(f"Nothing is due this period from {names}; their workbooks say so.")
    for fault in built.faults:
        say(f"{fault.severity.value}: {fault.message}")
    return FIX if any(fault.severity is Severity.MUST_FIX for fault in built.faults) else DONE
