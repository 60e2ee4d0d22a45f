"""`status`: what is installed where, and whether it is as it was put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.installer.install_state import UNKNOWN
from xlkpi.installer.record import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlkpi.installer.install_state import Site


def status_lines(site: Site) -> Iterator[str]:
    """The lines for a person."""
    if site.unfinished:
        yield f"An earlier run was cut off ({site.places.unfinished}). The next install or uninstall puts things right."
    record = site.record
    if record is None:
        yield f"xlkpi is not installed for you: {site.places.record} is not there."
        yield from (f"{path} is there all the same; this installer did not put it there." for path in site.foreign)
        return
    if isinstance(record, Unreadable):
        yield f"{record.path} cannot be used: {record.why}."
        return
    other = f" (this folder holds another state, {site.version}: install puts it in its place)"
    newer = "" if record.source == site.source else other
    yield f"xlkpi {record.version}{newer}"
    yield f"  {'ready' if site.venv_state == 'ready' else 'does not start':<14} {record.venv}"
    yield from (f"  {state:<14} {path}" for path, state in site.states)
    if record.extension:
        state = {"": "not registered", UNKNOWN: "not known"}.get(site.registered, "registered")
        yield f"  {state:<14} extension {record.extension} in LibreOffice"
    yield f"  {'record':<14} {site.places.record}"
    yield f"  {'error log':<14} {record.log}{'' if record.log.is_file() else ' (empty)'}"
