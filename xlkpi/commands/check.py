"""``xlkpi check``: returns checked one by one, and the marked copy of each with its findings marked and listed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.commands.request import needed_period
from xlkpi.consolidation.email_names import is_email_name
from xlkpi.consolidation.inbox import find_files, is_left_by_programs, is_workbook_name
from xlkpi.core.contract_places import find_contract_root
from xlkpi.core.period import Period
from xlkpi.errors import Unreadable, UnreadableFile, XlkpiError
from xlkpi.findings import Code, Severity
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.problem_log import log
from xlkpi.reading.returns.check_return import check_return
from xlkpi.reading.returns.checked_return import CheckedReturn, Status
from xlkpi.reading.returns.council_seal_check import check_council_seal
from xlkpi.reading.returns.file_budget import CPU_SECONDS, OverBudget, within_budget
from xlkpi.reading.returns.seal_key import find_key
from xlkpi.writing.file_names import name_with
from xlkpi.writing.own_outputs import KeptFile, OutputWriter

if TYPE_CHECKING:
    from xlkpi.consolidation.email_attachments import Attachment

LEFT_OUT = {
    Code.MACROS: "macros",
    Code.OUTSIDE_LINK: "links",
    Code.EMBEDDED: "objects",
    Code.OUTSIDE_FORMULA: "formulas",
}
"""What a marked copy is made without, by the finding about it (xlkpi.writing.marked_copy.disarm)."""
CHANGED = "The file has changed since it was checked. Check it again."


@dataclass(frozen=True)
class CheckRequest:
    """Which files to check, and the folder that gets a marked copy of each (None: no copies).

    A name with ``*`` or ``?`` means every file that matches, because the command line of Windows leaves that to the
    program. ``progress`` is called with how many of how many files are checked. A file in that folder that xlkpi did
    not write, or that has changed since, is only replaced with ``overwrite``. Returns of another ``period`` are left
    out where one is given; files whose period is not known never are. A text is a period of the first file's contract.
    """

    files: tuple[str, ...]
    annotate: str | None = None
    progress: Callable[[int, int], None] | None = None
    overwrite: bool = False
    period: Period | str | None = None


@dataclass(frozen=True)
class MarkedCopy:
    """The marked copy of a file, or why there is none; neither path nor problem: no copy can be made of it."""

    file: str
    path: Path | None = None
    problem: str = ""


@dataclass(frozen=True)
class CheckReport:
    """Every file that was checked, in the order of the request, and the marked copies that were asked for.

    ``kept`` are the files that were not replaced, each with the marked copy written next to it.
    """

    returns: tuple[CheckedReturn, ...]
    copies: tuple[MarkedCopy, ...] = ()
    kept: tuple[KeptFile, ...] = ()

    @property
    def any_unreadable(self) -> bool:
        """Tell whether a file could not be read as a return."""
        return any(checked.unreadable for checked in self.returns)

    @property
    def any_must_fix(self) -> bool:
        """Tell whether something must be fixed in one of the returns."""
        return any(checked.status is Status.MUST_FIX for checked in self.returns)


def check_files(request: CheckRequest) -> CheckReport:
    """Check every file; one that cannot be read, or whose copy cannot be written, never stops the others."""
    period = _wanted_period(request)
    sources = [source for pattern in request.files for file in _matching(pattern) for source in _take_apart(file)]
    returns, key = [], find_key()
    for number, (file, data) in enumerate(sources, start=1):
        checked = check_return(file, data=data, terms=_terms_for(Path(file).absolute().parent))
        returns.append(check_council_seal(checked, key))
        if request.progress:
            request.progress(number, len(sources))
    writer = OutputWriter(request.overwrite)
    pairs = [
        (checked, data)
        for checked, (_, data) in zip(returns, sources, strict=True)
        if period is None or checked.manifest is None or checked.manifest.period == period
    ]
    copies = tuple(_write_copies(pairs, Path(request.annotate), writer)) if request.annotate else ()
    return CheckReport(tuple(checked for checked, _ in pairs), copies, tuple(writer.kept))


def _wanted_period(request: CheckRequest) -> Period | None:
    if not isinstance(request.period, str):
        return request.period
    return needed_period(request.period, _terms_for(Path(request.files[0]).absolute().parent).scheme)


def _terms_for(folder: Path) -> ContractTerms:
    """Find by what to judge the returns of a folder: by its contract folder, or else by the one we are in."""
    if find_contract_root(folder) is None and find_contract_root(Path().absolute()) is None:
        return load_terms()
    from xlkpi.council import terms_near  # noqa: PLC0415 - only a contract folder is worth 200 ms

    return terms_near(folder)


def returns_in(inbox: Path) -> tuple[str, ...]:
    """List the files of an inbox that may be returns, or emails with returns, in the order of their names."""
    names = (path for path in find_files(inbox) if not is_left_by_programs(path))
    return tuple(str(path) for path in names if is_workbook_name(path) or is_email_name(path.name))


def _take_apart(file: str) -> list[tuple[str, bytes | None]]:
    """Return the files attached to an email, each with its bytes; any other file as it is."""
    attachments: tuple[Attachment, ...] = ()
    if is_email_name(file):
        from xlkpi.consolidation.email_attachments import read_attachments  # noqa: PLC0415 - the library of emails, for an email alone

        with suppress(UnreadableFile):  # reading it as a return says so
            attachments = read_attachments(read_plain(Path(file)))
    return [(f"{file}/{attached.name}", attached.data) for attached in attachments] or [(file, None)]


def _matching(pattern: str) -> list[str]:
    path = Path(pattern)
    if not any(sign in path.name for sign in "*?") or path.exists():
        return [pattern]
    return sorted(map(str, path.parent.glob(path.name))) or [pattern]


def _write_copies(
    returns: list[tuple[CheckedReturn, bytes | None]], folder: Path, writer: OutputWriter
) -> Iterator[MarkedCopy]:
    """Write a marked copy of each return, none over another or over a file that was checked."""
    taken = {Path(checked.file).resolve() for checked, _ in returns}
    for checked, data in returns:
        copy = _write_copy(checked, data, folder / copy_name(checked), writer, taken)
        if copy.path is not None:
            taken.add(copy.path.resolve())
        yield copy


def _write_copy(
    checked: CheckedReturn, data: bytes | None, path: Path, writer: OutputWriter, taken: set[Path]
) -> MarkedCopy:
    if checked.unreadable:
        return MarkedCopy(checked.file)
    try:
        copy = annotated_copy(checked, data or read_plain(Path(checked.file)))
        return MarkedCopy(checked.file, writer.write(path, copy, taken) if copy else None)
    except (OSError, XlkpiError) as problem:
        return MarkedCopy(checked.file, problem=str(problem))


class StoppedCopy(XlkpiError):
    """A marked copy is not made; the text says why, and what to do."""


def annotated_copy(checked: CheckedReturn, source: bytes) -> bytes | None:
    """Return the file with marked cells and a sheet of findings; None for a file that no copy can be made of.

    Raises NotAWorkbookError where one of its other parts is damaged, StoppedCopy where ``source`` is not what was
    checked, where it takes too long, or where a bug of ours came to light.
    """
    if checked.unreadable:
        return None
    if hashlib.sha256(source).hexdigest() != checked.sha256:
        raise StoppedCopy(CHANGED)
    try:
        with within_budget():
            return _annotated(checked, source)
    except XlkpiError:
        raise
    except OverBudget:
        raise StoppedCopy(
            f"Making it was stopped after {CPU_SECONDS:g} seconds. {Unreadable.TOO_SLOW.remedy}"
        ) from None
    except Exception as problem:  # memory and recursion too: one file never stops the others
        place = log(problem, f"making a marked copy of {checked.file}")
        raise StoppedCopy(f"Making it stopped unexpectedly ({type(problem).__name__}). See {place}.") from problem


def _annotated(checked: CheckedReturn, source: bytes) -> bytes:
    from xlkpi.writing.marked_copy.annotate import Mark, Remark, annotate  # noqa: PLC0415 - lxml, which a check alone does not need

    marks = [Mark(f.sheet, f.cell, f.severity.value) for f in checked.findings if f.sheet and f.cell]
    remarks = [Remark(f.severity.value, f.indicator or "", f.sheet, f.cell, f.message) for f in checked.findings]
    manifest = checked.manifest
    sender = f"{manifest.provider} ({manifest.provider_id}), {manifest.period}" if manifest else Path(checked.file).name
    intro = (sender, summary(checked))
    without = {LEFT_OUT[f.code] for f in checked.findings if f.code in LEFT_OUT}
    return annotate(source, marks, remarks, title="What we found in your return", intro=intro, without=without)


def summary(checked: CheckedReturn) -> str:
    """Summarise a checked return: ``2 to fix, 1 to correct or explain. 15 indicators checked …``."""
    if checked.manifest is None:
        return "Not checked: not a return that can be read."
    due = sum(entry.due for entry in checked.entries)
    counts = Counter(finding.severity for finding in checked.findings)
    must_fix, queries, noted = (counts[severity] for severity in Severity)
    scope = f"{due} indicator{'' if due == 1 else 's'} checked against catalogue {checked.manifest.catalogue}."
    if not must_fix and not queries:
        notes = f" {noted} to note." if noted else ""
        return f"Nothing to fix.{notes} {scope}"
    return f"{must_fix} to fix, {queries} to correct or explain. {scope}"


def copy_name(checked: CheckedReturn) -> str:
    """Name the marked copy: the file's own name with a word added."""
    return name_with(Path(checked.file).name, " - checked")
