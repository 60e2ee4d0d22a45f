"""The steps of `uninstall`: what the record says was put, as far as it is still as it was put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.installer.actions import Delete, IfUndone, MoveAside, Run
from xlkpi.installer.dev_plan import Plan, Step
from xlkpi.installer.hosts import ROOT
from xlkpi.installer.install_state import EXTENSION
from xlkpi.installer.preconditions import in_the_way

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlkpi.installer.install_state import Site
    from xlkpi.installer.record import Record

NONE = "xlkpi is not installed for you: {0} is not there."
LEFT = "{0} was changed since it was put there, so it is left. Delete it yourself if nobody needs it."
STRAY = "{0} is there, but no record says that this installer put it there. It is left."
KEPT = "{0} holds copies of files that you had changed. They are left."
NO_OFFICE = (
    "LibreOffice was not found, so its extension cannot be taken out. Should you install it again, remove xlkpi under "
    "Tools, Extensions."
)
STILL_THERE = "What unopkg said is above. Close LibreOffice, its quickstarter too, and run the same command again."


def plan_uninstall(site: Site) -> Plan:
    """What `uninstall` would do."""
    reasons = list(in_the_way(site))
    record = site.installed
    if record and "libreoffice" in record.hosts and site.office and site.office.hindrance == ROOT:
        reasons.append(ROOT)
    if reasons:
        return Plan(stop="\n".join(reasons), journal=site.places.unfinished)
    if record is None:
        stray = tuple(STRAY.format(path) for path in site.foreign)
        return Plan(notes=(NONE.format(site.places.record), *stray), journal=site.places.unfinished)
    steps = (*_extension(site, record), _files(site), _rest(site, record))
    folders = tuple(reversed(record.folders))
    return Plan(steps, tuple(_notes(site, record)), journal=site.places.unfinished, empty_after=folders)


def _extension(site: Site, record: Record) -> Iterable[Step]:
    if not (record.extension and site.registered and site.office):
        return
    unopkg = str(site.office.unopkg)
    back: tuple[IfUndone, ...] = ()
    if site.state(site.places.extension) == "as put":
        back = (IfUndone((unopkg, "add", "--force", "--suppress-license", str(site.places.extension))),)
    yield Step(
        "Take the extension out of LibreOffice",
        "its functions and its menu go with it",
        remedy=STILL_THERE,
        actions=(*back, Run((unopkg, "remove", EXTENSION))),
    )


def _files(site: Site) -> Step:
    ours = tuple(Delete(path) for path, state in site.states if state == "as put")
    return Step("Delete the files that were put", "those that are still as they were put", actions=ours)


def _rest(site: Site, record: Record) -> Step:
    aside = (MoveAside(record.venv),) if site.venv_state in {"ready", "stale"} else ()
    return Step(
        "Remove the private Python environment",
        f"{record.venv} and what was installed into it, the error log and the record",
        actions=(*aside, Delete(record.log), Delete(site.places.record)),
    )


def _notes(site: Site, record: Record) -> Iterable[str]:
    if record.extension and (site.office is None or site.office.hindrance):
        yield NO_OFFICE if site.office is None else site.office.hindrance
    yield from (LEFT.format(path) for path, state in site.states if state == "changed")
    if site.kept:
        yield KEPT.format(site.places.kept)
