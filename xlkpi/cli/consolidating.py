"""``xlkpi consolidate``: a folder of returns into one master."""

from __future__ import annotations

import argparse
import json
import time

from xlkpi.api.consolidating import Master, consolidate
from xlkpi.cli.periods import day_argument, period_argument
from xlkpi.cli.status import DONE, FIX, progress_bar, say, stage


def run(asked: argparse.Namespace) -> int:
    """Consolidate, and say what was found; the master is written even where something must be fixed."""
    began = time.monotonic()
    with progress_bar("Reading returns") as progress:
        made = consolidate(
            asked.folder,
            asked.out,
            register=asked.register,
            period=period_argument(asked.period) if asked.period else None,
            previous=asked.previous,
            ledger=asked.ledger,
            extract=asked.extract,
            decisions=asked.decisions,
            as_of=day_argument(asked.as_of) if asked.as_of else None,
            jobs=asked.jobs,
            scheduler=asked.scheduler,
            data=asked.data,
            keep=not asked.afresh,
            progress=progress,
            step=stage,
        )
    seconds = round(time.monotonic() - began, 3)
    if asked.json:
        document = {"master": str(made.path), **made.consolidation.counts(), "seconds": seconds}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(made, seconds)
    for fault in made.faults:
        say(f"{fault.severity.value}: {fault.message}")
    faulty = any(fault.severity.value == "must fix" for fault in made.faults)
    return FIX if made.consolidation.must_fix or faulty else DONE


def _print(made: Master, seconds: float) -> None:
    result = made.consolidation
    print(f"Master: {made.path}")
    print(f"Period: {result.period or 'none: no file is a return'}")
    print(
        f"Files found: {result.found} = {result.used} used + {result.set_aside} set aside"
        f" + {result.superseded} superseded"
    )
    missing = ", ".join(one.provider.provider_id for one in result.missing)
    print(f"Missing: {missing or 'none'}" if result.expected is not None else "Missing: not known without --register")
    print(f"Findings: {result.must_fix} to fix, {result.queries} to correct or explain")
    say(f"Done in {seconds:.1f} s.")
