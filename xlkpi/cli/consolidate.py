"""``xlkpi consolidate``: a folder of returns into one master."""

from __future__ import annotations

import argparse
import gc
import json
import time

from xlkpi.cli.exit_status import DONE, FIX, progress_bar, say, stage
from xlkpi.cli.periods import day_argument, period_argument
from xlkpi.commands.consolidate import Master, consolidate
from xlkpi.consolidation.executors import GC_THRESHOLD
from xlkpi.consolidation.list_findings import list_findings


def run(asked: argparse.Namespace) -> int:
    """Consolidate, and say what was found; the master is written even where something must be fixed."""
    began = time.monotonic()
    gc.set_threshold(GC_THRESHOLD)
    with progress_bar("Reading returns") as progress:
        made = consolidate(
            asked.folder,
            asked.out,
            register=asked.register,
            period=period_argument(asked.period) if asked.period is not None else None,
            previous=asked.previous,
            ledger=asked.ledger,
            extract=asked.extract,
            decisions=asked.decisions,
            as_of=day_argument(asked.as_of) if asked.as_of is not None else None,
            jobs=asked.jobs,
            scheduler=asked.scheduler,
            data=asked.data,
            keep=not asked.afresh,
            progress=progress,
            step=stage,
        )
    seconds = round(time.monotonic() - began, 3)
    if asked.json:
        counts = made.consolidation.counts()
        document = {"master": str(made.path), **counts, "lists": _of_lists(made), "seconds": seconds}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(made, seconds)
    for one in list_findings(made.consolidation):
        say(f"{one.finding.severity.value}: {one.finding.message}")
    nothing = made.consolidation.period is None  # nothing came back, and nobody said of when it should have
    return FIX if made.consolidation.must_fix or nothing else DONE


def _of_lists(made: Master) -> list[dict[str, str]]:
    """What is wrong in the register and in the decisions, as the sheet Findings has it."""
    return [
        {
            "file": one.file,
            "code": one.finding.code.name,
            "severity": one.finding.severity.value,
            "cell": one.finding.cell,
            "message": one.finding.message,
        }
        for one in list_findings(made.consolidation)
    ]


def _not_known(made: Master) -> str:
    result = made.consolidation
    if not result.missing_not_known:
        return ""
    return f"not known without {'--register' if result.period else 'a return or --period'}"


def _print(made: Master, seconds: float) -> None:
    result = made.consolidation
    print(f"Master: {made.path}")
    print(f"Period: {result.period or 'none: no file is a return'}")
    print(
        f"Files found: {result.found} = {result.used} used + {result.set_aside} set aside"
        f" + {result.superseded} superseded"
    )
    missing = ", ".join(one.provider.provider_id for one in result.missing) or "none"
    print(f"Missing: {_not_known(made) or missing}")
    print(f"Findings: {result.must_fix} to fix, {result.queries} to correct or explain")
    say(f"Done in {seconds:.1f} s.")
