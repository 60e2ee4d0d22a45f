"""Arguments that several commands share: periods and days as text, paths that must not be empty, common options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from xlkpi.core.day import FIRST_YEAR, LAST_YEAR, NotADay, in_contract_years, parse_day
from xlkpi.findings import shorten

Value = TypeVar("Value")

PERIOD_EXAMPLES = "“2026-27 Q2” or “2026-27 M05”"
"""How a period is written: contracts count in quarters, months and others."""

_REQUIRED_PATHS = {
    "folder": ("The folder", "Name it."),
    "register": ("The register", "Name it."),
    "source": ("The first argument", "Name the master, or the folder with the returns."),
    "files": ("One of the files", "Name each."),
    "file": ("The file", "Name it as the sheet Files has it."),
    "out": ("--out", "Name what to write."),
    "target": ("--export", "Name the file to write."),
}
_OPTIONAL_PATHS = (
    "catalogue",
    "previous",
    "ledger",
    "extract",
    "decisions",
    "data",
    "settings",
    "annotate",
    "workbook",
)


class UsageError(ValueError):
    """An argument that cannot be used; the command ends with status 2."""

    usage = True


def optional(read: Callable[[str], Value], text: str | None) -> Value | None:
    """Read an argument that may be left out; an empty one was given, and is read."""
    return None if text is None else read(text)


def day_argument(text: str) -> date:
    """Read the day that an argument names. Raises UsageError with what to write instead."""
    try:
        day = parse_day(text)
    except NotADay as problem:
        message = f"“{shorten(text)}” {str(problem).removeprefix('which ')}"
        raise UsageError(message) from None
    if not in_contract_years(day):
        message = f"“{text}” is outside {FIRST_YEAR} to {LAST_YEAR}. Correct the year."
        raise UsageError(message)
    return day


def positive_number(text: str) -> int:
    """Read a whole number of 1 or more. Raises ValueError, which argparse turns into a message."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


positive_number.__name__ = "whole number of 1 or more"  # argparse names the type where the text does not fit it


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json`` to a command."""
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def add_previous_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--previous`` to a command."""
    what = "earlier periods, for last figures and trends: returns, masters or a folder of them"
    help_text = f"{what}; may be given several times"
    parser.add_argument("--previous", action="append", metavar="FOLDER|MASTER", help=help_text)


def add_period_option(parser: argparse.ArgumentParser, what: str, otherwise: str = "the latest that has ended") -> None:
    """Add ``--period`` to a command; ``what`` says which it is, ``otherwise`` which it is where none is named."""
    default = f" (else {otherwise})" if otherwise else ""
    parser.add_argument("--period", metavar="PERIOD", help=f"{what}, as {PERIOD_EXAMPLES}{default}")


def add_as_of_option(parser: argparse.ArgumentParser, what: str) -> None:
    """Add ``--as-of`` to a command; ``what`` says what the day decides."""
    parser.add_argument("--as-of", metavar="DATE", help=f"{what}, 2026-11-24 (else today)")


def add_overwrite_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--overwrite`` to a command."""
    what = "replace files of the same name that xlkpi did not write, or that have changed since"
    parser.add_argument("--overwrite", action="store_true", help=what)


def refuse_empty_paths(arguments: argparse.Namespace) -> None:
    """Raise UsageError for a path that is empty: it would be taken for the current folder."""
    optional = "Name it, or leave the option out."
    paths = {**_REQUIRED_PATHS, **{name: (f"--{name}", optional) for name in _OPTIONAL_PATHS}}
    if arguments.command != "build":
        paths["register"] = ("--register", optional)
    for name, (label, remedy) in paths.items():
        value = getattr(arguments, name, None)
        for path in value if isinstance(value, list) else (value,):
            if path is not None and not path.strip():
                message = f"{label} is empty. {remedy}"
                raise UsageError(message)
