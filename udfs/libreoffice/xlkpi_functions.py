"""The worksheet functions as a Calc add-in: a thin shell over the function table. LibreOffice's own Python runs it."""

from __future__ import annotations

from typing import Any

import uno
import unohelper
from com.sun.star.lang import XLocalizable, XServiceInfo
from org.xlkpi.calc import XKpiFunctions  # types/XKpiFunctions.idl of this extension
from xlkpi_office.hosts.functions import FUNCTIONS, Function
from xlkpi_office.hosts.ranges import WrongArgument
from xlkpi_office.hosts.toolkit import log

SERVICE = "org.xlkpi.calc.KpiFunctions"
IMPLEMENTATION = SERVICE + ".impl"


def as_block(answer: Any) -> Any:
    """An answer as the block of cells that Calc takes; numbers as floats, since a cell holds nothing else."""
    rows = answer if isinstance(answer, list) else [[answer]]
    if rows and not isinstance(rows[0], list):
        rows = [rows]
    return tuple(tuple(cell if isinstance(cell, str) else float(cell) for cell in row) for row in rows)


def calling(function: Function) -> Any:
    """The method behind a function. What it raises, Calc shows as #VALUE!."""

    def call(_service: Any, *arguments: Any) -> Any:
        try:
            return as_block(function.call(*arguments))
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
