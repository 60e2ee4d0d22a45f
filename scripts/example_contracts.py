"""The returns in workbooks/examples, made from the data beside them: catalogue, register, settings and figures.csv.

Everything else in the folders is written by hand. Each return is filled in as its provider would have: an Amber has its
reason, a Red its action plan too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from xlkpi.commands.build import sender_of
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.period_text import parse_period
from xlkpi.council import ContractFolder, Council, file_name, locate_lists, read_council
from xlkpi.demo.filling import move_to_weekday
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.ooxml.serial_days import to_serial
from xlkpi.writing.returns.write_return import write_return

EXAMPLES = "workbooks/examples"
FIGURES = "figures.csv"
"""One row per entry: period, provider_id, indicator, x, y, reason, action, outcomes, timescale."""
DECLARED_AFTER = 6
"""Days after the period's end on which every return of an example is declared."""


def example_returns(root: Path) -> dict[str, bytes]:
    """Make every return of every example, by its name from the project's top."""
    return {
        (folder / "inbox" / name).relative_to(root).as_posix(): content
        for folder in sorted(path.parent for path in (root / EXAMPLES).glob(f"*/{FIGURES}"))
        for name, content in returns_of(folder)
    }


def returns_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Make the returns of one contract folder: the name below its inbox, and the workbook."""
    contract = ContractFolder(folder)
    council = read_council(locate_lists(contract.inbox, contract=contract))
    with (folder / FIGURES).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for (period_text, provider_id), entries in groupby(rows, lambda row: (row["period"], row["provider_id"])):
        period = parse_period(period_text, council.terms.words.scheme)
        provider = (council.register.by_id or {})[provider_id]
        if period is None:
            message = f"{folder.name}/{FIGURES}: “{period_text}” is not a period"
            raise RuntimeError(message)
        content = _fill(council, provider, period, list(entries))
        yield f"{period}/{file_name(provider, period)}", content


def _fill(council: Council, provider: Provider, period: Period, rows: Sequence[Mapping[str, str]]) -> bytes:
    day = move_to_weekday(period.end + timedelta(days=DECLARED_AFTER))
    filled = Filled(
        {row["indicator"]: _entry(row) for row in rows},
        Declaration(provider.contacts[0].name, to_serial(day)),
        f"{day.isoformat()}T10:00:00Z",
    )
    catalogue, settings = council.terms.in_force(period), council.settings
    plan = plan_return(catalogue, provider, period, sender=sender_of(settings, period), filled=filled)
    return write_return(plan)


def _entry(row: Mapping[str, str]) -> Entry:
    plan = ActionPlanEntry("", row["action"], row["outcomes"], row["timescale"])
    return Entry(_figure(row["x"]), _figure(row["y"]), row["reason"], plan)


def _figure(text: str) -> int | float | None:
    """Read a figure as a cell contains it: a whole number, or an amount with pence."""
    if not text:
        return None
    return float(text) if "." in text else int(text)
