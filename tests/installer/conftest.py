"""Made-up machines for the tests of the installer."""

from __future__ import annotations

import sys

import pytest

from tests.installer.made_up_machine import ProgramsAtOnce, World
from xlkpi.installer import system as operating_system


@pytest.fixture
def make_world(tmp_path, monkeypatch):
    """`make_world("windows", office="")`: see tests/installer/made_up_machine.py."""
    if sys.platform == "win32":
        pytest.skip("the made-up programs are POSIX scripts")
    monkeypatch.setenv("XLKPI_WORLD", "{}")
    monkeypatch.setattr(operating_system, "subprocess", ProgramsAtOnce)

    def make(system, name="world", **options):
        return World(tmp_path / name, system, **options)

    return make


@pytest.fixture(params=["windows", "darwin", "linux"])
def world(request, make_world):
    """One of each system, with Excel where there is one, and LibreOffice."""
    return make_world(request.param)
