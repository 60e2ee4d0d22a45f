"""The worksheet functions as a Calc add-in: a thin shell over the function table. LibreOffice's own Python runs it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import uno
import unohelper
from com.sun.star.lang import XLocalizable, XServiceInfo
from com.sun.star.sheet import XVolatileResult
from org.xlkpi.calc import XKpiFunctions  # types/XKpiFunctions.idl of this extension
from xlkpi_office.hosts.functions import FUNCTIONS, Function
from xlkpi_office.hosts.ranges import WrongArgument
from xlkpi_office.hosts.toolkit import log

SERVICE = "org.xlkpi.calc.KpiFunctions"
IMPLEMENTATION = SERVICE + ".impl"


class Block(unohelper.Base, XVolatileResult):
    """A block of cells, handed to Calc when it listens: the one way to give either a cell or a block.

    A method that were declared to give blocks would give a block of one cell for a cell too, and Calc finds a text out
    of a block unequal to the same text in a formula: ``=KPI_RAG(…)="Green"`` would be FALSE.
    """

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def addResultListener(self, listener: Any) -> None:
        """Tell the cells at once; they never change."""
        told = uno.Any("[][]any", self.rows)
        listener.modified(uno.createUnoStruct("com.sun.star.sheet.ResultEvent", self, told))

    def removeResultListener(self, listener: Any) -> None:
        """Nothing was kept."""


@lru_cache(maxsize=1024)
def block_of(rows: Any) -> Block:
    """One object for the same cells, since Calc keeps each that it listens to."""
    return Block(rows)


def as_answer(answer: Any) -> Any:
    """An answer as Calc takes it: a cell as it is, more as a block; numbers as floats, since a cell holds no others."""
    if not isinstance(answer, list):
        return answer if isinstance(answer, str) else float(answer)
    rows = answer if answer and isinstance(answer[0], list) else [answer]
    if len(rows) == 1 and len(rows[0]) == 1:
        return as_answer(rows[0][0])
    return block_of(tuple(tuple(map(as_answer, row)) for row in rows))


def calling(function: Function) -> Any:
    """The method behind a function. What it raises, Calc shows as #VALUE!."""

    def call(_service: Any, *arguments: Any) -> Any:
        try:
            return as_answer(function.call(*arguments))
        except WrongArgument:
            raise
        except Exception as problem:
            log(problem, function.name)
            raise

    return call


class KpiFunctions(unohelper.Base, XKpiFunctions, XLocalizable, XServiceInfo):
    """The add-in service; Calc makes one for all documents."""

    def __init__(self, _context: Any, *_arguments: Any) -> None:
        self.locale = uno.createUnoStruct("com.sun.star.lang.Locale")

    def setLocale(self, locale: Any) -> None:
        """Keep the language; all texts are English."""
        self.locale = locale

    def getLocale(self) -> Any:
        """The language that was set."""
        return self.locale

    def getImplementationName(self) -> str:
        """The name in xlkpi.components."""
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        """Whether this is the service asked for."""
        return name == SERVICE

    def getSupportedServiceNames(self) -> Any:
        """The one service."""
        return (SERVICE,)


for _function in FUNCTIONS:
    setattr(KpiFunctions, _function.name.lower().replace("_", ""), calling(_function))

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(KpiFunctions, IMPLEMENTATION, (SERVICE,))
