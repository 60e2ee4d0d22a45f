"""The doctor's look at Excel: the add-in, its settings, and its link to Python."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from xlkpi.installer.install_plan import conf_text
from xlkpi.installer.verdict import AGAIN, Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlkpi.installer.inspect_python import Inside
    from xlkpi.installer.install_state import Site
    from xlkpi.installer.record import Record

VIRUS = "A virus scanner may have taken it away: ask IT to allow it. " + AGAIN
GONE = "Excel is no longer here. Run python3 install_addin.py uninstall to remove the add-in."
OTHER_PYTHON = "Another Python or other settings stand there. " + AGAIN
ADD_NOW = "To get the functions in Excel, run: python3 install_addin.py install"


def excel_checks(site: Site, inside: Inside | None) -> Iterator[Check]:
    """What there is to say of Excel; nothing on a system that has none and never had."""
    record, excel = site.installed, site.excel
    served = record is not None and "excel" in record.hosts
    if excel:
        kind = f", {excel.machine}" if excel.machine else ""
        remedy = excel.hindrance or " ".join(excel.notes)
        found = f"{excel.version or 'version unknown'}{kind} at {excel.path}"
        yield Check("Excel", found, remedy, must=bool(excel.hindrance))
    elif served or site.system != "linux":
        yield Check("Excel", "not found", GONE if served else "", must=served)
    if record and served:
        yield from _addin(site, record, inside)
    elif excel and record and not excel.hindrance:
        yield Check("Add-in", "not installed", ADD_NOW)


def _addin(site: Site, record: Record, inside: Inside | None) -> Iterator[Check]:
    state = site.state(site.places.addin)
    yield Check("Add-in", f"{site.places.addin}, {state}", "" if state == "as put" else AGAIN, must=state != "as put")
    yield _settings(site)
    if inside is None:
        return
    there = inside.packages.get("xlwings", "")
    if there != record.xlwings:
        found = f"xlwings {there or 'missing'}, but the add-in was built for {record.xlwings}"
        yield Check("Link", found, AGAIN, must=True)
    elif inside.named not in ("", there):
        yield Check("Link", f"xlwings {there}, but the add-in names {inside.named}", AGAIN, must=True)
    else:
        unread = f"; the add-in could not be read ({inside.unread})" if inside.unread else ""
        yield Check("Link", f"xlwings {there}, the one the add-in was built for{unread}")
    if site.system == "windows":
        yield from _libraries(record)


def _settings(site: Site) -> Check:
    """The conf file must say what we wrote; more lines than ours are somebody's business."""
    try:
        text = site.places.conf.read_text(encoding="mbcs" if site.ansi else "utf-8", errors="replace")
    except OSError:
        return Check("Settings", f"{site.places.conf} is not there", AGAIN, must=True)
    wanted, there = _pairs(conf_text(site)), _pairs(text)
    right = all(there.get(key) == value for key, value in wanted.items())
    return Check("Settings", str(site.places.conf), "" if right else OTHER_PYTHON, must=not right)


def _pairs(text: str) -> dict[str, str]:
    return {row[0].upper(): row[1] for row in csv.reader(text.splitlines()) if len(row) > 1}


def _libraries(record: Record) -> Iterator[Check]:
    for bits in (32, 64):
        path = record.venv / f"xlwings{bits}-{record.xlwings}.dll"
        if path.is_file():
            yield Check(f"DLL {bits}-bit", str(path))
        else:
            yield Check(f"DLL {bits}-bit", f"{path} is not there", VIRUS, must=True)
