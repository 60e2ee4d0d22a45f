"""What callers ask of a command: its keyword arguments, written once as the fields of a request, and its period."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.findings import shorten

Arguments = ParamSpec("Arguments")
Request = TypeVar("Request")
Result = TypeVar("Result")


def takes(
    request: Callable[Arguments, Request],
) -> Callable[[Callable[[Request], Result]], Callable[Arguments, Result]]:
    """Let a function of one request be called with the arguments that make the request.

    ``@takes(ConsolidateRequest)`` gives ``consolidate(folder, master, register=…)``. The names, types and defaults are
    those of the dataclass, for callers, type checkers and ``help()`` alike, so no list of a dozen arguments is
    written, documented and handed on twice.
    """

    def decorate(run: Callable[[Request], Result]) -> Callable[Arguments, Result]:
        @wraps(run)
        def command(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            return run(request(*args, **kwargs))

        # Without this, inspect and help() would follow __wrapped__ and show the single parameter of `run`.
        command.__signature__ = signature(request)  # type: ignore[attr-defined]  # inspect looks for it
        return command

    return decorate


class NotAPeriod(ValueError):
    """What was named is not a reporting period of the contract; a command ends with status 2."""

    usage = True


def needed_period(period: Period | str, scheme: PeriodScheme) -> Period:
    """Return a period of the contract's scheme, or the one that a text names. Raises NotAPeriod with what to write."""
    parsed = parse_period(period, scheme) if isinstance(period, str) else period
    if parsed is None or parsed.scheme != scheme:
        message = f"“{shorten(str(period))}” is not a reporting period. Write it as “{scheme.example}”."
        raise NotAPeriod(message)
    return parsed


def parsed_period(period: Period | str | None, scheme: PeriodScheme) -> Period | None:
    """Return the period that was asked for, None where none was. Raises NotAPeriod with what to write instead."""
    return None if period is None else needed_period(period, scheme)
