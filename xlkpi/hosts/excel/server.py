"""Excel through xlwings: the functions as its server calls them, and the macros as the ribbon starts them.

The only module that imports xlwings, and only where a macro runs: a function needs nothing but the mark that
``xlwings.udfs`` looks for, which ``marked`` attaches on every system (xlwings' own decorator does nothing but on
Windows). Numbers arrive as floats, blanks as None, dates as datetimes, errors by xlwings as their text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from inspect import Parameter, Signature
from typing import Any

from xlkpi.hosts import subprocess_bridge
from xlkpi.hosts.array_arguments import WrongArgument
from xlkpi.hosts.excel.vba_source import CATEGORY
from xlkpi.hosts.functions import FUNCTIONS, Function
from xlkpi.hosts.macros import macro_of, run
from xlkpi.hosts.protocol import Outcome, how_far

ERROR_CODES = range(-2146826288, -2146826200)
"""How Excel hands an error value over that xlwings does not know, as #SPILL!; no figure of ours is among them."""
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}|R\d*C\d*", re.IGNORECASE)
KEYWORDS = """
and as boolean byref byte byval call case const currency date declare dim do double each else empty end enum
erase error event exit false for function get global gosub goto if imp implements in integer is let like long
loop me mod name new next not nothing null object on open option optional or paramarray print private property
public raiseevent redim rem resume return select set single static step stop string sub then to true type until
variant wend while with withevents write xor
"""
"""The words that Visual Basic keeps to itself."""
RESERVED = frozenset(KEYWORDS.split())


# --- functions ---


def marked(one: Function) -> Callable[..., Any]:
    """A function of the table as Excel's server can call it: a plain function with a name, a signature and a mark.

    Every argument comes as a list of rows, so that a column differs from a row. Raises ValueError for a name
    that Visual Basic or a worksheet would take for something else.
    """
    _refuse_names(one)

    def answer(*cells: Any) -> Any:
        try:
            return one.call(*(_as_cells(given) for given in cells))
        except WrongArgument:
            raise  # Visual Basic logs it and shows #VALUE!
        except Exception as problem:
            subprocess_bridge.log(problem, f"Excel {one.name}")
            raise

    answer.__name__ = answer.__qualname__ = one.name
    answer.__module__ = __name__
    answer.__doc__ = one.help
    answer.__signature__ = Signature(  # type: ignore[attr-defined]  # inspect reads it from any callable
        [
            Parameter(a.name, Parameter.POSITIONAL_OR_KEYWORD, default=None if a.optional else Parameter.empty)
            for a in one.arguments
        ]
    )
    answer.__xlfunc__ = _mark(one)  # type: ignore[attr-defined]  # where xlwings.udfs looks
    return answer


def _mark(one: Function) -> dict[str, Any]:
    """What ``xlwings.udfs.xlfunc`` would note of it (0.37.8; tests/hosts/excel compares the two)."""
    arguments = []
    for place, argument in enumerate(one.arguments):
        noted: dict[str, Any] = {
            "name": argument.name,
            "pos": place,
            "vba": None,
            "doc": argument.help,
            "vararg": False,
            "options": {"ndim": 2, "err_to_str": True},
        }
        if argument.optional:
            noted["optional"] = None
        arguments.append(noted)
    return {
        "name": one.name,
        "sub": False,
        "args": arguments,
        "argmap": {noted["name"]: noted for noted in arguments},
        "ret": {"doc": one.help, "options": {}},
        "category": CATEGORY,
        "call_in_wizard": True,
        "volatile": False,
        "async_mode": None,
    }


def _refuse_names(one: Function) -> None:
    names = [one.name, *(argument.name for argument in one.arguments)]
    wrong = [name for name in names if name.lower() in RESERVED or not name.isidentifier()]
    if CELL.fullmatch(one.name) or wrong or len({name.lower() for name in names}) != len(names):
        message = f"{one.name}: Excel cannot call a function of this name and arguments ({', '.join(names)})"
        raise ValueError(message)


def _as_cells(given: Any) -> Any:
    """A list of rows without error codes; rows without whole numbers, as nearly all are, stay the same lists."""
    if not isinstance(given, (list, tuple)):
        return _as_cell(given)
    return [[_as_cell(cell) for cell in row] if int in map(type, row) else row for row in given]


def _as_cell(given: Any) -> Any:
    return "#VALUE!" if type(given) is int and given in ERROR_CODES else given


globals().update({one.name: marked(one) for one in FUNCTIONS})


# --- macros ---


def run_macro(wanted: str) -> None:
    """Run a macro of the table by its id; called by RunPython, never with a text from a workbook."""
    from xlkpi.hosts.excel.host import ExcelHost  # noqa: PLC0415 - functions never need it

    run(macro_of(wanted), ExcelHost(_application(), _do))


def _application() -> Any:
    """The Excel that started the macro, else the one in front."""
    import xlwings  # noqa: PLC0415 - slow to import, and absent where only functions are tested

    caller = getattr(getattr(xlwings, "_xlwindows", None), "BOOK_CALLER", None)
    if caller is not None:
        return xlwings.Book.caller().app
    app = xlwings.apps.active
    if app is None:
        message = "No Excel is open"
        raise RuntimeError(message)
    return app


def _do(app: Any, job: str, answers: Any) -> Outcome:
    """Do a job in this process, which has the whole toolkit, with its progress in the status bar."""
    from xlkpi.hosts.jobs import run_job  # noqa: PLC0415 - loads the toolkit

    try:
        return run_job(job, answers, partial(_show, app))
    finally:
        app.status_bar = False


def _show(app: Any, what: str, done: int, of: int) -> None:
    app.status_bar = f"KPI: {what}, {how_far(done, of)}"
