"""A command's keyword arguments, written once: as the fields of its request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

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
