"""The lock files: they fit pyproject.toml, have a hash for every package, and name no package index.

Where one of these fails, run: python scripts/regenerate.py --only locks
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from regenerate_locks import EXTRAS, lock_faults, pins_of, requirements

from tests.house.project_files import ROOT
from xlkpi.installer.install_plan import plan_install
from xlkpi.installer.locks import FOLDER, install_locked, lock_file, newest_python
from xlkpi.installer.preconditions import unfit_python
from xlkpi.installer.system import RunningPython

LOCKS = {extra: lock_file(ROOT, extra).read_text(encoding="utf-8") for extra in EXTRAS}


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_lock_fits_the_project_file(extra):
    assert len(requirements(ROOT, extra)) >= 9
    assert list(lock_faults(ROOT, extra)) == []


@pytest.mark.parametrize("extra", EXTRAS)
def test_every_line_is_a_pin_or_a_hash(extra):
    lines = [line for line in LOCKS[extra].splitlines() if not line.startswith("#")]
    pin = re.compile(r"[a-z0-9._-]+==[\w.]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert len(lines) > 100
    assert not [line for line in lines if not pin.fullmatch(line)]
    assert all(hashes for versions in pins_of(LOCKS[extra]).values() for hashes in versions.values())


def test_a_package_has_the_same_versions_and_hashes_in_each_lock():
    whole = pins_of(LOCKS["test"])
    for extra in ("run", "excel"):
        pins = pins_of(LOCKS[extra])
        assert pins == {name: whole[name] for name in pins}


def needed(names):
    """Every package that these need on this machine, by what the installed ones say of themselves."""
    todo, seen = [(name, frozenset()) for name in names], set()
    while todo:
        name, extras = todo.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for text in distribution(name).requires or ():
            need = Requirement(text)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                todo.append((canonicalize_name(need.name), frozenset(need.extras)))
    return {name for name, _ in seen}


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_lock_has_what_the_packages_need_in_turn(extra):
    asked = [canonicalize_name(need.name) for need in requirements(ROOT, extra)]
    there = [name for name in asked if name != "hatchling"]  # builds the package, so it may be gone afterwards
    assert not needed(there) - set(pins_of(LOCKS[extra]))


@pytest.fixture
def copy(tmp_path):
    """The project file and the locks alone."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    return tmp_path


@pytest.mark.parametrize(
    ("values", "written", "says"),
    [
        ("pandas==", "pandas==1.", "run.txt has no version of pandas"),
        ("openpyxl==", "other==", "run.txt has no version of openpyxl"),
        ("--hash=sha256:", "--hash=md5:", "has no sha256"),
        ("lxml==", "# https://packages.test/simple\nlxml==", "run.txt names a package index"),
    ],
)
def test_what_is_wrong_with_a_lock_is_said(copy, values, written, says):
    lock = lock_file(copy, "run")
    lock.write_text(lock.read_text(encoding="utf-8").replace(values, written), encoding="utf-8")
    faults = list(lock_faults(copy, "run"))
    assert any(says in fault for fault in faults), faults


def test_a_lock_that_is_gone_is_said(copy):
    lock_file(copy, "run").unlink()
    assert list(lock_faults(copy, "run")) == [
        "run.txt is not there. To write it, run: python scripts/regenerate.py --only locks"
    ]


def test_a_python_without_wheels_is_refused_and_no_other():
    newest = newest_python(ROOT)
    assert newest >= (3, 14)
    later = (newest[0], newest[1] + 1)
    says = unfit_python(RunningPython("python", "/usr", later, "linux"), "linux", newest)
    assert says == (
        f"This is Python 3.{later[1]}; the packages xlkpi needs are made for 3.11 to 3.{newest[1]}. "
        f"Run it with Python 3.{newest[1]}."
    )
    for version in range(11, newest[1] + 1):
        assert unfit_python(RunningPython("python", "/usr", (3, version), "linux"), "linux", newest) == ""


def test_the_installer_refuses_a_python_that_the_lock_does_not_serve(make_world):
    state = make_world("linux").state()
    lock = lock_file(state.root, "excel")
    lock.parent.mkdir(parents=True)
    lock.write_text("# Wheels: Python 3.11 to 3.12, on Windows, Mac and Linux.\n", encoding="utf-8")
    newer = replace(state, python=replace(state.python, version=(3, 13)))
    assert plan_install(state).stop == ""
    assert "are made for 3.11 to 3.12. Run it with Python 3.12." in plan_install(newer).stop


def test_a_file_that_is_not_the_one_in_the_lock_is_not_installed(tmp_path):
    """The real pip, without a network: a package that was changed after it was locked."""
    wheel = tmp_path / "sample-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as parts:
        parts.writestr("sample.py", "")
        parts.writestr("sample-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: sample\nVersion: 1.0\n")
        parts.writestr("sample-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        parts.writestr("sample-1.0.dist-info/RECORD", "")
    lock = tmp_path / "run.txt"
    lock.write_text(f"sample==1.0 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    arguments = install_locked(lock, wheels_only=True)
    offline = ("--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "to"))
    done = subprocess.run([sys.executable, *arguments, *offline], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (tmp_path / "to").exists()
