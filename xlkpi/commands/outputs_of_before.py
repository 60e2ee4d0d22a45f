"""Letters and feedback that an earlier run wrote and this one did not: a person must not send them by mistake."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from xlkpi.core.checks import join_words
from xlkpi.core.period import Period
from xlkpi.writing.own_outputs import KeptFile

MOST_NAMED = 5


def describe_outputs_of_before(
    folder: Path, period: Period | None, written: Collection[str], kept: Iterable[KeptFile]
) -> str:
    """Name the files of a period in a folder that this run has neither written nor kept; empty where there are none.

    They are not deleted: they may be the copy of what was sent.
    """
    known = {*written, *(each.kept.name for each in kept)}
    there = (path.name for path in folder.glob("KPI *") if f" {period} - " in path.name)
    names = sorted(name for name in there if name not in known)
    if not names:
        return ""
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    what = "a file" if len(names) == 1 else f"{len(names)} files"
    listed = join_words([*names[:MOST_NAMED], *more])
    return f"The folder has {what} of an earlier run that this one did not make: {listed}. Do not send old ones."
