"""Do the jobs of the macros with the toolkit: the same Python API as the commands, each ending in one message.

Excel calls ``run_job``; LibreOffice, whose Python has none of the toolkit's packages, runs ``python -m xlkpi.hosts.jobs
JOB`` in the toolkit's environment: answers as one JSON object on stdin, a line of JSON for each step on stdout
(``{"progress": [what, done, of]}``), the last one ``{"outcome": [message, opens, done]}``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlkpi
from xlkpi.errors import XlkpiError
from xlkpi.hosts.contract_jobs import contract_run, decide, escalate, feedback, lists_beside, new, status
from xlkpi.hosts.job_words import SHOWN, describe_faults, listed, many
from xlkpi.hosts.macros import Outcome
from xlkpi.hosts.opened_copies import write_opened_copy

if TYPE_CHECKING:
    from xlkpi.commands.consolidate import Master
    from xlkpi.reading.returns.checked_return import CheckedReturn

Progress = Callable[[str, int, int], None]
Job = Callable[[Mapping[str, str], Progress], Outcome]

NOT_DONE = "Nothing was written."


def run_job(job: str, answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Do one job; a problem with files or folders is its outcome. Raises KeyError for an unknown job."""
    do = JOBS[job]
    try:
        return do(answers, progress)
    except XlkpiError as problem:
        return Outcome(str(problem), done=False)
    except ValueError as problem:
        if not getattr(problem, "usage", False):
            raise
        return Outcome(str(problem), done=False)
    except OSError as problem:
        where = Path(problem.filename).name if problem.filename else "A file"
        return Outcome(f"{where}: {problem.strerror or problem}. {NOT_DONE}", done=False)


def check(answers: Mapping[str, str], _progress: Progress) -> Outcome:
    """Check a return file; a marked copy is opened where there are findings."""
    from xlkpi.commands.check import annotated_copy, copy_name, summary  # noqa: PLC0415 - as each job: only what it needs
    from xlkpi.council import terms_near  # noqa: PLC0415 - as above
    from xlkpi.reading.returns.check_return import check_return  # noqa: PLC0415 - as above
    from xlkpi.reading.returns.council_seal_check import check_council_seal  # noqa: PLC0415 - as above
    from xlkpi.reading.returns.seal_key import find_key  # noqa: PLC0415 - as above

    file = Path(answers["file"])
    checked = check_council_seal(check_return(file, terms=terms_near(file.absolute().parent)), find_key())
    marked = checked.findings and not checked.unreadable
    opens: tuple[str, ...] = ()
    message = "\n".join([summary(checked), *_first_findings(checked)])
    try:
        copy = annotated_copy(checked, file.read_bytes()) if marked else None
    except XlkpiError as problem:
        return Outcome(f"{message}\n\nNo marked copy was made. {problem}", done=True)
    if copy is not None:
        opens = (str(write_opened_copy(file, copy_name(checked), copy)),)
        message += "\n\nA marked copy opens now. Your own file is unchanged."
    return Outcome(message, opens, done=not checked.unreadable)


def _first_findings(checked: CheckedReturn) -> list[str]:
    ordered = sorted(checked.findings, key=lambda finding: finding.severity.rank)
    lines = ["", *(f"{finding.severity.value}: {finding.message}" for finding in ordered[:SHOWN])] if ordered else []
    return [*lines, f"and {len(ordered) - SHOWN} more."] if len(ordered) > SHOWN else lines


def build(answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Build the returns of a period, and open the folder."""
    from xlkpi.commands.build import build_returns  # noqa: PLC0415 - as above

    run = contract_run(answers, answers["period"])
    out = str(run.returns) if run else answers["out"]
    built = build_returns(
        run.register if run else answers["register"],
        run.period if run else answers["period"],
        out,
        contract=run.contract if run else None,
        progress=lambda done, of: progress("Building returns", done, of),
    )
    lines = [f"{many(len(built.files), 'return workbook')} for {built.period} written to {out}."]
    if built.nothing_due:
        lines.append(f"Nothing is due from {listed([p.provider_id for p in built.nothing_due])}: no workbook was made.")
    if built.kept:
        kept = listed([file.kept.name for file in built.kept])
        lines.append(f"Kept as they are, because xlkpi did not write them or they have changed since: {kept}.")
        lines.append("The new workbooks beside them have a number in their names.")
    lines += describe_faults(built.faults)
    return Outcome("\n".join(lines), (out,) if built.files else (), done=bool(built.files))


def consolidate(answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Make a master from a folder of returns, and open it. A register beside the folder shows who is missing."""
    from xlkpi.commands.consolidate import consolidate as make_master  # noqa: PLC0415 - as above

    run = contract_run(answers)
    folder = run.contract.inbox if run else Path(answers["folder"])
    lists = lists_beside(folder, run)
    master = make_master(
        folder,
        run.master if run else answers["out"],
        progress=lambda done, of: progress("Reading returns", done, of),
        **lists,
    )
    return Outcome(_summary_of(master, lists["register"]), (str(master.path),))


def _summary_of(master: Master, register: Path | None) -> str:
    result = master.consolidation
    missing = [expected.provider.provider_id for expected in result.missing]
    who = f"Missing: {listed(missing) or 'none'} (by {register.name})." if register else ""
    lines = [
        f"Master: {master.path}",
        f"Period: {result.period}." if result.period else "No file in this folder is a return.",
        f"{many(result.found, 'file')} found: {result.used} used, {result.set_aside} set aside,"
        f" {result.superseded} superseded.",
        who or "Missing returns are not known: put register.csv or register.xlsx beside the folder.",
        f"{result.must_fix} to fix, {result.queries} to correct or explain.",
        *filter(None, (result.period_note,)),
    ]
    return "\n".join(lines + describe_faults(master.faults))


def finance(answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Compare a folder of returns with the ledger, and open the workbook."""
    run = contract_run(answers)
    folder = run.contract.inbox if run else answers["folder"]
    result = xlkpi.finance_check(
        folder,
        run.ledger if run else answers["ledger"],
        run.finance if run else answers["out"],
        progress=lambda rows: progress("Reading the ledger", rows, 0),
        **lists_beside(folder, run),
    )
    check, ledger = result.check, result.check.ledger
    lines = (
        f"Finance workbook: {result.path}",
        f"Period: {check.period}.",
        f"Ledger rows: {ledger.rows_read} read, {ledger.rows_used} used, {ledger.rows_set_aside} set aside.",
        f"{check.must_fix} to fix, {check.queries} to correct or explain.",
    )
    return Outcome("\n".join([*lines, *describe_faults(result.faults)]), (str(result.path),))


def connect(answers: Mapping[str, str], _progress: Progress) -> Outcome:
    """Open a copy in which the KPI functions are called by their plain names."""
    from xlkpi.hosts.functions import FUNCTIONS  # noqa: PLC0415 - as above
    from xlkpi.writing.connect_functions import connect_functions  # noqa: PLC0415 - as above

    file = Path(answers["file"])
    try:
        copy, calls = connect_functions(file.read_bytes(), {function.name for function in FUNCTIONS})
    except XlkpiError as problem:
        return Outcome(f"{file.name} cannot be read: {problem}. Save it as .xlsx, then try again.", done=False)
    if not calls:
        return Outcome(f"{file.name} does not call the KPI functions of another computer. {NOT_DONE}")
    path = write_opened_copy(file, f"{file.stem} - connected{file.suffix}", copy)
    lines = (
        f"{many(calls, 'call')} of the KPI functions connected.",
        "A copy opens now: save it where you want it. Your own file is unchanged.",
    )
    return Outcome("\n".join(lines), (str(path),))


def about(_answers: Mapping[str, str], _progress: Progress) -> Outcome:
    """Show what ``xlkpi doctor`` prints."""
    printed = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-m", "xlkpi", "doctor"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return Outcome((printed.stdout + printed.stderr).strip() or "xlkpi doctor printed nothing.")


JOBS: Mapping[str, Job] = {
    "check": check,
    "new": new,
    "build": build,
    "consolidate": consolidate,
    "finance": finance,
    "feedback": feedback,
    "status": status,
    "escalate": escalate,
    "decide": decide,
    "connect": connect,
    "about": about,
}
"""By the macro's id. *Explain this indicator* needs no toolkit."""


def main() -> int:
    """Do the job named on the command line, for a host in another process."""
    (job,) = sys.argv[1:]
    out = sys.stdout

    def send(**message: Any) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    outcome = run_job(job, json.load(sys.stdin), lambda what, done, of: send(progress=[what, done, of]))
    send(outcome=[outcome.message, list(outcome.opens), outcome.done])
    return 0


if __name__ == "__main__":
    sys.exit(main())
