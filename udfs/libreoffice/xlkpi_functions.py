"""The worksheet functions as a Calc add-in: a thin shell over the function table. LibreOffice's own Python runs it.

How an answer goes back decides what people can do with it. Declared as a block of cells, a single text would come
back as one that Calc finds equal to no other text: ``=B2="Red"``, COUNTIF and VLOOKUP would all fail (25.2). So methods
are declared ``any``, and a text or number goes back as it is. Python can give no block as ``any``, and hands it over as
a result that Calc asks for by a listener, which takes one.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import uno
import unohelper
from com.sun.star.lang import XLocalizable, XServiceInfo
from com.sun.star.sheet import XVolatileResult
from org.xlkpi.calc import XKpiFunctions  # types/XKpiFunctions.idl of this extension
from xlkpi_office.hosts.array_arguments import WrongArgument
from xlkpi_office.hosts.functions import FUNCTIONS, Function
from xlkpi_office.problem_log import log

SERVICE = "org.xlkpi.calc.KpiFunctions"
IMPLEMENTATION = SERVICE + ".impl"


CACHED_BLOCKS = 32
"""Blocks that are given again where an answer has not changed: a new one costs Calc memory until its file is closed."""


class Block(unohelper.Base, XVolatileResult):
    """A block of cells that never changes, given to Calc as soon as it listens."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def addResultListener(self, listener: Any) -> None:
        """Notify the cells."""
        event = uno.createUnoStruct("com.sun.star.sheet.ResultEvent")
        event.Source, event.Value = self, uno.Any("[][]any", self.rows)
        listener.modified(event)

    def removeResultListener(self, listener: Any) -> None:
        """No listener is stored: the cells are notified once."""


_blocks: OrderedDict[Any, Block] = OrderedDict()


def block_of(rows: Any) -> Block:
    """Give the block of these cells, the same as last time where it is among the last few."""
    block = _blocks.pop(rows, None) or Block(rows)
    _blocks[rows] = block
    if len(_blocks) > CACHED_BLOCKS:
        _blocks.popitem(last=False)[1].rows = ()  # its cells have it already, and it is not given again
    return block


def as_any(answer: Any) -> Any:
    """An answer as Calc takes it: one cell as it is, several as a block."""
    if not isinstance(answer, list):
        return as_cell(answer)
    rows = answer if isinstance(answer[0], list) else [answer]
    if len(rows) == len(rows[0]) == 1:
        return as_cell(rows[0][0])
    return block_of(tuple(tuple(map(as_cell, row)) for row in rows))


def as_cell(answer: Any) -> Any:
    """Text, or a number as a float, since a cell contains no other number."""
    return answer if isinstance(answer, str) else float(answer)


def calling(function: Function) -> Any:
    """The method behind a function. What it raises, Calc shows as #VALUE!."""

    def call(_service: Any, *arguments: Any) -> Any:
        try:
            return as_any(function.call(*arguments))
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
