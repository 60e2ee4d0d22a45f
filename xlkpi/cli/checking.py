"""``xlkpi check``: findings of one or more returns, as text, as JSON, as marked copies."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlkpi.api.annotating import annotated_copy, copy_name, summary
from xlkpi.cli.status import DONE, FIX, UNREADABLE, progress_bar, say
from xlkpi.errors import XlkpiError
from xlkpi.reading.checked import CheckedReturn, Status
from xlkpi.reading.returns import check_return
from xlkpi.writing.files import write_whole


def run(asked: argparse.Namespace) -> int:
    """Check every file named; one that cannot be read never hides the others."""
    returns = []
    with progress_bar("Checking returns") as progress:
        for number, file in enumerate(asked.files, start=1):
            returns.append(check_return(file))
            progress(number, len(asked.files))
    if asked.json:
        from xlkpi.cli.json_out import check_document  # noqa: PLC0415 - pydantic costs 170 ms

        print(check_document(returns))
    else:
        for checked in returns:
            _print(checked)
    copies = [_annotate(checked, Path(asked.annotate)) for checked in returns] if asked.annotate else []
    written = all(copies)
    return max(_status(returns), DONE if written else FIX)


def _status(returns: list[CheckedReturn]) -> int:
    statuses = {checked.status for checked in returns}
    if any(checked.unreadable for checked in returns):
        return UNREADABLE
    return FIX if Status.MUST_FIX in statuses else DONE


def _print(checked: CheckedReturn) -> None:
    manifest = checked.manifest
    print(f"{checked.file}: {checked.status.value}")
    if manifest:
        print(f"  {manifest.provider} ({manifest.provider_id}), {manifest.period}")
    for found in checked.findings:
        place = ", ".join(part for part in (found.sheet, found.cell) if part)
        print(f"  {found.severity.value}{f' [{place}]' if place else ''}: {found.message}")
    if manifest:
        print(f"  {summary(checked)}")


def _annotate(checked: CheckedReturn, folder: Path) -> bool:
    """Write the marked copy; False where none could be made, which is said."""
    try:
        copy = annotated_copy(checked, Path(checked.file).read_bytes()) if not checked.unreadable else None
        if copy is None:
            say(f"{checked.file}: no marked copy can be made of it.")
            return False
        path = folder / copy_name(checked)
        write_whole(path, copy)
        say(f"Marked copy: {path}")
    except (OSError, XlkpiError) as problem:
        say(f"{checked.file}: no marked copy was written. {problem}")
        return False
    return True
