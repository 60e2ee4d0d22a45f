"""xlwings' own Windows code on any system, over a Windows that is made up: Excel's values as COM hands them over.

`pywin32` is a set of empty modules with the few names that are looked at; `xlwings._xlwindows` and `xlwings.udfs` are
the real ones of the installed xlwings. A `Cells` is a range that lives in memory: floats, None, datetimes, error
numbers, as Excel keeps them.
"""

from __future__ import annotations

import asyncio
import ctypes
import datetime as dt
import importlib
import subprocess
import sys
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MISSING = -2147352572
"""An optional argument that was left out, as Visual Basic passes it on."""
RANGE = "{00020846-0000-0000-C000-000000000046}"
ERRORS = {"#N/A": -2146826246, "#DIV/0!": -2146826281, "#SPILL!": -2146826243}
EMPTY_MODULES = (
    *("pythoncom", "pywintypes", "win32api", "win32con", "win32gui", "win32process", "win32timezone", "win32event"),
    *("win32com", "win32com.client", "win32com.client.dynamic", "win32com.server", "win32com.server.dispatcher"),
    *("win32com.server.policy", "win32com.server.util", "xlwings.com_server"),
)
REAL = ("xlwings._win32patch", "xlwings._xlwindows", "xlwings.udfs")


class Anything(ModuleType):
    """A module in which every name is a class of its own."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        com_class = type(name, (Exception,) if "error" in name.lower() else (), {})
        setattr(self, name, com_class)
        return com_class


def _made_up() -> dict[str, ModuleType]:
    results = {name: Anything(name) for name in EMPTY_MODULES}
    results["win32process"].GetWindowThreadProcessId = lambda hwnd: (hwnd, hwnd)  # type: ignore[attr-defined]
    results["pywintypes"].TimeType = dt.datetime  # type: ignore[attr-defined]
    results["pywintypes"].IID = str  # type: ignore[attr-defined]
    results["pythoncom"].__file__ = "pythoncom.dll"
    results["pythoncom"].CoInitialize = lambda: None  # type: ignore[attr-defined]
    results["win32com.client"].Dispatch = lambda thing, *_a, **_k: thing  # type: ignore[attr-defined]
    results["xlwings.com_server"].loop = asyncio.new_event_loop()  # type: ignore[attr-defined]
    for name, module in results.items():
        parent, _, last = name.rpartition(".")
        if parent in results:
            setattr(results[parent], last, module)
    return results


@contextmanager
def windows() -> Iterator[SimpleNamespace]:
    """xlwings as on Windows: `udfs` is its module, `call(name, *args)` what Visual Basic's CallUDF does."""
    kept_values = {name: sys.modules.get(name) for name in (*EMPTY_MODULES, *REAL)}
    had = {name: getattr(ctypes, name, None) for name in ("oledll", "windll", "PyDLL")}
    sys.modules.update(_made_up())
    for name in had:
        setattr(ctypes, name, MagicMock())
    subprocess.CREATE_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # type: ignore[attr-defined]
    import xlwings

    try:
        for name in REAL:
            sys.modules.pop(name, None)
            importlib.import_module(name)
        udfs, below = sys.modules["xlwings.udfs"], sys.modules["xlwings._xlwindows"]
        xlwings._xlwindows = below
        engine = xlwings.Engine(impl=below.engine)
        before = xlwings.engines.engines_by_name.get("excel")
        xlwings.engines.engines_by_name["excel"] = engine
        yield SimpleNamespace(udfs=udfs, call=_caller(udfs), below=below)
        if before is None:
            del xlwings.engines.engines_by_name["excel"]
    finally:
        sys.modules["xlwings.com_server"].loop.close()
        for name, module in kept_values.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module
        for name, was in had.items():
            if was is None:
                delattr(ctypes, name)
            else:
                setattr(ctypes, name, was)
        if hasattr(xlwings, "_xlwindows"):
            del xlwings._xlwindows


def _caller(udfs: Any) -> Any:
    def call(name: str, *arguments: Any) -> Any:
        """As `XLPython.CallUDF` has it: a block of one cell becomes a cell, a block of one row a row."""
        answer = udfs.call_udf("xlkpi.hosts.excel.server", name, arguments, None, Cells([[None]]))
        if len(answer) == 1:
            return answer[0][0] if len(answer[0]) == 1 else answer[0]
        return answer

    return call


class Cells:
    """A range as COM hands it over."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self.rows = tuple(tuple(_as_com(value) for value in row) for row in rows)
        self._oleobj_ = SimpleNamespace(
            GetTypeInfo=lambda: SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=RANGE))
        )

    @property
    def Value(self) -> Any:  # noqa: N802 - Excel's name
        return self.rows[0][0] if len(self.rows) == 1 and len(self.rows[0]) == 1 else self.rows

    def GetAddress(self, *_a: Any, **_k: Any) -> str:  # noqa: N802 - Excel's name
        return "$A$1"

    Address = property(lambda _self: "$A$1")
    Row = Column = property(lambda _self: 1)
    Count = property(lambda self: len(self.rows) * len(self.rows[0]))
    Areas = property(lambda self: SimpleNamespace(Count=1, Item=lambda _n: self))
    Rows = property(lambda self: SimpleNamespace(Count=len(self.rows)))
    Columns = property(lambda self: SimpleNamespace(Count=len(self.rows[0])))
    Worksheet = property(lambda _self: SimpleNamespace(Parent=SimpleNamespace(Application=SimpleNamespace(Hwnd=1))))


def _as_com(value: Any) -> Any:
    """A value as Excel keeps it: every number a float, every error a number of its own."""
    if value in ERRORS:
        return ERRORS[value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
