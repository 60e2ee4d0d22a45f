"""Earlier periods: the rows of their returns, chosen as if each had a master of its own."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.choose import FoundFile, choose
from xlkpi.consolidation.result import DataRow
from xlkpi.consolidation.rows import Register, data_rows
from xlkpi.core.period import Period


def earlier_rows(
    found: Sequence[FoundFile], period: Period | None, catalogue: Catalogue, register: Register | None
) -> tuple[DataRow, ...]:
    """The entries of returns of earlier periods, the earliest period first; none where no period is collected."""
    if period is None:
        return ()
    returns = [one for one in found if one.manifest is not None and one.manifest.period < period]
    periods = sorted({one.manifest.period for one in returns if one.manifest})
    rows: list[DataRow] = []
    for before in periods:
        its = [one for one in returns if one.manifest and one.manifest.period == before]
        rows.extend(data_rows(choose(its, before), catalogue, register))
    return tuple(rows)
