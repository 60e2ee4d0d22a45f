"""Connect to Excel through xlwings: its server calls the functions, and the ribbon starts the macros.

The only module that imports xlwings, and only where a macro runs: a function needs nothing but the mark that
``xlwings.udfs`` looks for, which ``marked`` attaches on every system (xlwings' own decorator does nothing but on
Windows). Numbers arrive as floats, blanks as None, dates as datetimes, errors by xlwings as their text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from inspect import Parameter, Signature
from typing import Any

from xlkpi.hosts.array_arguments import WrongArgument
from xlkpi.hosts.excel.background_job import BackgroundJob
from xlkpi.hosts.excel.vba_source import CATEGORY
from xlkpi.hosts.functions import FUNCTIONS, Function
from xlkpi.hosts.macros import finish, macro_of, run
from xlkpi.hosts.protocol import Outcome, progress_text
from xlkpi.problem_log import log

ERROR_CODES = range(-2146826288, -2146826200)
"""Excel's codes for error values that xlwings does not know, such as #SPILL!; none of our figures is among them."""
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}|R\d*C\d*", re.IGNORECASE)
KEYWORDS = """
and as boolean byref byte byval call case const currency date declare dim do double each else empty end enum
erase error event exit false for function get global gosub goto if imp implements in integer is let like long
loop me mod name new next not nothing null object on open option optional or paramarray print private property
public raiseevent redim rem resume return select set single static step stop string sub then to true type until
variant wend while with withevents write xor
"""
"""The reserved words of Visual Basic."""
RESERVED = frozenset(KEYWORDS.split())


# --- functions ---


def marked(function: Function) -> Callable[..., Any]:
    """Make a function of the table one that Excel's server can call: with a name, a signature and a mark.

    Every argument comes as a list of rows, so that a column differs from a row. Raises ValueError for a name
    that Visual Basic or a worksheet would take for something else.
    """
    _refuse_names(function)

    def answer(*cells: Any) -> Any:
        try:
            return function.call(*(_as_cells(cell) for cell in cells))
        except WrongArgument:
            raise  # Visual Basic logs it and shows #VALUE!
        except Exception as problem:
            log(problem, f"Excel {function.name}")
            raise

    answer.__name__ = answer.__qualname__ = function.name
    answer.__module__ = __name__
    answer.__doc__ = function.help
    answer.__signature__ = Signature(  # type: ignore[attr-defined]  # inspect reads it from any callable
        [
            Parameter(a.name, Parameter.POSITIONAL_OR_KEYWORD, default=None if a.optional else Parameter.empty)
            for a in function.arguments
        ]
    )
    answer.__xlfunc__ = _mark(function)  # type: ignore[attr-defined]  # where xlwings.udfs looks
    return answer


def _mark(function: Function) -> dict[str, Any]:
    """Describe it as ``xlwings.udfs.xlfunc`` would (0.37.8; tests/hosts/excel compares the two)."""
    arguments = []
    for place, argument in enumerate(function.arguments):
        entry: dict[str, Any] = {
            "name": argument.name,
            "pos": place,
            "vba": None,
            "doc": argument.help,
            "vararg": False,
            "options": {"ndim": 2, "err_to_str": True},
        }
        if argument.optional:
            entry["optional"] = None
        arguments.append(entry)
    return {
        "name": function.name,
        "sub": False,
        "args": arguments,
        "argmap": {entry["name"]: entry for entry in arguments},
        "ret": {"doc": function.help, "options": {}},
        "category": CATEGORY,
        "call_in_wizard": True,
        "volatile": False,
        "async_mode": None,
    }


def _refuse_names(function: Function) -> None:
    names = [function.name, *(argument.name for argument in function.arguments)]
    wrong = [name for name in names if name.lower() in RESERVED or not name.isidentifier()]
    if CELL.fullmatch(function.name) or wrong or len({name.lower() for name in names}) != len(names):
        message = f"{function.name}: Excel cannot call a function of this name and arguments ({', '.join(names)})"
        raise ValueError(message)


def _as_cells(argument: Any) -> Any:
    """Replace error codes in a list of rows; rows without whole numbers, as nearly all are, stay the same lists."""
    if not isinstance(argument, (list, tuple)):
        return _as_cell(argument)
    return [[_as_cell(cell) for cell in row] if int in map(type, row) else row for row in argument]


def _as_cell(content: Any) -> Any:
    return "#VALUE!" if type(content) is int and content in ERROR_CODES else content


globals().update({function.name: marked(function) for function in FUNCTIONS})


# --- macros ---

RUNNING = "running"
_jobs: list[tuple[Any, BackgroundJob]] = []
"""The job that runs, with the Excel that started it: at most one."""
STILL_RUNNING = "{0} is still running. Wait for its message, then start the next command."


def run_macro(macro_id: str) -> None:
    """Run a macro of the table by its id; called by RunPython, never with a text from a workbook."""
    from xlkpi.hosts.excel.host import ExcelHost  # noqa: PLC0415 - functions never need it

    run(macro_of(macro_id), ExcelHost(_application(), _start if sys.platform == "win32" else _do))


def follow_job() -> str:
    """Show how far the job is; at its end show its message and open its results. Gives "running" until then."""
    from xlkpi.hosts.excel.host import ExcelHost  # noqa: PLC0415 - as above

    if not _jobs:
        return ""
    app, job = _jobs[0]
    outcome = job.look()
    if outcome is None:
        if job.progress:
            _show(app, *job.progress)
        return RUNNING
    _jobs.clear()
    app.status_bar = False
    finish(macro_of(job.name), ExcelHost(app, _start), outcome)
    return ""


def _application() -> Any:
    """Find the Excel that started the macro, else the active one."""
    import xlwings  # noqa: PLC0415 - slow to import, and absent where only functions are tested

    caller = getattr(getattr(xlwings, "_xlwindows", None), "BOOK_CALLER", None)
    if caller is not None:
        return xlwings.Book.caller().app
    app = xlwings.apps.active
    if app is None:
        message = "No Excel is open"
        raise RuntimeError(message)
    return app


def _start(app: Any, job: str, answers: Mapping[str, str]) -> Outcome:
    """Start a job beside this process, which goes on answering Excel; one at a time."""
    if _jobs:
        return Outcome(STILL_RUNNING.format(macro_of(_jobs[0][1].name).title), done=False)
    _jobs.append((app, BackgroundJob(job, answers)))
    return Outcome("", running=True)


def _do(app: Any, job: str, answers: Mapping[str, str]) -> Outcome:
    """Do a job in this process, which has the whole toolkit, with its progress in the status bar.

    On a Mac: there each macro has a process of its own already, and Excel does not wait for it.
    """
    from xlkpi.hosts.jobs import run_job  # noqa: PLC0415 - loads the toolkit

    try:
        return run_job(job, answers, partial(_show, app))
    finally:
        app.status_bar = False


def _show(app: Any, what: str, done: int, of: int) -> None:
    app.status_bar = f"KPI: {what}, {progress_text(done, of)}"
