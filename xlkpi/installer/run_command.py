"""Run the commands install, uninstall, status and doctor: look, plan, and show or carry out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from xlkpi.installer.change import carry_out, undo_interrupted
from xlkpi.installer.doctor import doctor
from xlkpi.installer.install_plan import hosts_to_serve, plan_install
from xlkpi.installer.install_state import look_around
from xlkpi.installer.record import UnusableRecord
from xlkpi.installer.spreadsheet_host import UNKNOWN
from xlkpi.installer.system import this_machine
from xlkpi.installer.uninstall_plan import plan_uninstall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlkpi.installer.actions import InstallPlan
    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.spreadsheet_host import SpreadsheetHost
    from xlkpi.installer.system import OperatingSystem

INTERRUPTED = "A previous run was interrupted. Its changes are undone first ({0}); then the plan is made."
DONE = {
    "install": "Done. Start {0} and look for the menu KPI. `install_addin.py doctor` checks the installation.",
    "uninstall": "Done. xlkpi is no longer installed.",
}


def run_command(
    command: str,
    root: Path,
    hosts: tuple[SpreadsheetHost, ...],
    *,
    only: str = "",
    dry_run: bool = False,
    machine: OperatingSystem | None = None,
) -> int:
    """Do one command; return the exit status."""
    machine = machine or this_machine()
    if command == "doctor":
        examination = doctor(root, hosts, machine=machine)
        print("\n".join(examination.lines()))
        return 0 if examination.healthy else 1
    state = look_around(root, machine, hosts)
    if command == "status":
        print("\n".join(status_lines(state)))
        return 0
    if state.interrupted:
        print(INTERRUPTED.format(state.paths.unfinished), file=sys.stderr)
    if state.interrupted and dry_run:
        return 0
    if state.leftovers and not dry_run:
        problems = undo_interrupted(state.paths)
        if problems:
            print("\n".join(problems), file=sys.stderr)
            return 1
        state = look_around(root, machine, hosts)
    plan = plan_for(command, state, only)
    if dry_run:
        print("\n".join(plan.lines()))
        return 1 if plan.stop else 0
    status = carry_out(plan, state.paths)
    if status == 0 and plan.steps:
        served = " or ".join(host.label for host in hosts_to_serve(state, only))
        print(DONE[command].format(served), file=sys.stderr)
    return status


def plan_for(command: str, state: InstallState, only: str = "") -> InstallPlan:
    """Plan a command that changes something."""
    return plan_install(state, only) if command == "install" else plan_uninstall(state)


def status_lines(state: InstallState) -> Iterator[str]:
    """Describe what is installed where, and whether the files are unchanged."""
    if state.interrupted:
        yield f"A previous run was interrupted ({state.paths.unfinished}). The next one undoes its changes first."
    if isinstance(state.record, UnusableRecord):
        yield f"{state.record.path} cannot be used: {state.record.why}."
        return
    installed = state.installed
    if installed is None:
        yield f"xlkpi is not installed for you: {state.paths.record} is not there."
        yield from (f"{path} exists, but not from this installer." for path in state.foreign)
        return
    other = f" (this folder contains a different state, {state.version}: install replaces the installed one)"
    yield f"xlkpi {installed.version}{'' if installed.source == state.source else other}"
    yield f"  {'ready' if state.environment_state == 'ready' else 'does not start':<14} {installed.environment}"
    yield from (f"  {is_now:<14} {path}" for path, is_now in state.states)
    for host in state.served():
        if host.name in state.registered:
            is_now = {"": "not registered", UNKNOWN: "not known"}.get(state.registered[host.name], "registered")
            yield f"  {is_now:<14} extension {installed.extension} in {host.label}"
    yield f"  {'record':<14} {state.paths.record}"
    yield f"  {'error log':<14} {installed.log}{'' if installed.log.is_file() else ' (empty)'}"
