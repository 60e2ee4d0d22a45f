"""Indicators of a contract, such as a framework of day services: returns, checks and masters.

Each is loaded when first used, because most callers need one and have little time; ``assess`` and ``load_catalogue``
need the standard library only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _LATER:
        message = f"module 'xlkpi' has no attribute {name!r}"
        raise AttributeError(message)
    found = globals()[name] = getattr(import_module(_LATER[name]), name)
    return found
