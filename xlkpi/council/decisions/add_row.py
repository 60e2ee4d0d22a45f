"""Adding one decision to a log that is there, in the form that its file has."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xlkpi.core.checks import join_words
from xlkpi.council.decisions.decision import Decision
from xlkpi.council.decisions.kinds import DecisionKind
from xlkpi.council.decisions.log_row import LOG_COLUMNS, READ_COLUMNS
from xlkpi.council.lists.list_parts import csv_form
from xlkpi.council.lists.reader import open_list
from xlkpi.errors import UnwritableFile
from xlkpi.writing.csv_text import csv_lines


@dataclass(frozen=True)
class _ListForm:
    """How a list is written: its encoding, its delimiter, and the column in each place."""

    encoding: str = "utf-8"
    delimiter: str = ","
    columns: tuple[str, ...] = LOG_COLUMNS


def added_decision(path: Path, earlier: bytes, decision: Decision) -> bytes:
    """Return what to add to a log for one more decision: a row in the form of the list, after a header if it is empty.

    ``earlier`` is the content of the list at ``path``. Raises UnreadableFile or RegisterError where the list cannot be
    read, UnwritableFile where it lacks a column for the decision, or a row at its end would not be read as one.
    """
    texts = log_cells(decision)
    if not earlier.strip():
        cells = [texts[column] for column in LOG_COLUMNS]
        return (b"" if earlier else codecs.BOM_UTF8) + csv_lines([LOG_COLUMNS, cells])
    form = _form_of(path, earlier)
    if "value" not in form.columns and decision.kind in (DecisionKind.USE, DecisionKind.SET_ASIDE):
        texts["sha256"] = texts.pop("value")
    _refuse_lost_cells(path, texts, form)
    row = csv_lines([[texts.get(column, "") for column in form.columns]], form.encoding, form.delimiter)
    line_end = "\n".encode(form.encoding)
    addition = (b"" if earlier.endswith(line_end) else "\r\n".encode(form.encoding)) + row
    if _last_row(earlier + addition, form) != _last_row(row, form):
        detail = "a quotation mark in it is never closed"
        raise UnwritableFile(path, detail, "Open the list, correct its last row and decide again.")
    return addition


def log_cells(decision: Decision) -> dict[str, str]:
    """Give a decision's cells by column. Whatever is not text in a file's name is replaced when they are written."""
    return {
        "decided_on": decision.decided_on.isoformat(),
        "decided_by": decision.decided_by,
        "decision": decision.kind.value,
        "provider_id": decision.provider_id,
        "period": str(decision.period) if decision.period else "",
        "indicator": decision.indicator,
        "file": decision.file,
        "value": decision.value,
        "why": decision.why,
    }


def _refuse_lost_cells(path: Path, texts: Mapping[str, str], form: _ListForm) -> None:
    # A list of the first version has no column for most kinds: a cell without a place would be lost in silence.
    # Without the sha256, a decision is about the file of that name, as everything in such a list is.
    lacking = [column for column, text in texts.items() if text and column not in (*form.columns, "sha256")]
    if lacking:
        names = join_words(lacking)
        remedy = f"Add {names} to its header, or name another list with --decisions."
        raise UnwritableFile(path, f"it has no column for {names}", remedy)


def _form_of(path: Path, earlier: bytes) -> _ListForm:
    header = open_list(path, READ_COLUMNS).header
    form = csv_form(path)
    if form is None:
        detail = "it is a workbook, and decisions are added to a CSV"
        raise UnwritableFile(path, detail, "Save it as CSV UTF-8 and name that file with --decisions.")
    encoding, delimiter = form
    if encoding == "utf-16":
        encoding = "utf-16-le" if earlier.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    by_place = {place: column for column, place in header.at.items()}
    columns = tuple(by_place.get(place, "") for place in range(header.width))
    return _ListForm(encoding.removesuffix("-sig"), delimiter, columns)


def _last_row(data: bytes, form: _ListForm) -> Sequence[str]:
    text = io.StringIO(data.decode(form.encoding, "replace"), newline="")
    last: Sequence[str] = ()
    with suppress(csv.Error):  # a cell longer than CSV may have: what is below it cannot be read
        for row in csv.reader(text, delimiter=form.delimiter):
            last = row or last
        return last
    return ()
