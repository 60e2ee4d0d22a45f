"""Which lines of a ledger are one invoice, and which of them are the same invoice sent again.

In real ledgers a quarter of the invoices are on several lines, and a number may begin again each year. So a number
alone ties nothing: what ties two lines of one provider and number is a day or a sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Numbers = np.ndarray[Any, np.dtype[Any]]

TIED_DAYS = 183
"""Two sums tie within six months of receipt: a provider who sends an invoice again does not wait longer."""
NO_SUM = -1.0
_UNIX_EPOCH = 719_163  # 1 January 1970 as an ordinal
_APRIL = 4


@dataclass(frozen=True)
class Ties:
    """What each row belongs to, in the order of the rows.

    ``invoice`` is the same number for the rows of one invoice; ``delivery`` for its rows received on one day, in the
    order of receipt. ``again`` marks the rows of an invoice that is sent again.
    """

    invoice: Numbers
    delivery: Numbers
    again: Numbers


def tie_lines(rows: pd.DataFrame) -> Ties:
    """Tie the rows of one ``key`` (provider, number, credit note or not) to invoices.

    Rows belong together where they have the same receipt or the same invoice date, directly or through others.
    Deliveries of the same sum, received within six months of each other and in one calendar and financial year, are
    one invoice too. Of an invoice, a later delivery with the sum of an earlier one is that invoice sent again; any
    other one brings further lines.
    """
    import numpy as np  # noqa: PLC0415 - only this command pays for numpy and pandas
    import pandas as pd  # noqa: PLC0415 - as above

    delivery = rows.groupby(["key", "received_date"]).ngroup().to_numpy()
    deliveries = summarise_deliveries(rows, delivery)
    runs = find_equal_sums(deliveries)
    dated = (rows["invoice_date"] > 0).to_numpy()
    day_of = rows[dated].groupby(["key", "invoice_date"]).ngroup().to_numpy()
    labels = np.arange(len(deliveries))
    while True:
        spread = _least(labels, runs)
        np.minimum.at(spread, delivery[dated], _least(spread[delivery[dated]], day_of))
        if (spread == labels).all():
            break
        labels = spread
    same_sum = pd.DataFrame({"invoice": labels, "sum": deliveries["sum"].to_numpy()}).duplicated().to_numpy()
    again = same_sum & ~deliveries["credit"].to_numpy()
    return Ties(labels[delivery], delivery, again[delivery])


def summarise_deliveries(rows: pd.DataFrame, delivery: Numbers) -> pd.DataFrame:
    """Summarise the rows of each delivery: key, receipt, whether it is a credit note, and its sum.

    Where a row has no amount there is no sum: the invoice date takes its place, and nothing where that is missing too,
    so that two deliveries of which nothing is known are taken for one invoice.
    """
    import numpy as np  # noqa: PLC0415 - as in tie_lines

    groups = rows.groupby(delivery)
    out = groups[["key", "received_date", "credit"]].first()
    is_known = (groups["amount"].count() == groups.size()).to_numpy()
    days = groups["invoice_date"].max().to_numpy().astype("float64")
    instead = np.where(days > 0, -days, NO_SUM)
    sums = np.where(is_known, groups["amount"].sum().round().to_numpy(), instead)
    return out.assign(sum=sums, season=find_season(out["received_date"].to_numpy()))


def find_season(days: Numbers) -> Numbers:
    """Number the stretches of days (ordinals) within one calendar year and one financial year."""
    import numpy as np  # noqa: PLC0415 - as in tie_lines

    months = (days.astype("int64") - _UNIX_EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype("int64")
    seasons: Numbers = months // 12 * 2 + np.where(months % 12 + 1 >= _APRIL, 1, 0)
    return seasons


def find_equal_sums(deliveries: pd.DataFrame) -> Numbers:
    """Number the runs of deliveries of one key and sum that follow each other within six months of one year."""
    import numpy as np  # noqa: PLC0415 - as in tie_lines

    columns = ["credit", "key", "sum", "season"]
    ordered = deliveries.sort_values([*columns, "received_date"], kind="stable")
    differs = (ordered[columns] != ordered[columns].shift()).any(axis=1)
    begins = differs | (ordered["received_date"].diff() > TIED_DAYS) | ordered["credit"]
    runs = np.empty(len(deliveries), dtype="int64")
    runs[ordered.index.to_numpy()] = begins.cumsum().to_numpy()
    return runs


def _least(values: Numbers, groups: Numbers) -> Numbers:
    """Give each place the least value of its group."""
    import numpy as np  # noqa: PLC0415 - as in tie_lines

    least = np.full(int(groups.max(initial=-1)) + 1, np.iinfo("int64").max)
    np.minimum.at(least, groups, values)
    numbers: Numbers = least[groups]
    return numbers
