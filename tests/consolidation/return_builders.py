"""Returns made by hand, as reading hands them over, and a folder whose files only name them."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from xlkpi.catalogue import load_catalogue
from xlkpi.core.assess import assess_indicator
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.gap import gap_to_green
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period, is_due, must_be_returned
from xlkpi.core.vocabulary import Reading
from xlkpi.council import Council, ProviderRegister
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.findings import Code, finding
from xlkpi.reading.returns.checked_return import CheckedReturn, Manifest, ReturnedEntry

CATALOGUE = load_catalogue()
Q2 = Period(2026, 2)
DUE = date(2026, 10, 28)
SHEETS = {section.key: section.title for section in CATALOGUE.sections}


def provider(number, name, lots=(), **more):
    """A row of the register."""
    contacts = (Contact(f"Contact {number}", "Manager", f"contact{number}@example.org", ""),)
    given = {"lots": tuple(lots), "contacts": contacts, **more}
    return Provider(f"P{number:03d}", name, **given)


def council_of(providers=None, **lists):
    """What the Council keeps: these rows of a register (None: it has no register) and any other of its lists."""
    register = ProviderRegister(None if providers is None else tuple(providers))
    return Council(CATALOGUE, register=register, **lists)


def manifest(number, name, *, sections=("all",), period=Q2, as_written=(), send_by=DUE):
    return Manifest(
        f"P{number:03d}", name, period, tuple(sections), tuple(as_written), "2026-27.1", 1, "native", "r", send_by, {}
    )


def entry(made_for, code, x, y, comment, row):
    """An entry with the results that reading would have computed."""
    indicator = CATALOGUE.indicators[code]
    reading = Reading.AS_WRITTEN if code in made_for.as_written else Reading.EFFECTIVE
    due = is_due(indicator, made_for.period, reading)
    found = assess_indicator(indicator, x, y, reading=reading, due=due)
    written = assess_indicator(indicator, x, y, reading=Reading.AS_WRITTEN, due=due)
    x, y = (value if isinstance(value, int) and value >= 0 else None for value in (x, y))
    return ReturnedEntry(
        code, indicator.section, x, y, found.state, found.outturn, found.rag, written.rag,
        reading, indicator.read(reading).green, gap_to_green(indicator, x, y, reading) if due else None, comment,
        ActionPlanEntry(),
        SHEETS[indicator.section], f"F{row}", f"G{row}", due, must_be_returned(indicator, made_for.period, reading),
    )  # fmt: skip


def made(made_for, figures, *, saved="2026-10-12T09:00:00Z", declared=date(2026, 10, 10), findings=(), salt=""):
    """A return that can be read. ``figures`` maps a code to x, y and perhaps a comment; the rest stays empty."""
    entries = []
    for key in made_for.sections:
        for row, indicator in enumerate(CATALOGUE.of_section(key), start=6):
            x, y, comment = (*figures.get(indicator.code, (None, None)), "")[:3]
            entries.append(entry(made_for, indicator.code, x, y, comment, row))
    digest = hashlib.sha256(repr((made_for, figures, saved, declared, findings, salt)).encode()).hexdigest()
    return CheckedReturn(
        "", digest, made_for, tuple(entries), tuple(findings),
        declared_by="Ann Reed", declared_on=declared, saved_at=saved, application="Excel",
    )  # fmt: skip


def rubbish(name, reason=Unreadable.PDF):
    """A file that is no workbook, as reading reports it."""
    name = str(name)
    problem = UnreadableFile(Path(name), reason)
    said = finding(Code.UNREADABLE, {"reason": problem.message, "remedy": problem.remedy})
    return CheckedReturn(name, hashlib.sha256(name.encode()).hexdigest(), None, (), (said,), unreadable=True)


class Inbox:
    """A real folder whose files hold a number each, and the check that hands out the return of that number."""

    def __init__(self, folder, files):
        self.folder = folder
        self.returns = list(files.values())
        for number, name in enumerate(files):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(number))

    def check(self, path):
        return self.returns[int(path.read_text())]
