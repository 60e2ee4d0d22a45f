"""The worksheet functions as another contract makes them: nothing that they remember of it outlasts the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from xlkpi.catalogue import terms_in_use
from xlkpi.catalogue.load import ContractTerms
from xlkpi.hosts import functions


@contextmanager
def functions_in_use(terms: ContractTerms | None = None) -> Iterator[dict[str, Callable[..., Any]]]:
    """The functions by name, judging by these terms, or by those that the computer has now."""
    with pytest.MonkeyPatch.context() as patch:
        if terms is not None:
            patch.setattr(functions, "terms_in_use", lambda: terms)
        _forget()
        try:
            yield {function.name: function.call for function in functions.FUNCTIONS}
        finally:
            _forget()


def _forget() -> None:
    for remembered in (terms_in_use.terms_in_use, functions.indicator_of, functions.period_of):
        remembered.cache_clear()
