"""The steps of a command, planned as data from the facts of a machine alone."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xlkpi.installer.actions import Action
    from xlkpi.installer.dev_machine import Machine

BACKPORTS_FILE = "/etc/apt/sources.list.d/xlkpi-backports.list"
OFFICES = ("libreoffice-calc-nogui", "libreoffice-calc")  # the first needs no screen, and is smaller
OFFICE_PACKAGES = ("python3-uno", "poppler-utils", "fonts-liberation", "fonts-crosextra-carlito")
OFFICE_BY_HAND = {
    "linux": "Debian or Ubuntu: sudo apt-get install libreoffice-calc-nogui python3-uno poppler-utils. "
    "Fedora: sudo dnf install libreoffice-calc libreoffice-pyuno poppler-utils.",
    "darwin": "Run: brew install --cask libreoffice && brew install poppler.",
    "windows": "Run: winget install TheDocumentFoundation.LibreOffice.",
}
NO_VENV = (
    "This Python cannot make virtual environments. Install python3-venv (sudo apt-get install python3-venv) "
    "and run the same command again."
)
OFFLINE = (
    "pip could not get what the project needs; its own words are above. Check the network or the proxy, set "
    "PIP_INDEX_URL or PIP_FIND_LINKS to where your organisation keeps packages, and run the command again."
)


@dataclass(frozen=True)
class Step:
    """One thing to do: the commands are tried in order until one succeeds.

    `remedy` is printed when none does; an `optional` step that fails does not stop the plan. `last` marks the
    program the person asked for: its exit status is ours. `folder` is where it runs; None: where they stand.
    After success `stamp` is written with `stamp_text`, by which the next run knows to skip the step.
    In a plan that is done whole or not at all, a step has `actions` instead, done in order.
    """

    title: str
    why: str
    commands: tuple[tuple[str, ...], ...] = ()
    remedy: str = ""
    optional: bool = False
    last: bool = False
    folder: Path | None = None
    stamp: Path | None = None
    stamp_text: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The steps, what the person should know besides, and, when nothing can be done, why not (`stop`).

    A plan with a `journal` folder is done whole or not at all; then the folders in `empty_after` are removed, in
    that order, as far as they are empty.
    """

    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    stop: str = ""
    journal: Path | None = None
    empty_after: tuple[Path, ...] = ()


def plan_demo(machine: Machine, folder: str = "", *, with_libreoffice: bool = False) -> Plan:
    """Environment, project, and the demonstration; LibreOffice is installed only when asked for."""
    office = plan_office(machine) if with_libreoffice else Plan()
    if not machine.soffice and not with_libreoffice:
        office = Plan(notes=("LibreOffice is not on this machine; the demonstration does without it.",))
    command = (machine.program("xlkpi"), "demo", *([folder] if folder else []))
    run = Step("Run the demonstration", "a whole reporting period on sample data", (command,), last=True)
    return _joined(office, plan_environment(machine), Plan((run,)))


def plan_test(machine: Machine, arguments: tuple[str, ...] = ()) -> Plan:
    """LibreOffice (it judges the workbooks), environment, project with its test tools, and pytest."""
    command = (machine.program("python"), "-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments)
    run = Step("Run the tests", "two at a time", (command,), last=True, folder=machine.root)
    return _joined(plan_office(machine), plan_environment(machine, "test"), Plan((run,)))


def plan_environment(machine: Machine, extra: str = "") -> Plan:
    """The virtual environment and the project in it; nothing where a stamp says that both are there."""
    if machine.venv_state == "not ours":
        return Plan(stop=f"{machine.venv} holds other files. Let XLKPI_VENV name a new folder.")
    ready = machine.venv_state == "ready"
    steps: list[Step] = []
    if not ready and not machine.can_make_venv:
        if not machine.can_apt:
            return Plan(stop=NO_VENV)
        steps.append(_apt(machine, "Install python3-venv", "Debian packs it apart", [("python3-venv",)]))
    if not ready:
        make = (machine.builder, "-m", "venv", "--clear", str(machine.venv))
        steps.append(Step(f"Make {machine.venv}", "what we install stays in one folder", (make,)))
    enough = {f"{machine.project_hash} {kind}" for kind in (extra, "test")}
    if not ready or not enough.intersection(machine.stamps):
        steps.append(_install(machine, extra))
    return Plan(tuple(steps))


def _install(machine: Machine, extra: str) -> Step:
    what = f"{machine.root}[{extra}]" if extra else str(machine.root)
    pip = (machine.program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    return Step(
        "Install xlkpi and what it needs",
        f"into {machine.venv} only",
        ((*pip, "--editable", what),),
        OFFLINE,
        stamp=machine.venv / f".xlkpi-stamp-{extra or 'plain'}",
        stamp_text=f"{machine.project_hash} {extra}",
    )


def plan_office(machine: Machine) -> Plan:
    """LibreOffice, its Python bridge and pdftoppm: by apt where we may, else what to install by hand."""
    linux = machine.system == "linux"
    found = {
        "LibreOffice": machine.soffice,
        "its Python bridge": machine.bridge != "absent" or not linux,
        "pdftoppm": machine.pdftoppm,
    }
    missing = ", ".join(name for name, there in found.items() if not there)
    if not missing:
        other = "LibreOffice's bridge is for another Python than this; the tests that need it are skipped."
        return Plan(notes=(other,) if machine.bridge == "other Python" else ())
    if not (linux and machine.can_apt):
        told = f"Not on this machine: {missing}. {OFFICE_BY_HAND[machine.system]}"
        skipped = f"{told} Until then some tests are skipped."
        return Plan(notes=(skipped,)) if machine.soffice else Plan(stop=told)
    tries: list[tuple[str, ...]] = [(office, *OFFICE_PACKAGES) for office in OFFICES]
    if machine.backports_suite:
        tries.insert(0, ("-t", machine.backports_suite, *tries[0]))
    install = _apt(machine, f"Install {missing}", "LibreOffice judges our workbooks from outside", tries)
    return Plan((_add_backports(machine), install) if machine.backports else (install,))


def _add_backports(machine: Machine) -> Step:
    """Debian 12's LibreOffice (7.4) cannot bind a workbook's add-in functions; the backports suite's can."""
    line, file = shlex.quote(machine.backports), shlex.quote(BACKPORTS_FILE)
    script = f"echo {line} > {file} && apt-get update -q || {{ rm -f {file}; exit 1; }}"
    return Step(
        f"Add {machine.backports_suite} to apt's sources",
        f"its LibreOffice is newer; {BACKPORTS_FILE} names the mirror this machine uses already",
        ((*(machine.become or ()), "sh", "-c", script),),
        "The release's own LibreOffice will do.",
        optional=True,
    )


def _apt(machine: Machine, title: str, why: str, tries: Iterable[tuple[str, ...]]) -> Step:
    """Refresh apt's lists and install the first set of packages that this release has."""
    install = "apt-get update -q; DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends"
    shell = (*(machine.become or ()), "sh", "-c")
    commands = tuple((*shell, f"{install} {shlex.join(names)}") for names in tries)
    return Step(title, why, commands, "apt-get could not install it; its own words are above.")


def _joined(*plans: Plan) -> Plan:
    steps = tuple(step for plan in plans for step in plan.steps)
    notes = tuple(note for plan in plans for note in plan.notes)
    return Plan(steps, notes, " ".join(plan.stop for plan in plans if plan.stop))
