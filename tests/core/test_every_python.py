"""The rules come out the same under every Python found here: LibreOffice brings its own, old or new."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core import print_results as everywhere
from xlkpi import load_catalogue

INDICATORS = load_catalogue().indicators
VERSIONS = ("3.9", "3.10", "3.12", "3.13", "3.14")


@functools.cache
def interpreters():
    """The other Pythons on the PATH, or installed behind a shim that is on it; those that run at all."""
    results = {}
    for version in VERSIONS:
        shim = shutil.which(f"python{version}")
        behind = Path(shim).parents[1].glob(f"versions/{version}.*/bin/python{version}") if shim else ()
        for candidate in (shim, *map(str, behind)):
            if candidate and version not in results and _is(candidate, version):
                results[version] = candidate
    return results


def _is(program, version):
    asked = [program, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    printed = subprocess.run(asked, capture_output=True, text=True, check=False)
    return printed.returncode == 0 and printed.stdout.strip() == version


@pytest.fixture(scope="module")
def here():
    return everywhere.digests()


def test_this_table_is_as_large_as_it_looks(here):
    assert here["assessed"][0] > len(INDICATORS) * 2 * len(everywhere.SOME) + 10 * len(everywhere.ALL)
    assert len(everywhere.ALL) == len(everywhere.CONTENTS) ** 2
    assert here["due"][0] == len(INDICATORS) * 4
    assert here["planned"][0] > 3000
    assert here["answered"][0] == 7 * 2 * len(everywhere.CONTENTS)


@pytest.mark.parametrize("program", interpreters().values(), ids=interpreters())
def test_another_python_makes_the_same_of_every_case(program, here):
    script = str(Path(everywhere.__file__))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    printed = subprocess.run(
        [program, "-B", "-I", script], capture_output=True, text=True, check=False, env=environment
    )
    assert printed.returncode == 0, printed.stderr
    assert json.loads(printed.stdout) == here


def test_a_program_of_its_own_says_what_it_says_here(here):
    printed = subprocess.run([sys.executable, "-I", everywhere.__file__], capture_output=True, text=True, check=True)
    assert json.loads(printed.stdout) == here
