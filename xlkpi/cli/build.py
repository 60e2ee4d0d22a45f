"""``xlkpi build``: the return workbooks of a period."""

from __future__ import annotations

import argparse

from xlkpi.cli.arguments import add_overwrite_option, period_argument
from xlkpi.cli.terminal import DONE, FIX, progress_bar, say, say_faults, say_kept


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi build``."""
    parser.add_argument("register", metavar="REGISTER", help="the register of providers, CSV or xlsx")
    parser.add_argument("--period", required=True, help='the reporting period, as "2026-27 Q2"')
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder for the workbooks")
    editions = "native: macro-free .xlsx; udf: .xlsm with the KPI functions of the add-in"
    parser.add_argument("--edition", choices=("native", "udf"), default="native", help=editions)
    earlier = "earlier returns, or a master of them: last figures and open action plans are carried forward"
    parser.add_argument("--previous", metavar="FOLDER|MASTER", help=earlier)
    parser.add_argument(
        "--settings", metavar="FILE", help="readings and contacts (else xlkpi.toml beside the register)"
    )
    add_overwrite_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build, and list the workbooks; faults of the register are listed and do not stop its other rows."""
    from xlkpi.commands.build import build_returns
    from xlkpi.consolidation.contract_days import describe_days_not_running
    from xlkpi.reading.returns.seal_key import has_key

    period = period_argument(arguments.period)
    had_key = has_key()
    with progress_bar("Building returns") as progress:
        built = build_returns(
            arguments.register,
            period,
            arguments.out,
            edition=arguments.edition,
            previous=arguments.previous,
            settings=arguments.settings,
            overwrite=arguments.overwrite,
            progress=progress,
        )
    for provider, path in built.files:
        print(f"{provider.provider_id}\t{path}")
    say(f"{len(built.files)} return workbooks for {period} written to {arguments.out}.")
    say_kept(built.kept)
    if has_key() and not had_key:
        say("This PC now has a key of the Council, which seals the workbooks. What it is for: xlkpi key")
    if built.nothing_due:
        names = ", ".join(provider.provider_id for provider in built.nothing_due)
        say(f"Nothing is due this period from {names}; their workbooks say so.")
    for provider in built.not_running:
        when = describe_days_not_running(provider, period)
        say(f"No workbook for {provider.provider_id}: its contract {when} by the register.")
    return FIX if say_faults(built.faults) else DONE
