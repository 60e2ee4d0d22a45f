"""``xlkpi consolidate``: a folder of returns into one master."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import (
    add_as_of_option,
    add_json_option,
    add_overwrite_option,
    add_period_option,
    add_previous_option,
    day_argument,
    optional,
    positive_number,
)
from xlkpi.cli.in_contract_folder import contract_of, period_of, required_path
from xlkpi.cli.terminal import DONE, FIX, progress_bar, say, say_note, say_stage, say_without_key
from xlkpi.core.day import long_date
from xlkpi.cycles import HARDLY_EVER, search_seldom

if TYPE_CHECKING:
    from xlkpi.commands.consolidate import Master


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi consolidate``."""
    folder = "the folder with the returns, and its sub-folders (else the inbox of the contract folder)"
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help=folder)
    parser.add_argument(
        "--out", metavar="MASTER.xlsx", help="the master to write (in a contract folder: else out/PERIOD)"
    )
    parser.add_argument("--register", metavar="FILE", help="the register: identifies missing and unknown providers")
    add_period_option(parser, "the period collected")
    add_previous_option(parser)
    ledger = "the invoice ledger, or a folder of them: fills the sheet that checks invoices; may be given several times"
    parser.add_argument("--ledger", action="append", metavar="FILE", help=ledger)
    extract = "the case system's counts: fills the sheet Cross-check; may be given several times"
    parser.add_argument("--extract", action="append", metavar="FILE", help=extract)
    parser.add_argument("--decisions", metavar="FILE", help="officers' decisions (else those beside the inbox)")
    add_as_of_option(parser, "the day to count days late from")
    tables = "write Data and Findings as CSV, and as Parquet where xlkpi[data] is installed"
    parser.add_argument("--data", metavar="DIR", help=tables)
    parser.add_argument("--jobs", type=positive_number, metavar="N", help="how many processes read the returns")
    parser.add_argument("--scheduler", default="", metavar="ADDRESS", help="read on this Dask cluster instead")
    parser.add_argument("--no-cache", action="store_true", help="ignore the cache: read every file again")
    parser.add_argument("--afresh", dest="no_cache", action="store_true", help=argparse.SUPPRESS)  # its earlier name
    add_overwrite_option(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Consolidate, and say what was found; the master is written even where something must be fixed."""
    from xlkpi.commands.consolidate import consolidate

    began = time.monotonic()
    search_seldom(HARDLY_EVER)
    run = contract_of(arguments, arguments.folder, "the folder with the returns, and --out")
    with progress_bar("Reading returns") as progress:
        master = consolidate(
            run.contract.inbox if run else arguments.folder,
            arguments.out or (run.master if run else required_path(None, "--out", "the master")),
            register=arguments.register,
            period=period_of(arguments, run),
            previous=arguments.previous,
            ledger=arguments.ledger,
            extract=arguments.extract,
            decisions=arguments.decisions,
            as_of=optional(day_argument, arguments.as_of),
            jobs=arguments.jobs,
            scheduler=arguments.scheduler,
            data=arguments.data,
            overwrite=arguments.overwrite,
            keep=not arguments.no_cache,
            progress=progress,
            step=say_stage,
            contract=run.contract if run else None,
        )
    _print(master, round(time.monotonic() - began, 3), as_json=arguments.json)
    for note in (*master.previous, master.consolidation.period_note):
        say_note(note)
    from xlkpi.consolidation.list_findings import list_findings  # loaded by now, and not before the returns are read

    for each in list_findings(master.consolidation):
        say(f"{each.finding.severity.value}: {each.finding.message}")
    say_without_key()
    if master.not_written:
        say(master.not_written)
    result = master.consolidation  # without a period there are no returns, and nobody can say whose are missing
    return FIX if result.must_fix or result.missing or result.period is None else DONE


def _print(master: Master, seconds: float, *, as_json: bool) -> None:
    if as_json:
        from xlkpi.cli.json_consolidate import consolidate_document

        print(consolidate_document(master, seconds))
        return
    result = master.consolidation
    print(f"Master: {master.path}")
    print(f"Period: {result.period or 'none: no file is a return'}")
    if result.final:
        print(f"Final: since {long_date(result.final.decided_on)}, decided by {result.final.decided_by}")
    print(
        f"Files found: {result.found} = {result.used} used + {result.set_aside} set aside"
        f" + {result.superseded} superseded"
    )
    print(f"Missing: {_missing(master)}")
    print(f"Findings: {result.must_fix} to fix, {result.queries} to correct or explain")
    say(f"Done in {seconds:.1f} s.")


def _missing(master: Master) -> str:
    result = master.consolidation
    if result.missing_not_known:
        return f"not known without {'--register' if result.period else 'a return or --period'}"
    return ", ".join(absent.provider.provider_id for absent in result.missing) or "none"
