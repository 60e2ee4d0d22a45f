"""Plans are data: what would be run on each system, asserted word by word, with nothing run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from dev_machine import Machine
from dev_machine_plan import plan_demo, plan_office, plan_test

ROOT = Path("/srv/xlkpi")
VENV = ROOT / ".venv"
BESIDES = "python3-uno poppler-utils fonts-liberation fonts-crosextra-carlito"
PIP = (f"{VENV}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
UPDATE = "apt-get update -q; DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends"

BARE_DEBIAN = Machine(
    system="linux", root=ROOT, venv=VENV, builder="/usr/bin/python3", can_make_venv=False,
    venv_state="absent", stamps=(), project_hash="abc", soffice="", pdftoppm="", bridge="absent",
    become=(), apt=True, backports_suite="bookworm-backports",
    backports="deb http://mirror.test/debian bookworm-backports main",
)  # fmt: skip
READY = replace(
    BARE_DEBIAN, venv_state="ready", can_make_venv=True, stamps=("abc test",), soffice="/usr/bin/soffice",
    pdftoppm="/usr/bin/pdftoppm", bridge="fits", backports="",
)  # fmt: skip
MAC = replace(READY, system="darwin", apt=False, become=None, bridge="absent", backports_suite="")
WINDOWS = replace(MAC, system="windows")


def commands(plan):
    return [command for step in plan.steps for command in step.commands]


def test_a_bare_debian_as_root_gets_everything_in_order():
    plan = plan_test(BARE_DEBIAN, ("-x",))
    assert plan.stop == ""
    assert [step.title for step in plan.steps] == [
        "Add bookworm-backports to apt's sources",
        "Install LibreOffice, its Python bridge, pdftoppm",
        "Install python3-venv",
        f"Make {VENV}",
        "Install what xlkpi needs",
        "Install xlkpi",
        "Run the tests",
    ]
    assert [step.optional for step in plan.steps] == [True, *[False] * 6]
    assert plan.steps[4].remedy.startswith("pip could not get what xlkpi needs; its message")
    assert [step.last for step in plan.steps] == [False] * 6 + [True]
    assert commands(plan)[1:] == [
        ("sh", "-c", f"{UPDATE} -t bookworm-backports libreoffice-calc-nogui {BESIDES}"),
        ("sh", "-c", f"{UPDATE} libreoffice-calc-nogui {BESIDES}"),
        ("sh", "-c", f"{UPDATE} libreoffice-calc {BESIDES}"),
        ("sh", "-c", f"{UPDATE} python3-venv"),
        ("/usr/bin/python3", "-m", "venv", "--clear", str(VENV)),
        (*PIP, "--require-hashes", "-r", f"{ROOT}/xlkpi/installer/locks/test.txt"),
        (*PIP, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)),
        (f"{VENV}/bin/python", "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-x"),
    ]  # fmt: skip


def test_sudo_goes_before_what_needs_it_and_nothing_else():
    plan = plan_test(replace(BARE_DEBIAN, become=("/usr/bin/sudo", "-n")))
    with_sudo = [command[0] == "/usr/bin/sudo" for command in commands(plan)]
    assert with_sudo == [*[True] * 5, *[False] * 4]


def test_a_machine_made_ready_before_only_runs():
    assert [step.title for step in plan_test(READY).steps] == ["Run the tests"]
    assert [step.title for step in plan_demo(READY).steps] == ["Run the demonstration"]


@pytest.mark.parametrize(
    ("state", "stamps", "titles"),
    [
        ("stale", ("abc test",), ["Make", "Install", "Install"]),
        ("ready", ("older test",), ["Install", "Install"]),
        ("ready", ("abc ",), ["Install", "Install"]),
    ],
)
def test_a_stale_environment_is_made_again_and_a_changed_project_installed_again(state, stamps, titles):
    plan = plan_test(replace(READY, venv_state=state, stamps=stamps))
    assert [step.title.split()[0] for step in plan.steps] == [*titles, "Run"]


def test_the_demonstration_needs_no_test_tools_and_no_libreoffice():
    plan = plan_demo(replace(BARE_DEBIAN, can_make_venv=True), "out")
    assert [command[-1] for command in commands(plan)] == [
        str(VENV),
        f"{ROOT}/xlkpi/installer/locks/run.txt",
        str(ROOT),
        "out",
    ]
    assert "--only-binary" in commands(plan)[1]
    assert plan.notes == ("LibreOffice is not on this machine; the demonstration runs without it.",)
    asked = plan_demo(replace(BARE_DEBIAN, can_make_venv=True), with_libreoffice=True)
    assert "Install LibreOffice, its Python bridge, pdftoppm" in [step.title for step in asked.steps]
    assert commands(asked)[-1] == (f"{VENV}/bin/xlkpi", "demo")


@pytest.mark.parametrize(
    ("machine", "says"),
    [
        (replace(BARE_DEBIAN, become=None, can_make_venv=True), "sudo apt-get install libreoffice-calc"),
        (replace(BARE_DEBIAN, become=None, apt=False), "sudo dnf install libreoffice-calc"),
        (replace(MAC, soffice=""), "brew install --cask libreoffice"),
        (replace(WINDOWS, soffice=""), "winget install TheDocumentFoundation.LibreOffice"),
    ],
)
def test_without_leave_to_install_the_tests_say_what_to_install(machine, says):
    plan = plan_test(machine)
    assert plan.stop.startswith("Not on this machine: LibreOffice")
    assert says in plan.stop


def test_an_office_that_lacks_its_bridge_is_a_note_not_a_stop():
    plan = plan_office(replace(READY, bridge="absent", become=None))
    assert (plan.steps, plan.stop) == ((), "")
    assert plan.notes[0].startswith("Not on this machine: its Python bridge.")
    other = plan_office(replace(READY, bridge="other Python"))
    assert (other.steps, len(other.notes)) == ((), 1)


def test_windows_keeps_its_programs_elsewhere():
    environment = replace(WINDOWS, venv_state="absent", builder=r"C:\Python\python.exe")
    folders_made, _needs, _installed, run = commands(plan_demo(environment))
    assert folders_made[0] == r"C:\Python\python.exe"
    assert Path(run[0]) == VENV / "Scripts" / "xlkpi.exe"
    assert Path(commands(plan_test(environment))[-1][0]) == VENV / "Scripts" / "python.exe"


def test_macos_needs_no_debian_bridge():
    assert plan_office(MAC).steps == plan_office(MAC).notes == ()


def test_nobodys_folder_is_emptied():
    plan = plan_demo(replace(READY, venv_state="not ours"))
    assert plan.stop == f"{VENV} contains other files. Set XLKPI_VENV to a new folder."


def test_a_python_that_cannot_make_environments_says_so():
    plan = plan_demo(replace(BARE_DEBIAN, become=None))
    assert "python3-venv" in plan.stop
