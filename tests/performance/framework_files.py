"""The made-up framework as a contract folder: register, decisions, ledger, and returns that are built and filled in.

Each quarter the returns are built by the product, carrying what is open, filled in as the story says and put into the
inbox. `copies` makes several providers per story, whose figures differ by chance within their band.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from tests.corpus.many_returns import DAY_ZERO, fill_cells
from tests.performance.framework_stories import FIGURES, LOCKED_OUT, QUARTERS, REASON, STORIES, Story, day
from xlkpi.commands import earlier_periods
from xlkpi.commands.build import build_returns
from xlkpi.commands.new import make_contract_folder
from xlkpi.consolidation import collect_period
from xlkpi.council.contract_folder import ContractFolder
from xlkpi.ooxml.workbook import open_workbook

FEWER_IS_BETTER = {"KPI S1", "KPI S2", "KPI E2"}
NEAR = {"R": range(60, 85), "A": range(85, 96), "G": range(96, 101)}
"""Every x of 100 that has the same rating as the story's."""
INVOICES, DISPUTED = {True: 20, False: 4}, 6
PLAN_PARTS = (("issue", REASON), ("action", "The manager recruits two carers."), ("outcomes", "96% by spring."))
PROGRESS = "The manager has recruited one of the two carers."
LATE_DAY = 55
"""Days after the second quarter on which a provider sends its return again, ten days after the lock."""


@dataclass(frozen=True)
class Member:
    """One provider of the framework and its story."""

    number: int
    story: Story

    @property
    def provider_id(self) -> str:
        """Its id in the register."""
        return f"P{self.number:03d}"

    @property
    def name(self) -> str:
        """Its name in the register."""
        return f"The one that {self.story.name} {self.number}"

    def figures(self, code: str, letter: str, quarter: int) -> tuple[int, int]:
        """Give x and y of an indicator; everything is Green but the KPI of the story."""
        y = INVOICES[self.story.indicator == "KPI S2"] if code == "KPI S2" else 20
        if code != (self.story.indicator or "KPI E3") or code == "KPI S2":
            return (0, y) if code in FEWER_IS_BETTER or code.startswith("INFO") else (y, y)
        if self.number <= len(STORIES) or letter not in NEAR:
            return FIGURES[letter]
        return random.Random(f"{self.number} {quarter}").choice(NEAR[letter]), 100


@dataclass(frozen=True)
class Framework:
    """The contract folder of so many copies of each story."""

    folder: Path
    copies: int = 1

    @property
    def members(self) -> tuple[Member, ...]:
        """Every provider, story after story, and all of them again for each copy."""
        return tuple(Member(number, story) for number, story in enumerate(STORIES * self.copies, start=1))

    @property
    def contract(self) -> ContractFolder:
        """The contract folder, as the product takes it."""
        return ContractFolder(self.folder)

    def begin(self) -> None:
        """Make the folder, as ``xlkpi new`` does, and name the Council's points of contact."""
        make_contract_folder(self.folder)
        people = [f'"Council {level}; Officer; c{level}@council.example; 01632 96000{level}"' for level in (1, 2, 3)]
        (self.folder / "xlkpi.toml").write_text(f"[council]\ncontacts = [{', '.join(people)}]\n", encoding="utf-8")

    def play(self, quarter: int) -> None:
        """Play a quarter, counted from 1: returns are built three days after it, and sent; the lists are as on day 60.

        The returns of earlier quarters are there already.
        """
        build_day = day(quarter, 3)
        self._write_lists(quarter, build_day)
        period = QUARTERS[quarter - 1]
        out = self.folder / "out" / str(period) / "returns"
        calendar = _calendar(build_day)
        with patch.object(earlier_periods, "date", calendar), patch.object(collect_period, "date", calendar):
            built = build_returns(self.folder / "register.csv", period, out, contract=self.contract)
        blank = {provider.provider_id: path.read_bytes() for provider, path in built.files}
        inbox = self.folder / "inbox" / str(period)
        inbox.mkdir()
        for member in self.members:
            letter = member.story.figures[quarter - 1]
            if letter == ".":
                continue
            sent = filled(blank[member.provider_id], member, letter, quarter, day(quarter, 10))
            (inbox / f"KPI return {member.provider_id}.xlsx").write_bytes(sent)
            if quarter == 2 and member.story is STORIES[LOCKED_OUT - 1]:
                again = filled(blank[member.provider_id], member, "G", quarter, day(quarter, LATE_DAY))
                (inbox / f"KPI return {member.provider_id} corrected.xlsx").write_bytes(again)
        self._write_lists(quarter, day(quarter, 60))

    def _write_lists(self, quarter: int, as_of: date) -> None:
        self.folder.joinpath("register.csv").write_text(self._register(quarter), encoding="utf-8")
        self.folder.joinpath("decisions.csv").write_text(self._decisions(as_of), encoding="utf-8")
        self.folder.joinpath("ledger", "ledger.csv").write_text(self._ledger(quarter), encoding="utf-8")

    def _register(self, quarter: int) -> str:
        header = ("provider_id", "provider", "type", "lots", "contract_start", "contract_end", "extended_to",
                  "contact_1", "contact_2", "contact_3")  # fmt: skip
        rows = []
        for member in self.members:
            story, number = member.story, member.number
            days = [story.contract.get(name, "") for name in ("contract_start", "contract_end", "extended_to")]
            people = [f"Person {level} of {number}; Manager; p{level}.{number}@example.org; " for level in (1, 2, 3)]
            lots = "1a" if quarter >= story.lots_from else "3"
            rows.append((member.provider_id, member.name, "SME", lots, *map(str, days), *people))
        return _csv(header, rows)

    def _decisions(self, last: date) -> str:
        header = ("decided_on", "decided_by", "decision", "provider_id", "period", "indicator", "file", "value", "why")
        rows = []
        for member in self.members:
            for kind, quarter, days, figures in member.story.decisions:
                on, about_period = day(quarter, days), kind in ("agree figures", "lock")
                period = str(QUARTERS[quarter - 1]) if about_period else ""
                indicator = "" if kind == "lock" else member.story.indicator
                value = on.isoformat() if kind == "warning sent" else figures
                if on <= last:
                    whose = (member.provider_id, period, indicator)
                    rows.append((on.isoformat(), "Ada Bexon", kind, *whose, "", value, "as agreed"))
        return _csv(header, sorted(rows))

    def _ledger(self, last: int) -> str:
        """Every invoice that a return counts; in the quarters of the story the Council has disputed some of them."""
        header = ("provider_id", "invoice_no", "invoice_date", "due_date", "received_date", "amount", "disputed_date",
                  "dispute_reason", "resolved_date", "paid_date")  # fmt: skip
        rows = []
        for member in self.members:
            disputes = {quarter for kind, quarter, _, _ in member.story.decisions if kind == "agree figures"}
            for quarter in range(2, last + 1, 2):
                received = QUARTERS[quarter - 1].end - timedelta(days=40)
                for number in range(INVOICES[member.story.indicator == "KPI S2"]):
                    disputed = str(received + timedelta(days=5)) if quarter in disputes and number < DISPUTED else ""
                    reason, resolved = ("billed twice", str(received + timedelta(days=9))) if disputed else ("", "")
                    dates = (received - timedelta(days=3), received + timedelta(days=2), received)
                    invoice = f"{member.provider_id}-{quarter:02d}{number:02d}"
                    paid = str(received + timedelta(days=12))
                    rows.append(
                        (member.provider_id, invoice, *map(str, dates), "100.00", disputed, reason, resolved, paid)
                    )
        return _csv(header, rows)


def filled(blank: bytes, member: Member, letter: str, quarter: int, on: date) -> bytes:
    """The return as its provider sends it: every figure that is due, reasons, plan or progress, and the declaration."""
    book = open_workbook("return.xlsx", data=blank)
    parts = {sheet.name: f"xl/worksheets/sheet{number}.xml" for number, sheet in enumerate(book.sheets, start=1)}
    cells: dict[str, dict[str, str]] = {}
    texts: list[str] = []
    inputs = dict(_numbers(member, letter, quarter, book.names))
    inputs["Return.declared_on"] = (on - DAY_ZERO).days
    words = dict(_words(member, letter, quarter, book.names)) | {"Return.declared_by": f"Ann {member.number}"}
    for name, value in (*inputs.items(), *words.items()):
        target = book.names[name]
        spelt = f"><v>{value}</v></c>"
        if isinstance(value, str):
            texts.append(f"<si><t>{value}</t></si>")
            spelt = f' t="s"><v>{{{len(texts) - 1}}}</v></c>'
        cells.setdefault(parts[target.sheet], {})[target.ref] = spelt
    return fill_cells(blank, cells, texts, f"{on.isoformat()}T09:00:00Z")


def _numbers(member: Member, letter: str, quarter: int, names) -> Iterator[tuple[str, int]]:
    for name in names:
        slug, _, part = name.partition(".")
        if part == "x":
            x, y = member.figures(slug.replace("_", " "), letter, quarter)
            yield name, x
            yield f"{slug}.y", y


def _words(member: Member, letter: str, quarter: int, names) -> Iterator[tuple[str, str]]:
    """The reason, and a new plan or the progress of the one that the return carries."""
    story = member.story
    slug = (story.indicator or "KPI E3").replace(" ", "_")
    missed, timescale = letter in "RAr" and f"{slug}.x" in names, story.timescales.get(quarter)
    if missed:
        yield f"{slug}.comment", REASON
    if f"{slug}.progress" in names:
        yield f"{slug}.progress", PROGRESS
        if timescale and timescale != story.timescales.get(quarter - 1):
            yield f"{slug}.new_timescale", timescale
    elif timescale and missed:
        yield from ((f"{slug}.{part}", text) for part, text in PLAN_PARTS)
        yield f"{slug}.timescale", timescale


def _calendar(today: date) -> type[date]:
    """A calendar on which it is always this day."""

    class Calendar(date):
        @classmethod
        def today(cls) -> date:
            return today

    return Calendar


def _csv(header, rows) -> str:
    out = io.StringIO()
    csv.writer(out).writerows((header, *rows))
    return out.getvalue()
