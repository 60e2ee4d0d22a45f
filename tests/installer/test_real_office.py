"""The real LibreOffice and its real unopkg take our extension, keep it through an upgrade, and let it go.

unopkg serves no root. Where root runs the tests, as a build machine does, it is run as `nobody` with its own home.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

import xlkpi
from tests.conftest import missing
from tests.installer.made_up_machine import World
from tests.judge.libreoffice import MissingTool
from tests.judge.libreoffice_files import find_soffice
from xlkpi.hosts.libreoffice import build_oxt
from xlkpi.hosts.libreoffice.find_libreoffice import EXTENSION
from xlkpi.hosts.registry import HOSTS
from xlkpi.installer.doctor import doctor
from xlkpi.installer.paths import install_paths

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("unopkg")]
AS_NOBODY = 'exec runuser -u nobody -- env HOME="{home}" "{real}" "$@"'
AS_OURSELVES = 'HOME="{home}" exec "{real}" "$@"'


@pytest.fixture
def world(monkeypatch):
    """A made-up Linux whose LibreOffice is the real one; its builder gives a real extension."""
    try:
        soffice = Path(find_soffice()).resolve()
    except MissingTool as problem:
        missing(problem)
    root = getattr(os, "geteuid", lambda: 1)() == 0
    if root and not shutil.which("runuser"):
        pytest.skip("unopkg serves no root, and there is no runuser")
    monkeypatch.setenv("XLKPI_WORLD", "{}")
    folder = Path(tempfile.mkdtemp(prefix="xlkpi-install-"))
    folder.chmod(0o755)  # pytest's own folders are closed to `nobody`
    profile_made = World(folder / "world", "linux")
    if root:
        shutil.chown(profile_made.home, "nobody")
    for name in ("soffice", "unopkg"):
        words = (AS_NOBODY if root else AS_OURSELVES).format(home=profile_made.home, real=soffice.with_name(name))
        profile_made.soffice.with_name(name).write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    yield profile_made
    shutil.rmtree(folder)


def give(world, monkeypatch, version, change=lambda files: files):
    """Let the builder give a real extension of this version."""
    files = build_oxt.extension_files
    with monkeypatch.context() as patch:
        patch.setattr(xlkpi, "__version__", version)
        patch.setattr(build_oxt, "extension_files", lambda: change(files()))
        world.extension = world.folder / f"{version}.oxt"
        world.extension.write_bytes(build_oxt.extension_bytes())
    world.change_project(version)


def for_another_computer(files):
    name = "description.xml"
    return {**files, name: files[name].replace('platform value="all"', 'platform value="amiga"')}


def installed(world):
    """The version that LibreOffice says it has, which costs starting it twice; and where the extension's file is."""
    state = world.state()
    return state.registered["libreoffice"], state.paths.extension


def test_it_is_registered_upgraded_put_back_and_removed(world, monkeypatch, capfd):
    give(world, monkeypatch, "0.2.0")
    assert world.run("install") == 0, capfd.readouterr().err
    version, file = installed(world)
    assert version == "0.2.0"
    assert [check.remedy for check in doctor(world.project, HOSTS, machine=world.machine).checks if check.must] == []
    before = file.read_bytes()

    give(world, monkeypatch, "0.3.0")
    assert world.run("install") == 0, capfd.readouterr().err
    assert installed(world) == ("0.3.0", file)
    after = file.read_bytes()
    assert after != before

    give(world, monkeypatch, "0.4.0", for_another_computer)
    assert world.run("install") == 1
    assert "unopkg does not print “Identifier: org.xlkpi.calc Version: 0.4.0 ”" in capfd.readouterr().err
    assert installed(world) == ("0.3.0", file)
    assert file.read_bytes() == after

    assert world.run("uninstall") == 0
    assert installed(world) == ("", file)
    assert not install_paths(world.system, world.home, world.environ).data.exists()


def test_the_identifier_is_the_one_that_the_extension_carries():
    assert f'<identifier value="{EXTENSION}"/>' in build_oxt.extension_files()["description.xml"]
