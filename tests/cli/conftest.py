"""Files to check: sound, damaged and no returns at all."""

from __future__ import annotations

from functools import cache

import pytest

from tests.reading.return_edits import clean, filled, typed
from xlkpi.core.checks import Entry


@cache
def files():
    """One file of each kind, by name."""
    return {
        "clean.xlsx": clean(),
        "queries.xlsx": filled(KPI_S3=Entry(41, 40)),
        "wrong.xlsx": typed(**{"KPI_S1.x": "12 visits"}),
        "notes.txt.xlsx": b"no workbook at all",
        "empty.xlsx": b"",
    }


@pytest.fixture
def inbox(tmp_path):
    """A folder with them."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, data in files().items():
        (folder / name).write_bytes(data)
    return folder
