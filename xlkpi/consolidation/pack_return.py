"""Pack a checked return as bytes and unpack it: what a worker sends back, and what the cache keeps."""

from __future__ import annotations

import io
import pickle
from dataclasses import replace
from enum import Enum
from typing import Any

from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.question import Answer
from xlkpi.core.vocabulary import State
from xlkpi.findings import Code, Finding, Severity
from xlkpi.reading.returns.checked_return import CheckedReturn


def pack(checked: CheckedReturn) -> bytes:
    """Pack a checked return as bytes, without the name of its file."""
    return pickle.dumps(replace(checked, file=""), protocol=5)


def unpack(packed: bytes, file: str) -> CheckedReturn:
    """Unpack a return, as that of this file. Raises pickle.UnpicklingError for anything else."""
    checked = _ReturnUnpickler(io.BytesIO(packed)).load()
    if not isinstance(checked, CheckedReturn):
        raise pickle.UnpicklingError(type(checked).__name__)
    object.__setattr__(checked, "file", file)  # nobody else has it yet, and a copy would cost as much again
    return checked


class _ReturnUnpickler(pickle.Unpickler):
    """Makes our own data and the few plain values in it, and nothing else that the bytes ask for."""

    def find_class(self, module: str, name: str) -> Any:
        """Return the class of that name, if it is one of ours."""
        ours = module in _OUR_MODULES and name[:1].isupper() and "." not in name
        if ours or (module, name) in _PLAIN:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member
        raise pickle.UnpicklingError(f"{module}.{name}")


def _member(kind: type[Enum], name: str) -> Enum:
    """Return a member of an enum, which some Pythons pickle in this way."""
    return kind[name]


_OUR_MODULES = frozenset(
    part.__module__
    for part in (CheckedReturn, ActionPlanEntry, Answer, Contact, Period, State, Code, Finding, Severity)
)
"""Where the classes of a checked return are defined, wherever those modules move to."""

_PLAIN = frozenset((("fractions", "Fraction"), ("datetime", "date")))
