"""Paths as arguments: an empty one names nothing, and is never taken for the folder one happens to stand in."""

from __future__ import annotations

import argparse

from xlkpi.cli.periods import UsageError

_NAMED = {
    "folder": ("The folder", "Name it."),
    "source": ("The first argument", "Name the master, or the folder with the returns."),
    "files": ("One of the files", "Name each."),
    "file": ("The file", "Name it as the sheet Files has it."),
    "out": ("--out", "Name what to write."),
}
_OPTIONS = ("previous", "ledger", "extract", "decisions", "data", "settings", "annotate")


def refuse_empty_paths(asked: argparse.Namespace) -> None:
    """Raise UsageError for a path that is empty, with what to write instead."""
    options = {name: (f"--{name}", "Name it, or leave the option out.") for name in _OPTIONS}
    register = ("The register", "Name it.") if asked.command == "build" else ("--register", options["data"][1])
    for name, (called, remedy) in {**_NAMED, **options, "register": register}.items():
        given = getattr(asked, name, None)
        for path in given if isinstance(given, list) else (given,):
            if path is not None and not path.strip():
                message = f"{called} is empty. {remedy}"
                raise UsageError(message)
