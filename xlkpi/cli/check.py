"""``xlkpi check``: findings of one or more returns, as text, as JSON, as marked copies."""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

from xlkpi.cli.exit_status import DONE, FIX, UNREADABLE, UNWRITTEN, progress_bar, say
from xlkpi.commands.annotate import annotated_copy, copy_name, summary
from xlkpi.errors import XlkpiError
from xlkpi.reading.returns.check import check_return
from xlkpi.reading.returns.checked_return import CheckedReturn, Status
from xlkpi.writing.files import write_whole


def run(asked: argparse.Namespace) -> int:
    """Check every file named; one that cannot be read never hides the others."""
    returns = []
    files = [file for named in asked.files for file in _matching(named)]
    with progress_bar("Checking returns") as progress:
        for number, file in enumerate(files, start=1):
            returns.append(check_return(file))
            progress(number, len(files))
    if asked.json:
        from xlkpi.cli.json_out import check_document  # noqa: PLC0415 - pydantic costs 170 ms

        print(check_document(returns))
    else:
        for checked in returns:
            _print(checked)
    return max(_status(returns), _annotate_all(returns, Path(asked.annotate)) if asked.annotate else DONE)


def _matching(named: str) -> list[str]:
    """The files a pattern names, for the command line of Windows, which leaves ``*.xlsx`` to the program."""
    path = Path(named)
    if not any(sign in path.name for sign in "*?") or path.exists():
        return [named]
    return sorted(map(str, path.parent.glob(path.name))) or [named]


def _annotate_all(returns: list[CheckedReturn], folder: Path) -> int:
    """A marked copy of each return, none over another or over a file that was named; the status that this asks for."""
    taken = {Path(checked.file).resolve() for checked in returns}
    worst = DONE
    for checked in returns:
        path = _free(folder / copy_name(checked), taken)
        taken.add(path.resolve())
        worst = max(worst, _annotate(checked, path))
    return worst


def _free(path: Path, taken: set[Path]) -> Path:
    """The path, numbered where it is taken."""
    names = itertools.chain((path.name,), (f"{path.stem} ({n}){path.suffix}" for n in itertools.count(2)))
    return next(free for free in (path.with_name(name) for name in names) if free.resolve() not in taken)


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


def _annotate(checked: CheckedReturn, path: Path) -> int:
    """Write the marked copy; where none could be made or written, that is said."""
    try:
        copy = annotated_copy(checked, Path(checked.file).read_bytes()) if not checked.unreadable else None
        if copy is None:
            say(f"{checked.file}: no marked copy can be made of it.")
            return FIX
        write_whole(path, copy)
        say(f"Marked copy: {path}")
    except (OSError, XlkpiError) as problem:
        say(f"{checked.file}: no marked copy was written. {problem}")
        return UNWRITTEN
    return DONE
