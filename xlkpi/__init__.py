"""Indicators of a contract, such as a framework of day services: returns, checks and masters.

Each is loaded when first used, because most callers need one and have little time; ``assess`` and ``load_catalogue``
need the standard library only.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlkpi.catalogue.assess import assess
    from xlkpi.catalogue.load import load_catalogue
    from xlkpi.commands.build import build_returns
    from xlkpi.commands.consolidate import consolidate
    from xlkpi.commands.feedback import make_feedback
    from xlkpi.commands.finance import finance_check
    from xlkpi.reading.returns.check_return import check_return

__version__ = "0.1.0"
__all__ = [
    "__version__",
    "assess",
    "build_returns",
    "check_return",
    "consolidate",
    "finance_check",
    "load_catalogue",
    "make_feedback",
]

_LATER = {
    "assess": "xlkpi.catalogue.assess",
    "build_returns": "xlkpi.commands.build",
    "check_return": "xlkpi.reading.returns.check_return",
    "consolidate": "xlkpi.commands.consolidate",
    "finance_check": "xlkpi.commands.finance",
    "load_catalogue": "xlkpi.catalogue.load",
    "make_feedback": "xlkpi.commands.feedback",
}


def load_later(module: str, places: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a module that loads each of these names from its place when it is first used."""

    def load(name: str) -> Any:
        if name not in places:
            message = f"module {module!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = getattr(import_module(places[name]), name)
        setattr(sys.modules[module], name, value)
        return value

    return load


__getattr__ = load_later(__name__, _LATER)
