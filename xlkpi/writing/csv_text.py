"""CSV that spreadsheets read to the letter: UTF-8 with its mark, and no text that would run or act."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence

from xlkpi.plain_text import make_visible

FORMULA_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")
"""What a cell may begin with that a spreadsheet takes for a formula (OWASP, CSV injection), full-width signs too."""

_GUARDED = tuple(f"'{sign}" for sign in FORMULA_SIGNS)


def guard_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula, as people type it."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def unguard_formula(cell: str) -> str:
    """Take off the apostrophe that `guard_formula` puts on."""
    return cell[1:] if cell.startswith(_GUARDED) else cell


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as a whole CSV file, every text guarded; characters that UTF-8 cannot encode become ``?``."""
    return BOM_UTF8 + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[object]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Write rows as lines to add to a CSV, every text guarded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", delimiter=delimiter)
    writer.writerows(
        [make_visible(guard_formula(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return out.getvalue().encode(encoding, "replace")
