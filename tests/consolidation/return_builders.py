"""Returns made by hand, as reading hands them over, and a folder whose files only name them."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from tests.small_catalogue import small_catalogue
from xlkpi.catalogue.load import load_catalogue, terms_of
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
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

Q2 = Period(2026, 2)
DUE = date(2026, 10, 28)


def provider(number, name, lots=(), **more):
    """A row of the register."""
    contacts = (Contact(f"Contact {number}", "Manager", f"contact{number}@example.org", ""),)
    given = {"lots": tuple(lots), "contacts": contacts, **more}
    return Provider(f"P{number:03d}", name, **given)


def manifest(number, name, *, sections=("all",), period=Q2, as_written=(), send_by=DUE):
    return Manifest(
        f"P{number:03d}", name, period, tuple(sections), tuple(as_written), "2026-27.2", 1, "native", "r", send_by, {}
    )


class ReturnBuilder:
    """Returns of one catalogue, what the Council keeps beside them, and their consolidation."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.sheets = {section.key: section.title for section in catalogue.sections}

    def council_of(self, providers=None, **lists):
        """What the Council keeps: these rows of a register (None: it has no register) and any other of its lists."""
        register = ProviderRegister(None if providers is None else tuple(providers))
        return Council(terms_of(self.catalogue), register=register, **lists)

    def entry(self, made_for, code, x, y, comment, row):
        """An entry with the results that reading would have computed."""
        indicator = self.catalogue.indicators[code]
        reading = Reading.AS_WRITTEN if code in made_for.as_written else Reading.EFFECTIVE
        due = is_due(indicator, made_for.period, reading)
        assessment = assess_indicator(indicator, x, y, reading=reading, due=due)
        written = assess_indicator(indicator, x, y, reading=Reading.AS_WRITTEN, due=due)
        x, y = (value if isinstance(value, int) and value >= 0 else None for value in (x, y))
        target = indicator.read(reading).green if indicator.is_kpi else ""
        return ReturnedEntry(
            code, indicator.section, x, y, assessment.state, assessment.outturn, assessment.rag, written.rag,
            reading, target, gap_to_green(indicator, x, y, reading) if due else None, comment,
            ActionPlanEntry(), self.sheets[indicator.section], f"F{row}", f"G{row}",
            due, must_be_returned(indicator, made_for.period, reading),
        )  # fmt: skip

    def build_return(
        self, made_for, figures, *, saved="2026-10-12T09:00:00Z", declared=date(2026, 10, 10), findings=(), salt=""
    ):
        """A return that can be read. ``figures`` maps a code to x, y and perhaps a comment; the rest stays empty."""
        entries = []
        for key in made_for.sections:
            for row, indicator in enumerate(self.catalogue.of_section(key), start=6):
                x, y, comment = (*figures.get(indicator.code, (None, None)), "")[:3]
                entries.append(self.entry(made_for, indicator.code, x, y, comment, row))
        digest = hashlib.sha256(repr((made_for, figures, saved, declared, findings, salt)).encode()).hexdigest()
        return CheckedReturn(
            "", digest, made_for, tuple(entries), tuple(findings),
            declared_by="Ann Reed", declared_on=declared, saved_at=saved, application="Excel",
        )  # fmt: skip

    def together(self, files, *, register=None, period=None):
        """The consolidation of returns by the names of their files."""
        returned = [FoundFile(name, checked) for name, checked in files.items()]
        return consolidate_files(returned, self.council_of(register), period=period, as_of=date(2026, 11, 24))


SMALL = ReturnBuilder(small_catalogue())
"""Three indicators: for what does not depend on the Schedule."""
SCHEDULE = ReturnBuilder(load_catalogue())
CATALOGUE, build_return, council_of, together = (
    SCHEDULE.catalogue,
    SCHEDULE.build_return,
    SCHEDULE.council_of,
    SCHEDULE.together,
)


def statuses(result):
    """The status of every file, by its name."""
    return {row.file: row.status for row in result.files}


def findings_of(result, code):
    """The findings of one code."""
    return [remark for remark in result.findings if remark.finding.code is code]


def rubbish(name, reason=Unreadable.PDF):
    """A file that is no workbook, as reading reports it."""
    name = str(name)
    problem = UnreadableFile(Path(name), reason)
    findings = finding(Code.UNREADABLE, {"reason": problem.message, "remedy": problem.remedy})
    return CheckedReturn(name, hashlib.sha256(name.encode()).hexdigest(), None, (), (findings,), unreadable=True)


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
