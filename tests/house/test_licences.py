"""docs/licences.md has a row for each package that the installer installs, with the licence the package states."""

from __future__ import annotations

import re

from regenerate_locks import pins_of

from tests.house.project_files import ROOT
from xlkpi.commands.sbom import installed_packages
from xlkpi.installer.locks import lock_file

ROW = re.compile(r"^\| ([a-z][\w-]*) \| (.+?) \| .+ \|$", re.MULTILINE)
ROWS = dict(ROW.findall((ROOT / "docs/licences.md").read_text(encoding="utf-8").partition("| --- |")[2]))


def test_every_package_of_the_lock_has_a_row_and_no_other():
    assert ROWS.keys() == pins_of(lock_file(ROOT, "excel").read_text(encoding="utf-8")).keys()


def test_a_licence_is_the_one_that_the_package_states():
    stated = {package.name: package.licence for package in installed_packages()}
    here = ROWS.keys() & stated.keys()
    assert len(here) > 15, "the rest is for other systems"
    assert {name: ROWS[name] for name in here} == {name: stated[name] for name in here}


def test_no_licence_asks_that_our_own_code_be_published():
    assert not [name for name, licence in ROWS.items() if re.search(r"\b[AL]?GPL|Affero|not stated", licence)]
