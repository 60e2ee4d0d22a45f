"""A return filled in with nothing to fix, and the ways in which people damage one."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache, lru_cache

import openpyxl

from tests.reading.openpyxl_edits import Loaded
from xlkpi import check_return, load_catalogue
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.layout.provider_texts import LastFigures, Sender, compute_seal
from xlkpi.writing.returns.write_return import write_return

PROVIDER = Provider("P01", "Oak & Ash", lots=("1a", "2b"), transport=True, contract_ref="C/17")
PERIOD = Period(2026, 2)
DECLARED = Declaration("A. Person", 46_298)  # 3 October 2026
COVER, ALL, WELLBEING, INDEPENDENCE, TRANSPORT = (
    "Start here",
    "All lots",
    "Lot 1 Wellbeing",
    "Lot 2 Independence",
    "Transport",
)
PLAN_SHEET, HELP, MANIFEST = "Action plan", "Help", "_xlkpi"
FEW = {"KPI S1": 1, "KPI S2": 1, "KPI I4": 0}
BEFORE = {"KPI S3": LastFigures("2025-26 Q4", 38, 38, 1.0, "Green")}


def figures(**changes):
    """x and y of every indicator, so that nothing is to be fixed or explained; changes by slug."""
    indicators = load_catalogue().indicators
    entries = {code: Entry(FEW.get(code, 40 if row.is_kpi else 10), 40) for code, row in indicators.items()}
    return {**entries, **{slug.replace("_", " "): entry for slug, entry in changes.items()}}


def planned(period=PERIOD, provider=PROVIDER, declared=DECLARED, as_written=(), **changes):
    """The plan of the return, filled in."""
    return plan_return(
        load_catalogue(), provider, period, sender=Sender(send_to="kpi@example.org"), previous=BEFORE,
        as_written=as_written, filled=Filled(figures(**changes), declared),
    )  # fmt: skip


def filled(**changes):
    """The return as a file's bytes."""
    return write_return(planned(**changes))


@cache
def clean():
    """The return with nothing to fix."""
    return filled()


@cache
def _places():
    return {name: (sheet, slot.ref) for name, (sheet, slot) in planned().named().items()}


def place(name):
    """Sheet and cell of a defined name of the clean return."""
    return _places()[name]


@lru_cache(maxsize=4)  # the clean return and those that several tests change
def _loaded(data):
    return Loaded(data)


def by_openpyxl(change, data=None):
    """What a script leaves that loads the return, changes it and saves it."""
    return _loaded(data or clean()).changed(change)


def named(book, name):
    """The cell of a defined name in a book of openpyxl."""
    ((sheet, ref),) = book.defined_names[name].destinations
    return book[sheet][ref.replace("$", "")]


def type_in(data, cells):
    """Any return with other contents in named cells, as somebody at the provider's types them."""

    def change(book):
        for name, content in cells.items():
            named(book, name).value = content

    return by_openpyxl(change, data)


@lru_cache(maxsize=8)
def manifest_of(data):
    """The manifest as its cell has it."""
    return openpyxl.load_workbook(io.BytesIO(data))[MANIFEST]["A2"].value


def remade(data=None, *, sealed=True, **changes):
    """The return with another manifest, sealed again unless told; a field set to None is left out."""
    content = {**json.loads(manifest_of(data or clean())), **changes}
    content = {key: value for key, value in content.items() if value is not None}
    if sealed:
        content["seal"] = compute_seal(content)
    return by_openpyxl(lambda book: book[MANIFEST].__setitem__("A2", json.dumps(content)), data)


def in_cells(contents, data=None):
    """A return saved by openpyxl with other contents in cells; a pair is a content and its number format."""

    def change(book):
        for (sheet, ref), content in contents.items():
            cell = book[sheet][ref]
            cell.value, number_format = content if isinstance(content, tuple) else (content, "")
            if number_format:
                cell.number_format = number_format

    return by_openpyxl(change, data)


def typed(**cells):
    """The return with other contents in named cells: `typed(**{"KPI_S1.x": "12 visits"})`."""
    return in_cells({place(name): content for name, content in cells.items()})


def respelt(part, *changes, data=None):
    """The return with a part's text changed, each old text being there exactly once unless a count is given."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or clean())) as source, zipfile.ZipFile(target, "w", 8) as out:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                text = content.decode()
                for old, new, *count in changes:
                    if text.count(old) != (count[0] if count else 1):
                        raise AssertionError(f"{old!r} stands {text.count(old)} times in {part}")
                    text = text.replace(old, new)
                content = text.encode()
            out.writestr(name, content)
    return target.getvalue()


def checked(data, name="return.xlsx"):
    """The return as read and checked."""
    return check_return(name, data=data)


def finding_marks(checked_return):
    """Kind, weight, sheet and cell of each finding, in order."""
    return [(f.code.name, f.severity.value, f.sheet, f.cell) for f in checked_return.findings]


def messages(checked_return):
    """What the findings say."""
    return [f.message for f in checked_return.findings]


def entries(checked_return, *but):
    """The entries by code as a master would take them, without some."""
    return {
        e.code: (e.x, e.y, e.state.value, e.outturn, e.rag, e.comment, e.plan)
        for e in checked_return.entries
        if e.code not in but
    }
