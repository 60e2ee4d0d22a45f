"""Every kind of file that xlkpi writes, made of names and texts that are hostile to a spreadsheet."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import xlkpi
from tests.judge.packages.planted import ADDIN, FINANCE, FUNCTIONS, RETURN, SCORECARD
from tests.judge.real_returns import ANOTHER, CODES, scratch, stamped
from xlkpi.commands.check import annotated_copy
from xlkpi.commands.feedback import make_feedback
from xlkpi.commands.finance import blank_ledger
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Contact, Provider
from xlkpi.hosts.excel.build_xlam import addin_bytes
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled
from xlkpi.ooxml.serial_days import to_serial

FILLED, MARKED, MASTER, LEDGER, PLAIN = "filled return", "marked copy", "master", "blank ledger", "plain return"
LOTS = ("1a", "2b", "3", "4")
NAMES = {
    "H1": "=cmd|'/c calc'!A1 & <Sons> \"Ltd\"",
    "H2": "  Ω ŁUKASZ’s 'Töchter' & _x000D_ _xD83D_ 𝔘𝔫𝔦 👩\u200d👧 \u202eevil\u202c ]]> ",
    "H3": "N" * 300,
    "H4": "[Book1]Sheet!A1*?/\\: {1,2} +SUM(1) @import #REF!",
}
TEXTS = (
    '=HYPERLINK("http://x.example","y")',
    "line\nline\r\nline\ttab _x0009_ ]]> <b>&amp;</b>",
    "w" * 32_767,
    "\n" * 250,
    "  spaces on both sides  ",
    "'quoted",
    "𝔘" * 9_000,
    "-1+1",
)
PERIOD, BEFORE = "2026-27 Q4", "2025-26 Q4"


def provider(number: str) -> Provider:
    """A provider of a hostile name, with a contact of one."""
    contact = Contact(NAMES[number][:60], "=1+1", f"{number}@hostile.example", "+44 1622")
    return Provider(number, NAMES[number], "SME", LOTS, transport=True, contract_ref="=A1", contacts=(contact,))


def filled_return(number: str, period: str, year: int) -> bytes:
    """A return in which every second indicator is Red, with texts that no cell was made for."""
    entries = {}
    for place, code in enumerate(CODES):
        text = TEXTS[(place + int(number[1])) % len(TEXTS)]
        plan = ActionPlanEntry(text[:2000], text[:900], "Second text", text[:300])
        figures = ((10, 40), (40, 40), (41, 40), ("12 visits", 40))[(place + int(number[1])) % 4]
        entries[code] = Entry(*figures, text, plan)
    saved_at = f"{year}-04-20T10:00:00Z"
    filled = Filled(entries, Declaration(TEXTS[0], to_serial(date(year, 4, 20))), saved_at)
    return scratch(provider(number), period, filled=filled)


def small_returns() -> dict[str, tuple[str, bytes]]:
    """A name and a small return in order for each kind of return, to plant faults in."""
    return {
        RETURN: ("return.xlsx", stamped(ANOTHER, "2026-27 Q4")),
        FUNCTIONS: ("return.xlsm", stamped(ANOTHER, "2026-27 Q4", edition="udf")),
    }


def write_outputs(folder: Path) -> dict[str, Path]:
    """Write one file of each kind; several of the kinds that are written per provider."""
    inbox, earlier = folder / "inbox", folder / "earlier"
    for place, period, year in ((inbox, PERIOD, 2027), (earlier, BEFORE, 2026)):
        place.mkdir(parents=True)
        for number in NAMES:
            (place / f"{number}.xlsx").write_bytes(filled_return(number, period, year))
    files = {f"{FILLED} {number}": inbox / f"{number}.xlsx" for number in NAMES}
    register = _write_lists(folder)
    for edition, name in (("native", RETURN), ("udf", FUNCTIONS)):
        built = xlkpi.build_returns(register, PERIOD, folder / edition, edition=edition, previous=earlier)
        files |= {f"{name} {owner.provider_id}": path for owner, path in built.files}
    for number in NAMES:
        files[f"{MARKED} {number}"] = _marked(inbox / f"{number}.xlsx", folder / f"{number} marked.xlsx")
    files[MASTER] = folder / "master.xlsx"
    day = date(2027, 5, 20)
    lists = {"register": register, "previous": earlier}
    ledger = folder / "ledger.csv"
    xlkpi.consolidate(
        inbox, files[MASTER], **lists, ledger=ledger, extract=folder / "extract.csv", as_of=day, keep=False
    )
    files[FINANCE] = folder / "finance.xlsx"
    xlkpi.finance_check(inbox, ledger, files[FINANCE], register=register, keep=False)
    feedback = make_feedback(inbox, folder / "feedback", **lists, answer_by=day, pdf=False)
    cards = sorted(feedback.folder.glob("*.xlsx"))
    files |= {f"{SCORECARD} {number}": path for number, path in enumerate(cards, start=1)}
    files[LEDGER] = blank_ledger(folder / "blank ledger.xlsx", PERIOD)
    files[ADDIN] = folder / "xlkpi.xlam"
    files[ADDIN].write_bytes(addin_bytes())
    return files


def _marked(source: Path, target: Path) -> Path:
    content = source.read_bytes()
    copy = annotated_copy(xlkpi.check_return(source), content)
    assert copy is not None
    target.write_bytes(copy)
    return target


def _write_lists(folder: Path) -> Path:
    """Register, ledger and extract; gives the register."""
    lots = ";".join(LOTS)
    rows = [
        (number, name, lots, "yes", "2024-04-01", f"{name[:40]}; =1+1; x@hostile.example; 1")
        for number, name in NAMES.items()
    ]
    head = ("provider_id", "provider", "lots", "transport", "contract_start", "contact_1")
    _write(folder / "register.csv", head, rows)
    head = (
        "provider_id",
        "invoice_no",
        "invoice_date",
        "due_date",
        "received_date",
        "amount",
        "paid_date",
        "disputed_date",
        "dispute_reason",
    )
    days = ("2027-01-05", "2027-01-20", "2027-01-18", "12.50", "2027-02-20", "")
    lines = [(number, f"=A{line}", *days, (*TEXTS, "\n" * 400)[line][:500]) for number in NAMES for line in range(9)]
    _write(folder / "ledger.csv", head, lines)
    head = ("provider_id", "period", "indicator", "x", "y")
    _write(folder / "extract.csv", head, [(number, PERIOD, code, 10, 41) for number in NAMES for code in CODES[:12]])
    return folder / "register.csv"


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
