"""Turn XlsxWriter warnings and refusals into errors: whatever it would drop becomes a PlanError."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from xlkpi.errors import PlanError


@contextmanager
def raise_warnings() -> Iterator[None]:
    """Raise PlanError for every warning that XlsxWriter gives within."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            yield
        except UserWarning as dropped:
            raise PlanError(str(dropped)) from dropped


def check_status(status: object) -> None:
    """Check what an XlsxWriter call returned: anything but 0 or None means that it wrote nothing."""
    if isinstance(status, int) and status != 0:
        message = f"XlsxWriter refused to write (status {status})"
        raise PlanError(message)
