"""The invoice indicator in its own words: the share of invoices submitted on time and undisputed."""

from __future__ import annotations

from fractions import Fraction
from typing import Optional

from xlkpi.core.cell_count import CountKind, Raw, read_count


def share_on_time_and_undisputed(submitted: Raw, disputed: Raw, late: Raw) -> Optional[Fraction]:
    """Calculate the exact share of invoices that were neither disputed nor late; None where there is none.

    ``late`` counts only late invoices that were not disputed, so that no invoice counts twice. None where a figure
    is not a whole number of 0 or more, where nothing was submitted, or where disputed and late exceed submitted.
    """
    counts = [read_count(raw) for raw in (submitted, disputed, late)]
    if any(count.kind is not CountKind.WHOLE for count in counts):
        return None
    of, minus, also = (count.number for count in counts)
    if of == 0 or minus + also > of:
        return None
    return Fraction(of - minus - also, of)
