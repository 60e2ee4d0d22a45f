"""The annotated copy of a return: the provider's own file with its findings marked and listed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from xlkpi.findings import Severity
from xlkpi.reading.returns.checked_return import CheckedReturn


def annotated_copy(checked: CheckedReturn, source: bytes) -> bytes | None:
    """The file's bytes with marked cells and a sheet of findings; None for a file that no copy can be made of."""
    if checked.unreadable:
        return None
    from xlkpi.writing.marked_copy.annotate import Mark, Remark, annotate  # noqa: PLC0415 - lxml, which a check alone needs not

    marks = [Mark(f.sheet, f.cell, f.severity.value) for f in checked.findings if f.sheet and f.cell]
    remarks = [Remark(f.severity.value, f.indicator or "", f.sheet, f.cell, f.message) for f in checked.findings]
    manifest = checked.manifest
    who = f"{manifest.provider} ({manifest.provider_id}), {manifest.period}" if manifest else Path(checked.file).name
    intro = (who, summary(checked))
    return annotate(source, marks, remarks, title="What we found in your return", intro=intro)


def summary(checked: CheckedReturn) -> str:
    """One line on a checked return: ``2 to fix, 1 to correct or explain, 15 indicators checked …``."""
    if checked.manifest is None:
        return "Not checked: not a return that can be read."
    due = sum(entry.due for entry in checked.entries)
    counts = Counter(finding.severity for finding in checked.findings)
    must_fix, queries, noted = (counts[severity] for severity in Severity)
    of = f"{due} indicator{'' if due == 1 else 's'} checked against catalogue {checked.manifest.catalogue}."
    if not must_fix and not queries:
        notes = f" {noted} to note." if noted else ""
        return f"Nothing to fix.{notes} {of}"
    return f"{must_fix} to fix, {queries} to correct or explain. {of}"


def copy_name(checked: CheckedReturn) -> str:
    """The name of the annotated copy: the file's own with a word added."""
    path = Path(checked.file)
    return f"{path.stem} - checked{path.suffix}"
