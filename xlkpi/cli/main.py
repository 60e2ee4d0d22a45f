"""Reading the command line and choosing the command. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import NoReturn

from xlkpi.cli.exit_status import FIX, STOPPED, UNREADABLE, UNWRITTEN, USAGE
from xlkpi.cli.paths import refuse_empty_paths
from xlkpi.errors import (
    LedgerError,
    RegisterError,
    SettingsError,
    UnreachableCluster,
    UnreadableFile,
    UnwritableFile,
    XlkpiError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status.

    0 nothing to fix, 1 something to fix, 2 usage, 3 a named input cannot be read, 4 an output could not be written,
    130 stopped with Ctrl-C, 143 told to end.
    """
    try:
        _end_as_if_stopped()
        return _run(arguments)
    except (UnreadableFile, UnreachableCluster, RegisterError, LedgerError, SettingsError) as problem:
        return _say(str(problem), UNREADABLE)
    except UnwritableFile as problem:
        return _say(str(problem), UNWRITTEN)
    except XlkpiError as problem:
        return _say(str(problem), FIX)
    except ValueError as problem:
        if not getattr(problem, "usage", False):
            raise
        return _say(str(problem), USAGE)
    except BrokenPipeError:
        return FIX
    except KeyboardInterrupt as stopped:
        return _say("Stopped. What stood there before is untouched.", stopped.args[0] if stopped.args else STOPPED)


def _run(arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # “ ” in messages, whatever the code page
    asked = make_parser().parse_args(arguments)
    refuse_empty_paths(asked)
    run = getattr(import_module(f"xlkpi.cli.{asked.module}"), "run")  # noqa: B009 - the name is the same in every command
    status: int = run(asked)
    return status


def _end_as_if_stopped() -> None:
    """A request to end is obeyed like Ctrl-C, so that no half-written file stays behind."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt(128 + number)

    with suppress(ValueError):  # only the main thread of a program may say so
        signal.signal(signal.SIGTERM, stop)


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
    _add_finance(commands)
    _add_decide(commands)
    _add_feedback(commands)
    explain = _command(commands, "explain", "explain", "definition, bands, readings and why")
    explain.add_argument("indicator", help='the whole code, as "KPI S2"')
    _command(commands, "doctor", "doctor", "what is installed where, what is missing, how to mend it")
    return parser


def _command(commands: argparse._SubParsersAction, name: str, module: str, says: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]  # argparse keeps the class private
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    parser.set_defaults(module=module)
    return parser


def _version() -> str:
    from xlkpi import __version__  # noqa: PLC0415 - the package imports nothing of this room

    return f"xlkpi {__version__}"


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_positive.__name__ = "whole number of 1 or more"  # argparse names it where the text is none


def _add_demo(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    demo = _command(commands, "demo", "demo", "a whole period on sample data, from register to master")
    demo.add_argument("folder", nargs="?", default="xlkpi-demo", metavar="DIR", help="where the files go")
    demo.add_argument("--without-libreoffice", action="store_true", help="leave out what only LibreOffice can do")


def _add_build(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    build = _command(commands, "build", "build", "build the return workbooks of a period")
    build.add_argument("register", metavar="REGISTER", help="the register of providers, CSV or xlsx")
    build.add_argument("--period", required=True, help='the reporting period, as "2026-27 Q2"')
    build.add_argument("--out", required=True, metavar="DIR", help="where the workbooks go")
    says = "native: macro-free .xlsx; udf: .xlsm whose results the KPI functions of the add-in work out"
    build.add_argument("--edition", choices=("native", "udf"), default="native", help=says)
    build.add_argument("--previous", metavar="FOLDER", help="earlier returns, shown beside the inputs")
    build.add_argument("--settings", metavar="FILE", help="readings and contacts (else xlkpi.toml beside the register)")


def _add_check(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    check = _command(commands, "check", "check", "check one or more returns")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    check.add_argument("--annotate", metavar="DIR", help="write a marked copy of each return to this folder")


def _add_consolidate(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    consolidate = _command(commands, "consolidate", "consolidate", "bring a folder of returns into one master")
    consolidate.add_argument("folder", metavar="FOLDER", help="the folder with the returns; sub-folders are read too")
    consolidate.add_argument("--out", required=True, metavar="MASTER.xlsx", help="the master to write")
    consolidate.add_argument("--register", metavar="FILE", help="the register: who is missing, who is unknown")
    consolidate.add_argument("--period", help="the period collected (else the one that most providers returned)")
    consolidate.add_argument("--previous", metavar="FOLDER", help="earlier returns or a master, for the trends")
    consolidate.add_argument("--ledger", metavar="FILE", help="the invoice ledger: fills the sheet S2 check")
    consolidate.add_argument("--extract", metavar="FILE", help="the case system's counts: fills the sheet Cross-check")
    consolidate.add_argument("--decisions", metavar="FILE", help="officers' decisions (else those beside the inbox)")
    consolidate.add_argument("--as-of", metavar="DATE", help="the day to count days late from, 24/11/2026 (else today)")
    consolidate.add_argument("--data", metavar="DIR", help="write Data and Findings as CSV and Parquet too")
    consolidate.add_argument("--jobs", type=_positive, metavar="N", help="how many processes read the returns")
    consolidate.add_argument("--scheduler", default="", metavar="ADDRESS", help="read on this Dask cluster instead")
    consolidate.add_argument("--afresh", action="store_true", help="read every file again, and keep nothing")
    consolidate.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _add_finance(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    finance = _command(commands, "finance", "finance", "hold KPI S2 against the council's own invoice ledger")
    finance.add_argument("folder", metavar="FOLDER", help="the folder with the returns; sub-folders are read too")
    finance.add_argument("--ledger", required=True, metavar="LEDGER", help="the invoice ledger, CSV or xlsx")
    finance.add_argument("--out", required=True, metavar="FILE.xlsx", help="the finance workbook to write")
    finance.add_argument("--extract", metavar="FILE", help="counts of the case system (SWIFT/Liberi), CSV or xlsx")
    finance.add_argument("--period", help="the period checked (else the one that most providers returned)")
    finance.add_argument("--register", metavar="FILE", help="the register: who can be in the ledger, and their types")
    finance.add_argument(
        "--columns", action="append", metavar="COLUMN=HEADER", help="what ledger or extract call a column; remembered"
    )
    beside = "finance's settings (else xlkpi-ledger.toml beside the ledger)"
    finance.add_argument("--settings", metavar="FILE", help=beside)
    finance.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _add_decide(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    decide = _command(commands, "decide", "decide", "decide that a returned file is used, or set aside")
    decide.add_argument("folder", metavar="FOLDER", help="the inbox")
    decide.add_argument("file", metavar="FILE", help="the file, by its path from the inbox as the sheet Files has it")
    what = decide.add_mutually_exclusive_group(required=True)
    what.add_argument("--use", action="store_true", help="use this one, though the provider sent a later one")
    what.add_argument("--set-aside", action="store_true", help="leave it out of the master")
    decide.add_argument("--why", required=True, metavar="TEXT", help="the reason; the master shows it")
    decide.add_argument("--who", metavar="NAME", help="who decided (else the user of this machine)")
    decide.add_argument("--decisions", metavar="FILE", help="the list to write to (else the one beside the inbox)")


def _add_feedback(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]  # as above
    says = "a scorecard and an e-mail for each provider, from its own figures alone"
    feedback = _command(commands, "feedback", "feedback", says)
    feedback.add_argument("source", metavar="MASTER|FOLDER", help="the master, or the folder with the returns")
    feedback.add_argument("--out", required=True, metavar="DIR", help="where the files go")
    feedback.add_argument("--register", metavar="FILE", help="the register: to whom and where to write, who is missing")
    feedback.add_argument("--previous", metavar="FOLDER", help="earlier returns, or an earlier master, for the trend")
    feedback.add_argument("--decisions", metavar="FILE", help="officers' decisions (else those beside the folder)")
    feedback.add_argument("--period", help="the period (else the master's, or the one that most providers returned)")
    by = "the day to answer by, 8/12/2026 (else in ten working days)"
    feedback.add_argument("--answer-by", metavar="DATE", help=by)
    feedback.add_argument("--without-pdf", action="store_true", help="no PDFs, even where LibreOffice is installed")
    feedback.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
