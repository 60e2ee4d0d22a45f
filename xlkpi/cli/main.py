"""Reading the command line and choosing the command. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from xlkpi.cli.status import FIX, UNREADABLE, USAGE
from xlkpi.errors import UnreadableFile, XlkpiError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 nothing to fix, 1 something to fix, 2 usage, 3 unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="replace"
            )  # “ ” – in messages, whatever the console's code page
    asked = make_parser().parse_args(arguments)
    run = getattr(import_module(f"xlkpi.cli.{asked.module}"), "run")  # noqa: B009 - the name is the same in every command
    try:
        status: int = run(asked)
    except UnreadableFile as problem:
        return _say(str(problem), UNREADABLE)
    except XlkpiError as problem:
        return _say(str(problem), FIX)
    except ValueError as problem:
        if not getattr(problem, "usage", False):
            raise
        return _say(str(problem), USAGE)
    except BrokenPipeError:
        return FIX
    except KeyboardInterrupt:
        return _say("Stopped. Nothing was written half.", 130)
    return status


def _say(message: str, status: int) -> int:
    print(f"xlkpi: {message}", file=sys.stderr)
    return status


def make_parser() -> argparse.ArgumentParser:
    """The command line: one sub-command a job."""
    parser = argparse.ArgumentParser(prog="xlkpi", description="Contract KPIs: returns, checks and the KCC master.")
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_build(commands)
    _add_check(commands)
    _add_consolidate(commands)
    explain = _command(commands, "explain", "explaining", "definition, bands, readings and why")
    explain.add_argument("indicator", help='the whole code, as "KPI S2"')
    _command(commands, "doctor", "doctoring", "what is installed where, what is missing, how to mend it")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, module: str, says: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]  # argparse keeps the class private
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    parser.set_defaults(module=module)
    return parser


def _version() -> str:
    from xlkpi import __version__  # noqa: PLC0415 - the package imports nothing of this room

    return f"xlkpi {__version__}"


def _add_demo(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    demo = _command(commands, "demo", "demonstrating", "a whole period on sample data, from register to master")
    demo.add_argument("folder", nargs="?", default="xlkpi-demo", metavar="DIR", help="where the files go")
    demo.add_argument("--without-libreoffice", action="store_true", help="leave out what only LibreOffice can do")


def _add_build(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    build = _command(commands, "build", "building", "build the return workbooks of a period")
    build.add_argument("register", metavar="REGISTER", help="the register of providers, CSV or xlsx")
    build.add_argument("--period", required=True, help='the reporting period, as "2026-27 Q2"')
    build.add_argument("--out", required=True, metavar="DIR", help="where the workbooks go")
    says = "native: macro-free .xlsx; udf: .xlsm whose results the KPI functions of the add-in work out"
    build.add_argument("--edition", choices=("native", "udf"), default="native", help=says)
    build.add_argument("--previous", metavar="FOLDER", help="earlier returns, shown beside the inputs")
    build.add_argument("--settings", metavar="FILE", help="readings and contacts (else xlkpi.toml beside the register)")


def _add_check(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    check = _command(commands, "check", "checking", "check one or more returns")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    check.add_argument("--annotate", metavar="DIR", help="write a marked copy of each return to this folder")


def _add_consolidate(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    consolidate = _command(commands, "consolidate", "consolidating", "bring a folder of returns into one master")
    consolidate.add_argument("folder", metavar="FOLDER", help="the folder with the returns; sub-folders are read too")
    consolidate.add_argument("--out", required=True, metavar="MASTER.xlsx", help="the master to write")
    consolidate.add_argument("--register", metavar="FILE", help="the register: who is missing, who is unknown")
    consolidate.add_argument("--period", help="the period collected (else the one that most providers returned)")
    consolidate.add_argument("--jobs", type=int, metavar="N", help="how many processes read the returns")
    consolidate.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
