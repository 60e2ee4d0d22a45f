"""A folder of returns made into rows, files, findings and a list of who is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from xlkpi.catalogue import Catalogue, load_catalogue
from xlkpi.consolidation.action_plans import plan_lines
from xlkpi.consolidation.apply_decisions import apply_decisions
from xlkpi.consolidation.earlier_periods import earlier_plans, earlier_rows, that_count, with_plans, with_rows
from xlkpi.consolidation.expected_returns import missing_of, must_report, provider_lines, readings_in_force
from xlkpi.consolidation.file_sources import FileSource, find_sources
from xlkpi.consolidation.inbox import is_workbook_name
from xlkpi.consolidation.mixed_readings import mixed_finding, mixed_indicators
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.result import Consolidation, FileFinding, FileStatus
from xlkpi.consolidation.rows import data_rows, file_findings, file_rows, sorted_findings
from xlkpi.consolidation.selection import FoundFile, select_returns, usual_period
from xlkpi.consolidation.unusable_files import explain_unusable
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow, FileDecision

SendBy = Callable[[Period], date]


def collect_period(
    folder: Path | str,
    *,
    register: Sequence[Provider] | None,
    period: Period | None,
    reading: ReadOptions,
    leave_out: Collection[Path] = (),
    catalogue: Catalogue | None = None,
    as_of: date | None = None,
    previous: Path | str | None = None,
    decisions: Sequence[FileDecision] = (),
    decisions_list: str = "",
    list_findings: Sequence[FileFinding] = (),
    send_by: SendBy | None = None,
    rows_before: Sequence[DataRow] = (),
    plans_before: Sequence[ActionPlanRecord] = (),
) -> Consolidation:
    """Read every file under a folder and bring the returns of one period together.

    Args:
        folder: The inbox, or its address; sub-folders are read too.
        register: The providers of the framework; None leaves open who is expected, missing or unknown.
        period: The period collected; None takes the one that most providers returned.
        reading: What checks a file, and where; it never raises for what a user's file holds.
        leave_out: Files of our own that lie in the folder, such as the master about to be written.
        catalogue: The indicators, None for those that ship with this version.
        as_of: The day to count days late from, None for today.
        previous: A folder of returns of earlier periods, for the trend; those in the inbox count too.
        decisions: What officers decided about files: use, set aside.
        decisions_list: The name of the file they stand in.
        list_findings: What is wrong in the lists of officers: the register, the decisions.
        rows_before: Entries of earlier periods from elsewhere, such as a master; a return found goes before them.
        plans_before: The action plans that belong to them.
        send_by: The day on which a period's returns are due, where none has come that says so itself.

    Returns:
        The consolidation; the same for the same files whatever their names and order, but for where a file's
        name is shown.

    Raises:
        UnreadableFile: There is no such folder.
    """
    inbox = find_sources(folder, leave_out=leave_out)
    elsewhere = _workbooks(previous) if previous else ()
    checked = read_all((*inbox, *elsewhere), reading)
    found = [FoundFile(one.name, read) for one, read in zip((*inbox, *elsewhere), checked, strict=True)]
    return consolidate_files(
        found[: len(inbox)],
        register=register,
        period=period,
        catalogue=catalogue or load_catalogue(),
        as_of=as_of or date.today(),  # noqa: DTZ011 - the day where the officer sits
        before=found[len(inbox) :],
        decisions=decisions,
        decisions_list=decisions_list,
        list_findings=list_findings,
        send_by=send_by,
        rows_before=rows_before,
        plans_before=plans_before,
    )


def _workbooks(folder: Path | str) -> tuple[FileSource, ...]:
    return tuple(one for one in find_sources(folder) if is_workbook_name(PurePosixPath(one.name)))


def consolidate_files(
    found: Sequence[FoundFile],
    *,
    register: Sequence[Provider] | None,
    period: Period | None,
    catalogue: Catalogue,
    as_of: date,
    before: Sequence[FoundFile] = (),
    decisions: Sequence[FileDecision] = (),
    decisions_list: str = "",
    list_findings: Sequence[FileFinding] = (),
    send_by: SendBy | None = None,
    rows_before: Sequence[DataRow] = (),
    plans_before: Sequence[ActionPlanRecord] = (),
) -> Consolidation:
    """Make a consolidation of files that are already read and checked; pure.

    ``before`` are returns found elsewhere, of which those of earlier periods count as history. ``decisions`` are the
    officer's, from the file ``decisions_list``; ``list_findings`` are about such lists. ``send_by`` tells the day a
    period's returns are due where no used return does. ``rows_before`` and
    ``plans_before`` are entries of earlier periods, and their action plans, that stand in for returns.
    """
    decided = apply_decisions(decisions, {one.file: one.checked.sha256 for one in found})
    period = period or usual_period(found)
    chosen = select_returns(found, period, decided.by_file)
    used = [one.found.manifest for one in chosen if one.status is FileStatus.USED and one.found.manifest]
    known = None if register is None else {provider.provider_id: provider for provider in register}
    readings = readings_in_force(used, catalogue)
    expected = [p for p in register or () if period and must_report(p, period, catalogue, readings)]
    rows = data_rows(chosen, catalogue, known)
    mixed = mixed_indicators(rows, catalogue)
    history = that_count(found, before, decided.by_file)
    earlier = earlier_rows(history, period, catalogue, known)
    findings = [*file_findings(chosen, known, catalogue), *(mixed_finding(code, rows) for code in mixed)]
    missing = missing_of(expected, used, send_by(period) if send_by and period else None)
    unusable = explain_unusable(chosen, register or (), period)
    findings += [*list_findings, *(FileFinding(decisions_list, "", "", said) for said in decided.findings)]
    result = Consolidation(
        period=period,
        files=file_rows(chosen, known, catalogue),
        rows=rows,
        findings=sorted_findings(findings, catalogue),
        missing=tuple(replace(one, unusable_files=unusable.get(one.provider.provider_id, ())) for one in missing),
        lines=provider_lines(expected, used, known, catalogue),
        expected=None if register is None or period is None else len(expected),
        readings=readings,
        mixed=mixed,
        as_of=as_of,
        earlier=with_rows(earlier, rows_before, period),
        plans=plan_lines(chosen, catalogue, known),
        earlier_plans=with_plans(earlier_plans(history, period, catalogue, known), plans_before, period, earlier),
    )
    _account_for(result, len(found))
    return result


def _account_for(result: Consolidation, files: int) -> None:
    """Every file must be somewhere: found = used + set aside + superseded. Anything else is our own bug."""
    if not files == result.found == result.used + result.set_aside + result.superseded:
        raise AssertionError((files, result.found, result.used, result.set_aside, result.superseded))
