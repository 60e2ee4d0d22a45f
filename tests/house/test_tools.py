"""The tools that read the code for us find nothing, and the project file says what is true."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

import xlkpi
from tests.house.project_files import ROOT

pytestmark = pytest.mark.xdist_group("house")
CHECKED = ["xlkpi", "udfs", "tests", "scripts", "install_addin.py"]


def run(*arguments):
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"


def test_ruff_finds_nothing():
    run("ruff", "check", "--output-format", "concise", *CHECKED)


def test_the_formatter_changes_nothing():
    run("ruff", "format", "--check", *CHECKED)


def test_mypy_finds_nothing():
    scripts = [str(path) for path in sorted((ROOT / "scripts").glob("*.py"))]
    assert scripts
    run("mypy", "--strict", "xlkpi", *scripts)


def test_each_rule_left_out_has_its_reason_beside_it():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("ignore = [")
    left_out = lines[start + 1 : lines.index("]", start)]
    assert left_out
    assert not [line for line in left_out if "#" not in line]


def test_the_project_file_and_the_package_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"xlkpi": "xlkpi.cli:main"}
    assert project["requires-python"] == ">=3.11"
    bounded = project["dependencies"] + project["optional-dependencies"]["test"]
    assert not [text for text in bounded if ">=" not in text or "<" not in text]
    assert xlkpi.__version__.count(".") == 2


@pytest.mark.parametrize(("ci", "summary"), [("true", "1 failed, 1 error"), ("", "2 skipped")])
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere some tests do not apply")
def test_under_ci_a_skip_is_a_failure(tmp_path, ci, summary):
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_itself.py").write_text("import pytest\n\n\ndef test_it():\n    pytest.skip('no tool')\n")
    (tmp_path / "test_module.py").write_text("import pytest\n\npytest.importorskip('no_such_module')\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors", "."]
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert summary in done.stdout, done.stdout + done.stderr
