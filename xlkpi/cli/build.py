"""``xlkpi build``: the return workbooks of a period."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import (
    add_as_of_option,
    add_overwrite_option,
    add_period_option,
    add_previous_option,
    day_argument,
    optional,
)
from xlkpi.cli.in_contract_folder import contract_of, required_path
from xlkpi.cli.terminal import DONE, FIX, progress_bar, say, say_faults, say_kept, say_new_key

if TYPE_CHECKING:
    from xlkpi.commands.build import BuiltReturns
    from xlkpi.core.period import Period


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi build``."""
    register = "the register of providers, CSV or xlsx (else that of the contract folder)"
    parser.add_argument("register", nargs="?", metavar="REGISTER", help=register)
    add_period_option(parser, "the reporting period", "the latest that has ended, in a contract folder")
    parser.add_argument("--out", metavar="DIR", help="the folder for the workbooks (else out/PERIOD/returns)")
    editions = "native: macro-free .xlsx; udf: .xlsm with the KPI functions of the add-in"
    parser.add_argument("--edition", choices=("native", "udf"), default="native", help=editions)
    add_previous_option(parser)
    parser.add_argument(
        "--settings", metavar="FILE", help="readings and contacts (else xlkpi.toml beside the register)"
    )
    parser.add_argument(
        "--all", action="store_true", help="a workbook for providers with nothing due in the period too"
    )
    add_as_of_option(parser, "the day on which plans and questions are open")
    add_overwrite_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build, and list the workbooks; faults of the register are listed and do not stop its other rows."""
    from xlkpi.commands.build import build_returns
    from xlkpi.layout.live_values import pluralise
    from xlkpi.reading.returns.seal_key import has_key

    run = contract_of(arguments, arguments.register, "the register, --period and --out")
    if run is None:
        period: Period | str = required_path(arguments.period, "--period", "the reporting period")
        register, out = arguments.register, required_path(arguments.out, "--out", "the folder for the workbooks")
    else:
        period, register = run.period, run.register
        out = arguments.out or str(run.returns)
    had_key = has_key()
    with progress_bar("Building returns") as progress:
        built = build_returns(
            register,
            period,
            out,
            edition=arguments.edition,
            previous=arguments.previous,
            settings=arguments.settings,
            overwrite=arguments.overwrite,
            everyone=arguments.all,
            progress=progress,
            contract=run.contract if run else None,
            as_of=optional(day_argument, arguments.as_of),
        )
    for provider, path in built.files:
        print(f"{provider.provider_id}\t{path}")
    say(f"{pluralise(len(built.files), 'return workbook')} for {built.period} written to {out}.")
    for note in built.notes:
        say(note)
    say_kept(built.kept)
    say_new_key(had_key=had_key)
    _say_left_out(built, everyone=arguments.all)
    return FIX if say_faults(built.faults) else DONE


def _say_left_out(built: BuiltReturns, *, everyone: bool) -> None:
    """Say which providers have nothing due, and whose contract does not run in the period."""
    from xlkpi.consolidation.contract_days import describe_days_not_running

    if built.nothing_due:
        names = ", ".join(provider.provider_id for provider in built.nothing_due)
        what = "their workbooks say so" if everyone else "no workbook was made for them. --all makes one for each"
        say(f"Nothing is due in {built.period} from {names}: {what}.")
    for provider in built.not_running:
        when = describe_days_not_running(provider, built.period)
        say(f"No workbook for {provider.provider_id}: its contract {when} by the register.")
