"""Tables of invoices, row by row: pandas cannot declare the columns of its rows, so they are declared here once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, with their place as ``Index``."""
    return iter(frame.itertuples())
