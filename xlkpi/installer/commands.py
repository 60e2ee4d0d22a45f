"""The commands install, uninstall, status and doctor: look, plan, and show or carry out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from xlkpi.installer.doctor import doctor
from xlkpi.installer.install_plan import hosts_to_serve, plan_install
from xlkpi.installer.install_state import look_around
from xlkpi.installer.journal import recover
from xlkpi.installer.reporting import status_lines
from xlkpi.installer.run_plan import carry_out, show
from xlkpi.installer.system import this_machine
from xlkpi.installer.uninstall_plan import plan_uninstall

if TYPE_CHECKING:
    from pathlib import Path

    from xlkpi.installer.dev_plan import Plan
    from xlkpi.installer.install_state import Site
    from xlkpi.installer.system import Outside

CUT_OFF = "An earlier run was cut off. First, what it had begun is put back ({0}); then the plan is made."
DONE = {
    "install": "Done. Start {0} and look for the menu KPI. `install_addin.py doctor` says how all is.",
    "uninstall": "Done. xlkpi is no longer here.",
}


def run(command: str, root: Path, *, only: str = "", dry_run: bool = False, outside: Outside | None = None) -> int:
    """Do one command; returns the exit status."""
    outside = outside or this_machine()
    if command == "doctor":
        found = doctor(root, outside=outside)
        print("\n".join(found.lines()))
        return 0 if found.healthy else 1
    site = look_around(root, outside)
    if command == "status":
        print("\n".join(status_lines(site)))
        return 0
    if site.unfinished:
        print(CUT_OFF.format(site.places.unfinished), file=sys.stderr)
        if dry_run:
            return 0
        if not _recovered(site):
            return 1
        site = look_around(root, outside)
    plan = plan_for(command, site, only)
    if dry_run:
        return show(plan)
    status = carry_out(plan)
    if status == 0 and plan.steps:
        print(DONE[command].format(_served(site, only)), file=sys.stderr)
    return status


def plan_for(command: str, site: Site, only: str = "") -> Plan:
    """The plan of a command that changes something."""
    return plan_install(site, only) if command == "install" else plan_uninstall(site)


def _served(site: Site, only: str) -> str:
    names = {"excel": "Excel", "libreoffice": "LibreOffice"}
    return " or ".join(names[host] for host in hosts_to_serve(site, only))


def _recovered(site: Site) -> bool:
    problems = recover(site.places.unfinished)
    for problem in problems:
        print(problem, file=sys.stderr)
    return not problems
