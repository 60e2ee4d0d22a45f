"""From a file to a checked return: read verbatim, located by name, judged by core. A user's file never raises."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import COVER, HELP, PLAN, QUESTIONS
from xlkpi.ooxml.model import RawWorkbook
from xlkpi.ooxml.workbook import digest_of, open_workbook
from xlkpi.problem_log import log
from xlkpi.reading.returns.active import active_findings
from xlkpi.reading.returns.answers import read_answers
from xlkpi.reading.returns.checked_return import CheckedReturn
from xlkpi.reading.returns.cover import read_cover
from xlkpi.reading.returns.entries import judge, read_fillings
from xlkpi.reading.returns.file_budget import CPU_SECONDS, OverBudget, within_budget
from xlkpi.reading.returns.locate import Search
from xlkpi.reading.returns.manifest import read_manifest
from xlkpi.reading.returns.origins import origin_findings
from xlkpi.reading.returns.tampering import structure_findings
from xlkpi.reading.returns.template_versions import ONLY_OF_OUR_LAYOUT, target_findings


def check_return(path: Path | str, *, data: bytes | None = None, terms: ContractTerms | None = None) -> CheckedReturn:
    """Read and check one return file (Schedule 3.0, 5.0, 6.2).

    A file that cannot be read, or is not one of our returns, gives a CheckedReturn that is ``unreadable``, without
    manifest and entries, and with the one finding that says why and what to do. ``data`` are the file's bytes where
    they are at hand. ``terms`` are those of its contract: a return is judged by what is in force for its period,
    whichever version of the catalogue it was built with. A bug of ours that the file brings to light is such a finding
    too, and an entry in the log.
    """
    terms = terms or load_terms()
    try:
        with within_budget():
            book = open_workbook(path, data=data)
            return _checked(book, terms, str(path))
    except UnreadableFile as problem:
        return unreadable_return(path, problem, data=data)
    except Exception as problem:  # noqa: BLE001 - memory and recursion too: no file may stop the others
        return unreadable_return(path, stopped(path, problem), data=data)


def make_check(terms: ContractTerms) -> Callable[..., CheckedReturn]:
    """Make the check of returns that judges by these terms; it can be sent to other processes."""
    return partial(check_return, terms=terms) if terms.digest else check_return


def stopped(path: Path | str, problem: BaseException) -> UnreadableFile:
    """Log what stopped the reading of a file, and return it as a reason why the file cannot be read."""
    if isinstance(problem, OverBudget):
        return UnreadableFile(path, Unreadable.TOO_SLOW, f"{CPU_SECONDS:g} seconds")
    log(problem, f"reading {path}")
    return UnreadableFile(path, Unreadable.STOPPED, type(problem).__name__)


def unreadable_return(path: Path | str, problem: UnreadableFile, *, data: bytes | None = None) -> CheckedReturn:
    """Make the return of a file that cannot be read: one finding, with its remedy."""
    reason = finding(Code.UNREADABLE, {"reason": problem.message, "remedy": problem.remedy})
    digest = hashlib.sha256(data).hexdigest() if data is not None else digest_of(Path(path))
    return CheckedReturn(str(path), digest, None, (), (reason,), unreadable=True)


def _checked(book: RawWorkbook, terms: ContractTerms, file: str) -> CheckedReturn:
    template, findings = read_manifest(book, terms)
    if template is None:
        return CheckedReturn(file, book.sha256, None, (), findings, unreadable=True, saved_at=book.modified or "")
    manifest, layout = template.manifest, template.layout
    search = Search(book)
    search.locate(layout)
    cover = read_cover(book, manifest)
    fillings = read_fillings(book, layout, search.located, manifest.open_plans)
    entries, judged = judge(template.catalogue, layout, manifest, fillings)
    answers, unanswered = read_answers(book, manifest)
    around = structure_findings(book, layout, search.located)
    origins = origin_findings(book, layout, manifest, search.located)
    active = active_findings(book, manifest.edition)
    targets = target_findings(layout, search.located, manifest)
    every = (*findings, *targets, *cover.findings, *search.findings, *judged, *unanswered, *origins, *around, *active)
    if not template.same_rows:
        every = tuple(each for each in every if each.code not in ONLY_OF_OUR_LAYOUT)
    order = (COVER, *layout.titles, PLAN, QUESTIONS, HELP)
    return CheckedReturn(
        file,
        book.sha256,
        manifest,
        entries,
        _ordered(every, order),
        declared_by=cover.declared_by,
        declared_on=cover.declared_on,
        saved_at=book.modified or "",
        application=book.application or "",
        answers=answers,
        contacts=cover.contacts,
    )


def _ordered(findings: Sequence[Finding], sheets: Sequence[str]) -> tuple[Finding, ...]:
    """Must fix first, then by sheet as the workbook has them; a repeated message is given once."""
    place = {name: number for number, name in enumerate(sheets)}
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.severity.rank, place.get(f.sheet, len(place)))))
