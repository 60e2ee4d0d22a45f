"""Files to check: sound, damaged and no returns at all."""

from __future__ import annotations

import pytest

from tests.reading.return_edits import clean, filled, typed
from xlkpi.core.checks import Entry


@pytest.fixture
def inbox(tmp_path):
    """A folder with one file of each kind, by name."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    files = {
        "clean.xlsx": clean(),
        "queries.xlsx": filled(KPI_S3=Entry(41, 40)),
        "wrong.xlsx": typed(**{"KPI_S1.x": "12 visits"}),
        "notes.txt.xlsx": b"no workbook at all",
        "empty.xlsx": b"",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
