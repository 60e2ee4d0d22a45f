"""The wheel for xlwings Lite: what is in it, that it needs nothing else, and that it answers as we do here."""

from __future__ import annotations

import ast
import base64
import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.evidence import some
from tests.hosts.lite import lite_cases
from tests.house.project_files import ROOT
from tests.house.test_rooms import imported
from xlkpi.hosts.lite.build_wheel import wheel_bytes, wheel_files, wheel_name

AGAIN = "run: python scripts/regenerate.py --only lite"
SMALL = 3


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(io.BytesIO(wheel_bytes())) as wheel:
        wheel.extractall(folder)
    return folder


def test_the_wheel_in_the_project_is_the_one_that_is_made():
    assert (ROOT / "udfs/lite" / wheel_name()).read_bytes() == wheel_bytes(), AGAIN


def test_every_file_is_listed_with_its_digest():
    files = wheel_files()
    *_, (record, listed) = files.items()
    rows = list(csv.reader(io.StringIO(listed.decode())))
    assert rows[-1] == [record, "", ""]
    for name, digest, size in some(rows[:-1]):
        content = files[name]
        wanted = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        assert (digest, int(size)) == (f"sha256={wanted}", len(content)), name


def test_nothing_is_imported_but_the_standard_library_and_what_is_inside(unpacked):
    for path in some(unpacked.rglob("*.py")):
        for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
            top = module.partition(".")[0]
            assert top in sys.stdlib_module_names or top == "xlkpi", (path, module)


def test_a_python_with_the_wheel_alone_gives_the_same_results(unpacked):
    """In isolation: no site-packages, no project; the grid is a small one, tests/by_hand has the large."""
    code = f"import json, lite_cases; print(json.dumps(lite_cases.grid({SMALL})))"
    places = [str(unpacked), str(Path(lite_cases.__file__).parent)]
    program = f"import sys; sys.path[:0] = {places!r}; {code}"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document == lite_cases.grid(SMALL)
    assert document["results"] > 30_000
