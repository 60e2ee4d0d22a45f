"""Commands without arguments: what they take from the contract folder that the user is in."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import UsageError, day_argument, optional
from xlkpi.cli.terminal import say

if TYPE_CHECKING:
    from xlkpi.commands.contract import ContractRun
    from xlkpi.core.period import Period


def contract_of(arguments: argparse.Namespace, place: str | None, needed: str) -> ContractRun | None:
    """Find the contract folder that a command runs in, and say which it is; None where an ordinary place is named.

    ``needed`` names what has to be given outside a contract folder. Raises UsageError where it is missing.
    """
    from xlkpi.commands.contract import NoContractFolder, find_contract_run
    from xlkpi.writing.file_names import is_remote

    if place is not None and is_remote(place):
        return None
    try:
        run = find_contract_run(place, getattr(arguments, "period", None), _day(arguments))
    except NoContractFolder as problem:
        if place is not None:
            return None
        message = f"{problem} Elsewhere, name {needed}."
        raise UsageError(message) from None
    say(run.describe())
    return run


def period_of(arguments: argparse.Namespace, run: ContractRun | None) -> Period | str | None:
    """Give the period of the run in a contract folder, else the text that names one; None where none is named."""
    if run:
        return run.period
    named: str | None = arguments.period
    return named


def required_path(value: str | None, option: str, what: str) -> str:
    """Return a path that must be given outside a contract folder. Raises UsageError where it is not."""
    if value is None:
        message = f"{option} is missing. Name {what}, or run the command in a contract folder."
        raise UsageError(message)
    return value


def _day(arguments: argparse.Namespace) -> date | None:
    return optional(day_argument, getattr(arguments, "as_of", None))
