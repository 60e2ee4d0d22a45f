"""The registry of hosts: one record each, nobody else names a host, and a further one needs nothing but its record."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace

import pytest

from tests.house.project_files import name, parsed, python_files
from tests.installer.made_up_machine import ProgramsAtOnce, World
from xlkpi.hosts.registry import HOSTS
from xlkpi.installer import run_command as commands
from xlkpi.installer import system as operating_system
from xlkpi.installer.actions import InstallStep, write_file
from xlkpi.installer.doctor import DoctorLine, doctor
from xlkpi.installer.install_state import look_around
from xlkpi.installer.spreadsheet_host import FoundProgram, SpreadsheetHost

FOLDERS = "xlkpi/installer/paths.py"
"""Has the folder names of other programs, which happen to be those of hosts."""

LITE = SpreadsheetHost(
    name="lite",
    label="Made-up Sheets",
    functions_on=frozenset(),
    menu_on=frozenset({"linux"}),
    without_functions="Made-up Sheets gets the menu only.",
    processes={"linux": "sheets"},
    find=lambda machine, _: FoundProgram(machine.home / "sheets", "1.0"),
    files=lambda paths, _: (paths.data / "sheets" / "kpi.sheet",),
    install=lambda state, environment: [
        InstallStep("Write it", "for a test", (write_file(state.files(LITE)[0], f"{environment.name}\n"),))
    ],
    check=lambda state, _: [DoctorLine("Sheets", state.state(state.files(LITE)[0]) or "not installed")],
)


def test_each_host_has_one_record_that_fits_together():
    assert len({host.name for host in HOSTS}) == len({host.label for host in HOSTS}) == len(HOSTS) > 1
    for host in HOSTS:
        assert host.menu_on
        assert host.functions_on <= host.menu_on == set(host.processes)
        assert bool(host.menu_on - host.functions_on) == bool(host.without_functions)


def test_nobody_but_a_host_itself_names_it():
    known = {host.name for host in HOSTS} | {host.label for host in HOSTS}
    places = [
        f"{name(path)}:{node.lineno}: {node.value}"
        for path in python_files("xlkpi/installer", "xlkpi/cli", "install_addin.py", "xlkpi/hosts/registry.py")
        if name(path) != FOLDERS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and node.value in known
    ]
    labels = [place.rpartition(": ")[2] for place in places]
    assert sorted(labels) == sorted(host.label for host in HOSTS)  # once each
    assert [place for place in places if not place.startswith("xlkpi/hosts/registry.py")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="the made-up programs are POSIX scripts")
def test_a_further_host_needs_nothing_but_its_record(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XLKPI_WORLD", "{}")
    monkeypatch.setattr(operating_system, "subprocess", ProgramsAtOnce)
    world = World(tmp_path / "world", "linux", office="")
    world.state()
    hosts, machine = (*HOSTS, LITE), world.machine

    def run(command, **options):
        return commands.run_command(command, world.project, hosts, machine=machine, **options)

    assert run("install", only="lite") == 0
    message = capsys.readouterr().err
    assert LITE.without_functions in message
    assert "Start Made-up Sheets and look for the menu KPI." in message
    state = look_around(world.project, machine, hosts)
    (file,) = state.files(LITE)
    assert file.read_text() == "env-0.2.0-1\n"
    assert state.installed.hosts == ("lite",)
    assert "Sheets       unchanged" in "\n".join(doctor(world.project, hosts, machine=machine).lines())
    opened = replace(machine, output_of=lambda command: "7" if command[-1] == "sheets" else machine.output_of(command))
    assert look_around(world.project, opened, hosts).open_now == ("Made-up Sheets",)
    assert run("uninstall") == 0
    assert not file.parent.exists()
