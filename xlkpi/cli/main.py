"""Read the command line and run the command. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from xlkpi.cli.arguments import refuse_empty_paths
from xlkpi.cli.terminal import CRASHED, FIX, STOPPED, UNREADABLE, UNWRITTEN, USAGE
from xlkpi.cycles import end_without_a_search, search_seldom
from xlkpi.errors import (
    LedgerError,
    RegisterError,
    SettingsError,
    UnreachableCluster,
    UnreadableFile,
    UnwritableFile,
    XlkpiError,
)
from xlkpi.plain_text import plain_stream
from xlkpi.problem_log import log

COMMANDS = {
    "demo": "Play eight periods of a contract on sample data, from register to master.",
    "new": "Make a contract folder, in which every command runs without arguments.",
    "build": "Build the return workbooks of a period.",
    "check": "Check one or more returns.",
    "consolidate": "Combine a folder of returns in one master.",
    "finance": "Compare the indicator that counts invoices with the Council's own ledger.",
    "decide": "Record a decision: which file counts, figures agreed, a plan agreed, a warning sent, and others.",
    "feedback": "Make a scorecard and an email for each provider, using only its own figures.",
    "status": "Show what is next under the contract, in order of day.",
    "escalate": "Show what is open under the contract and the step proposed, and write the letters.",
    "catalogue": "Check a folder with another contract's indicators, write an example, or use one in the functions.",
    "explain": "Show an indicator's definition, bands and readings, and the reason for them.",
    "doctor": "Check the installation and suggest fixes.",
    "key": "Show where the Council's key is, and move it to another PC.",
    "sbom": "List every installed package with its licence, as a bill of materials (CycloneDX).",
    "cache": "Show where returns that were read are cached, and clear the cache.",
}
"""Every command with its description; each has a module of its name here with ``add_arguments`` and ``run``."""
REFUSED_BY_SYSTEM = (errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ELOOP)
"""What the system says of a path that was named or is around us: no fault of the program."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""What it says of a disk, or of a user's share of it, that is full."""
FULL = "Not everything was written ({why}). Make room, then run it again."
REFUSED = "{name} cannot be opened ({why}). Check the path, and ask for access to its folder."
NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Our lists are checked by pydantic alone; to look for extensions it would open every installed package."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status.

    0 nothing to fix, 1 something to fix, 2 usage, 3 a named input cannot be read, 4 an output could not be written,
    70 a fault of the program itself, 130 stopped with Ctrl-C, 143 asked to end by the system.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with redirect_stdout(plain_stream(sys.stdout)), redirect_stderr(plain_stream(sys.stderr)):
            return _run_known(arguments)
    except Exception as problem:  # noqa: BLE001 - a bug of ours, memory, recursion: never taken for findings
        return _crashed(problem, arguments)


def _run_known(arguments: list[str]) -> int:
    """Run one command; what can go wrong on its user's side becomes a message and an exit status."""
    try:
        _stop_on_sigterm()
        return _run(arguments)
    except (UnreadableFile, UnreachableCluster, RegisterError, LedgerError, SettingsError) as problem:
        return _report(str(problem), UNREADABLE)
    except UnwritableFile as problem:
        return _report(str(problem), UNWRITTEN)
    except XlkpiError as problem:
        return _report(str(problem), FIX)
    except ValueError as problem:
        if not getattr(problem, "usage", False):
            raise
        return _report(str(problem), USAGE)
    except BrokenPipeError:
        return FIX
    except OSError as problem:
        return _refused_by_system(problem)
    except KeyboardInterrupt as stopped:
        return _report("Stopped. Existing files were not changed.", stopped.args[0] if stopped.args else STOPPED)


def _refused_by_system(problem: OSError) -> int:
    """Report what the system refuses us; raises what may be a fault of ours."""
    why = (problem.strerror or str(problem)).lower()
    if problem.errno in NO_ROOM:
        return _report(FULL.format(why=why), UNWRITTEN)
    if problem.filename is None or problem.errno not in REFUSED_BY_SYSTEM:
        raise problem
    path = Path(str(problem.filename))
    return _report(REFUSED.format(name=path.name or path, why=why), UNREADABLE)


def _crashed(problem: Exception, arguments: Sequence[str]) -> int:
    command = next((argument for argument in arguments if argument in COMMANDS), "")
    place = log(problem, f"xlkpi {command}".rstrip())
    kind = type(problem).__name__
    return _report(
        f"The command stopped unexpectedly ({kind}): a fault of the program. Details are in {place}.", CRASHED
    )


def _run(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # “ ” in messages, whatever the code page
    search_seldom()  # before the imports: they make more objects than most commands
    end_without_a_search()
    os.environ.setdefault(*NO_PLUGINS)
    # Importing all the commands takes longer than most of them run: only the one that is named is loaded.
    named = next((argument for argument in arguments if argument in COMMANDS), None)
    parsed = make_parser((named,) if named else ()).parse_args(arguments)
    refuse_empty_paths(parsed)
    status: int = import_module(f"xlkpi.cli.{parsed.command}").run(parsed)
    return status


class _GivenOnce(argparse.Action):
    """Stores an option's value. An option given twice is refused: taking the second would drop the first in silence."""

    _given = False

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[str] | None,
        option_string: str | None = None,
    ) -> None:
        if option_string and self._given:
            parser.error(f"{option_string} is given twice. Give it once.")
        self._given = True
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    """A parser, and those of its commands, in which an option is given once unless it says otherwise."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.register("action", None, _GivenOnce)
        self.register("action", "store", _GivenOnce)


def make_parser(loaded: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """Make the parser of the command line: every command by name, those in ``loaded`` with their arguments."""
    parser = _Parser(prog="xlkpi", description="Contract KPIs: returns, checks and the Council's master.")
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, description in COMMANDS.items():
        command = commands.add_parser(name, help=description, description=description)
        if name in loaded:
            import_module(f"xlkpi.cli.{name}").add_arguments(command)
    return parser


def _version() -> str:
    from xlkpi import __version__

    return f"xlkpi {__version__}"


def _stop_on_sigterm() -> None:
    """Treat a request to end like Ctrl-C, so that no half-written file is left behind."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt(128 + number)

    with suppress(ValueError):  # only the main thread of a program may set this
        signal.signal(signal.SIGTERM, stop)


def _report(message: str, status: int) -> int:
    print(f"xlkpi: {message}", file=sys.stderr)
    return status
