"""CommandPlan the commands `demo` and `test` of a developer's machine, as data, from its facts alone."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlkpi.installer.locks import install_locked, install_project, lock_file
from xlkpi.installer.preconditions import NO_VENV, OFFLINE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dev_machine import Machine

BACKPORTS_FILE = "/etc/apt/sources.list.d/xlkpi-backports.list"
OFFICES = ("libreoffice-calc-nogui", "libreoffice-calc")  # the first needs no screen, and is smaller
OFFICE_PACKAGES = ("python3-uno", "poppler-utils", "fonts-liberation", "fonts-crosextra-carlito")
OFFICE_BY_HAND = {
    "linux": "Debian or Ubuntu: sudo apt-get install libreoffice-calc-nogui python3-uno poppler-utils. "
    "Fedora: sudo dnf install libreoffice-calc libreoffice-pyuno poppler-utils.",
    "darwin": "Run: brew install --cask libreoffice && brew install poppler.",
    "windows": "Run: winget install TheDocumentFoundation.LibreOffice.",
}


@dataclass(frozen=True)
class CommandStep:
    """One thing to do: the commands are tried in order until one succeeds.

    `remedy` is printed when none does; an `optional` step that fails does not stop the plan. `last` marks the
    program the person asked for: its exit status is ours. `folder` is where it runs; None for the current folder.
    After success `stamp` is written with `stamp_text`, so that the next run can skip the step.
    """

    title: str
    why: str
    commands: tuple[tuple[str, ...], ...]
    remedy: str = ""
    optional: bool = False
    last: bool = False
    folder: Path | None = None
    stamp: Path | None = None
    stamp_text: str = ""


@dataclass(frozen=True)
class CommandPlan:
    """The steps, what the person should know besides, and, when nothing can be done, why not (`stop`)."""

    steps: tuple[CommandStep, ...] = ()
    notes: tuple[str, ...] = ()
    stop: str = ""


def plan_demo(machine: Machine, folder: str = "", *, with_libreoffice: bool = False) -> CommandPlan:
    """Plan environment, project and the demonstration; LibreOffice is installed only when asked for."""
    office = plan_office(machine) if with_libreoffice else CommandPlan()
    if not machine.soffice and not with_libreoffice:
        office = CommandPlan(notes=("LibreOffice is not on this machine; the demonstration runs without it.",))
    command = (machine.program("xlkpi"), "demo", *([folder] if folder else []))
    run = CommandStep("Run the demonstration", "a whole reporting period on sample data", (command,), last=True)
    return _joined(office, plan_environment(machine), CommandPlan((run,)))


def plan_test(machine: Machine, arguments: tuple[str, ...] = ()) -> CommandPlan:
    """Plan LibreOffice (it judges the workbooks), environment, project with its test tools, and pytest."""
    command = (machine.program("python"), "-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments)
    run = CommandStep("Run the tests", "two at a time", (command,), last=True, folder=machine.root)
    return _joined(plan_office(machine), plan_environment(machine, "test"), CommandPlan((run,)))


def plan_environment(machine: Machine, extra: str = "") -> CommandPlan:
    """Plan the virtual environment and the project in it; nothing where a stamp shows that both exist."""
    if machine.venv_state == "not ours":
        return CommandPlan(stop=f"{machine.venv} contains other files. Set XLKPI_VENV to a new folder.")
    ready = machine.venv_state == "ready"
    steps: list[CommandStep] = []
    if not ready and not machine.can_make_venv:
        if not machine.can_apt:
            return CommandPlan(stop=NO_VENV)
        steps.append(_apt(machine, "Install python3-venv", "Debian packages it separately", [("python3-venv",)]))
    if not ready:
        make = (machine.builder, "-m", "venv", "--clear", str(machine.venv))
        steps.append(CommandStep(f"Make {machine.venv}", "everything we install stays in one folder", (make,)))
    enough = {f"{machine.project_hash} {kind}" for kind in (extra, "test")}
    if not ready or not enough.intersection(machine.stamps):
        steps += _install(machine, extra)
    return CommandPlan(tuple(steps))


def _install(machine: Machine, extra: str) -> tuple[CommandStep, CommandStep]:
    """Plan the locked packages, then the project. A test tool without a wheel for a system is built from source."""
    python, lock = machine.program("python"), lock_file(machine.root, extra)
    needs = CommandStep(
        "Install what xlkpi needs",
        f"into {machine.venv} only, and no file whose hash is not in the list",
        ((python, *install_locked(lock, wheels_only=not extra)),),
        OFFLINE,
    )
    project = CommandStep(
        "Install xlkpi",
        "so that it runs from this folder",
        ((python, *install_project(machine.root, editable=True)),),
        stamp=machine.venv / f".xlkpi-stamp-{extra or 'plain'}",
        stamp_text=f"{machine.project_hash} {extra}",
    )
    return needs, project


def plan_office(machine: Machine) -> CommandPlan:
    """Plan LibreOffice, its Python bridge and pdftoppm: by apt where permitted, else what to install by hand."""
    linux = machine.system == "linux"
    parts = {
        "LibreOffice": machine.soffice,
        "its Python bridge": machine.bridge != "absent" or not linux,
        "pdftoppm": machine.pdftoppm,
    }
    missing = ", ".join(name for name, there in parts.items() if not there)
    if not missing:
        other = "LibreOffice's bridge is for a different Python; the tests that need it are skipped."
        return CommandPlan(notes=(other,) if machine.bridge == "other Python" else ())
    if not (linux and machine.can_apt):
        absent = f"Not on this machine: {missing}. {OFFICE_BY_HAND[machine.system]}"
        skipped = f"{absent} Until then some tests are skipped."
        return CommandPlan(notes=(skipped,)) if machine.soffice else CommandPlan(stop=absent)
    tries: list[tuple[str, ...]] = [(office, *OFFICE_PACKAGES) for office in OFFICES]
    if machine.backports_suite:
        tries.insert(0, ("-t", machine.backports_suite, *tries[0]))
    install = _apt(machine, f"Install {missing}", "LibreOffice judges our workbooks from outside", tries)
    return CommandPlan((_add_backports(machine), install) if machine.backports else (install,))


def _add_backports(machine: Machine) -> CommandStep:
    """Debian 12's LibreOffice (7.4) cannot bind a workbook's add-in functions; the backports suite's can."""
    line, file = shlex.quote(machine.backports), shlex.quote(BACKPORTS_FILE)
    script = f"echo {line} > {file} && apt-get update -q || {{ rm -f {file}; exit 1; }}"
    return CommandStep(
        f"Add {machine.backports_suite} to apt's sources",
        f"its LibreOffice is newer; {BACKPORTS_FILE} names the mirror this machine already uses",
        ((*(machine.become or ()), "sh", "-c", script),),
        "The release's own LibreOffice is used instead.",
        optional=True,
    )


def _apt(machine: Machine, title: str, why: str, tries: Iterable[tuple[str, ...]]) -> CommandStep:
    """Refresh apt's lists and install the first set of packages that this release has."""
    install = "apt-get update -q; DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends"
    shell = (*(machine.become or ()), "sh", "-c")
    commands = tuple((*shell, f"{install} {shlex.join(names)}") for names in tries)
    return CommandStep(title, why, commands, "apt-get could not install it; its message is above.")


def _joined(*plans: CommandPlan) -> CommandPlan:
    steps = tuple(step for plan in plans for step in plan.steps)
    notes = tuple(note for plan in plans for note in plan.notes)
    return CommandPlan(steps, notes, " ".join(plan.stop for plan in plans if plan.stop))
