"""What every output must say of the made-up framework after a quarter, by the hand-written table; each fault in words.

The commands run as a user types them; their outputs are read as files: the master with openpyxl, letters and emails as
text, documents as JSON.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import openpyxl

from tests.judge.packages.package import parts_of
from tests.performance.framework_files import Framework, Member
from tests.performance.framework_stories import CLOSED, OPEN, QUARTERS, WHY, Proposal, day
from xlkpi.cli.main import main

Row = dict[str, object]


def run(*words: object) -> str:
    """Run a command as it is typed; what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        status = main([str(word) for word in words])
    if status not in (0, 1):
        message = f"{words} ended with status {status}"
        raise AssertionError(message)
    return out.getvalue()


class After:
    """The framework sixty days after a quarter, counted from 1."""

    def __init__(self, framework: Framework, quarter: int) -> None:
        """Say of which quarter; nothing runs yet."""
        self.framework, self.quarter = framework, quarter
        self.period, self.as_of = QUARTERS[quarter - 1], day(quarter, 60)
        self.out = framework.folder / "out" / str(self.period)

    def faults(self) -> Iterator[str]:
        """Name everything that is not as the table says: master, letters, status, feedback."""
        for place, fault in (
            *(("master", each) for each in self._faults_of_master(self.master(self.period))),
            *(("escalate", each) for each in self._faults_of_escalation()),
            *(("status", each) for each in self._faults_of_status()),
            *(("feedback", each) for each in self._faults_of_feedback()),
        ):
            yield f"{self.period}, {place}: {fault}"

    @property
    def open(self) -> list[tuple[Member, str]]:
        """What is open by the table: the providers, each with the table's word."""
        words = ((member, member.story.word(self.quarter)) for member in self.framework.members)
        return [(member, word) for member, word in words if word != CLOSED]

    def master(self, period: object, *more: object) -> Path:
        """Make the master of a period as it is made on this day, and give its path."""
        path = self.out / "masters" / f"{period}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        words = ("consolidate", self.framework.folder, "--period", period, "--as-of", self.as_of, "--out", path)
        run(*words, *more)
        return path

    @property
    def own_master(self) -> Path:
        """Give the path of the quarter's own master, once it is made."""
        return self.out / "masters" / f"{self.period}.xlsx"

    def open_matters(self, master: Path) -> list[Row]:
        """Read the sheet Open matters of a master."""
        return list(_table(master, "Open matters"))

    def faults_of_another_screen(self, period: object) -> Iterator[str]:
        """Compare the master of another period, made on the same day, with that of the quarter's own."""
        other, own = self.master(period), self.own_master
        for sheet in ("Open matters", "Escalation"):
            if list(_table(other, sheet)) != list(_table(own, sheet)):
                yield f"{self.period}: {sheet} of the master of {period} differs"

    def faults_of_same_bytes(self, *more: object) -> Iterator[str]:
        """Make the master again of the same files, on the same day: it must be the same file."""
        path = self.master(self.period)
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        if hashlib.sha256(self.master(self.period, *more).read_bytes()).hexdigest() != before:
            yield f"{self.period}: the master made again {' '.join(map(str, more))} has other bytes"

    def faults_of_masters_alone(self, masters: Sequence[Path], scratch: Path) -> Iterator[str]:
        """Compare what the masters of all quarters say without any return, and with the last quarter's returns only."""
        own = self.open_matters(masters[-1])
        folder = scratch / f"masters until {self.period}"
        folder.mkdir(parents=True)
        for number, path in enumerate(masters):
            (folder / f"{number:02d}.xlsx").write_bytes(path.read_bytes())
        lists = (
            "--register",
            self.framework.folder / "register.csv",
            "--decisions",
            self.framework.folder / "decisions.csv",
        )
        words = ("--as-of", self.as_of, "--period", self.period)
        alone = json.loads(run("escalate", folder, *lists, *words, "--json"))["open"]
        yield from _differences(f"{self.period}: masters alone", own, alone)
        inbox = self.framework.folder / "inbox" / str(self.period)
        earlier = [option for path in masters[:-1] for option in ("--previous", path)]
        master_path = scratch / f"with previous {self.period}.xlsx"
        if earlier:
            run(
                "consolidate",
                inbox,
                "--out",
                master_path,
                *lists,
                *words,
                *earlier,
                "--ledger",
                self.framework.folder / "ledger",
            )
            yield from _differences(f"{self.period}: --previous of masters", own, self.open_matters(master_path))

    def _faults_of_master(self, master: Path) -> Iterator[str]:
        rows = self.open_matters(master)
        expected = Counter(_open_line(member, word) for member, word in self.open)
        got = Counter(_line(*(row[name] for name in OPEN_COLUMNS)) for row in rows)
        yield from _unlike("Open matters", expected, got)
        steps = Counter(_step_line(member, WHY[word]) for member, word in self.open if word != OPEN)
        escalation = list(_table(master, "Escalation"))
        rows_of_steps = Counter(_line(*(row[name] for name in STEP_COLUMNS)) for row in escalation)
        yield from _unlike("Escalation", steps, rows_of_steps)
        levels = {member.provider_id: WHY[word].contact for member, word in self.open if word != OPEN}
        for row in escalation:
            level, provider = levels.get(str(row["provider_id"]), 0), str(row["provider's contact"])
            if f"Person {level} of " not in provider or f"Council {level}" not in str(row["Council's contact"]):
                yield f"Escalation names other people: {row['provider_id']} {provider!r}"

    def _faults_of_escalation(self) -> Iterator[str]:
        folder = self.out / "letters"
        document = json.loads(run("escalate", self.framework.folder, "--as-of", self.as_of, "--json", "--out", folder))
        expected = Counter(_open_line(member, word) for member, word in self.open)
        got = Counter(_line(*(each[name] for name in OPEN_COLUMNS)) for each in document["open"])
        yield from _unlike("what is open", expected, got)
        due = Counter(
            (member.provider_id, WHY[word].letter) for member, word in self.open if word != OPEN and WHY[word].letter
        )
        written = {path.name: _text_of_letter(path) for path in folder.glob("*.docx")}
        kinds = Counter(_letter_of(name) for name in written)
        yield from _unlike("letters", due, kinds)
        by_provider = {member.provider_id: (member, WHY[word]) for member, word in self.open if word != OPEN}
        for name, text in written.items():
            provider_id = _letter_of(name)[0]
            if provider_id in by_provider:
                yield from (
                    f"{name} lacks {part!r}" for part in _in_letter(*by_provider[provider_id]) if part not in text
                )

    def _faults_of_status(self) -> Iterator[str]:
        words = ("status", self.framework.folder, "--as-of", self.as_of)
        tasks = json.loads(run(*words, "--json"))["tasks"]
        got = Counter(_line(task["kind"], task["provider_id"], task["indicator"], _subject_of(task)) for task in tasks)
        yield from _unlike("tasks", Counter(self._tasks()), got)
        lines = run(*words).splitlines()
        if len(lines) != len(tasks):
            yield f"{len(lines)} lines, {len(tasks)} tasks in the document"
        for line, task in zip(lines, tasks, strict=False):
            if task["kind"] not in line or task["provider_id"] not in line or task["text"] not in line:
                yield f"the line {line!r} is not the task {task}"

    def _tasks(self) -> Iterator[str]:
        """What is next by the table: steps, returns still missing, what a return lacks, contracts that end."""
        for member, word in self.open:
            proposal = WHY.get(word)
            if proposal and proposal.task:
                yield _line(proposal.task, member.provider_id, member.story.indicator, proposal.step)
        for member in self.framework.members:
            for quarter in missing_returns(member):
                if quarter <= self.quarter and "SS" not in _sent_after(member, quarter, self.quarter):
                    yield _line("return missing", member.provider_id, "", QUARTERS[quarter - 1])
            if self.quarter in member.story.to_fix:
                lacking = f"{self.period}: {member.story.to_fix[self.quarter]} to fix"
                yield _line("to fix", member.provider_id, "", lacking)
            if self.quarter in member.story.ends_soon:
                yield _line("contract ends", member.provider_id, "", "its contract")

    def _faults_of_feedback(self) -> Iterator[str]:
        folder = self.out / "feedback"
        words = ("--period", self.period, "--as-of", self.as_of, "--out", folder, "--without-pdf")
        run("feedback", self.framework.folder, *words)
        texts = {_provider_of(path.name): path.read_text("utf-8") for path in folder.glob("*.txt")}
        still_open = {member.provider_id: member for member, _ in self.open if member.story.opened < self.period}
        for member in self.framework.members:
            text = " ".join(texts.get(member.provider_id, "").split())
            expected = _in_feedback(still_open[member.provider_id]) if member.provider_id in still_open else ""
            if expected and text and expected not in text:
                yield f"{member.name} reads nothing of {expected!r}"
            if not expected and "Still open" in text:
                yield f"{member.name} reads of something open"
            sent = member.story.figures[self.quarter - 1] != "."
            if (sent or self.quarter in missing_returns(member)) != bool(text):
                yield f"{member.name}: {'no' if not text else 'an'} email"


OPEN_COLUMNS = ("provider_id", "indicator", "opened", "step_proposed", "paragraph")
STEP_COLUMNS = ("provider_id", "indicator", "step", "ground", "paragraph")


def missing_returns(member: Member) -> list[int]:
    """Give the quarters, counted from 1, of which a provider had to send a return and did not."""
    story = member.story
    start, end = (story.contract.get(name) for name in ("contract_start", "contract_end"))
    end = story.contract.get("extended_to", end)
    return [
        number
        for number, period in enumerate(QUARTERS, start=1)
        if story.figures[number - 1] == "."
        and number < story.lots_from
        and (not start or start <= period.end)
        and (not end or end >= period.start)
    ]


def _sent_after(member: Member, quarter: int, today: int) -> str:
    """Give a letter for each quarter after one: S where a return was sent. Two in a row close what was missing."""
    return "".join("." if letter == "." else "S" for letter in member.story.figures[quarter:today])


def _line(*parts: object) -> str:
    return " | ".join("" if part is None else str(part).replace("\n", ", ") for part in parts)


def _open_line(member: Member, word: str) -> str:
    step = (WHY[word].step, WHY[word].paragraph) if word != OPEN else ("", "")
    return _line(member.provider_id, member.story.indicator, member.story.opened, *step)


def _step_line(member: Member, proposal: Proposal) -> str:
    subject = member.story.indicator or "Returns"
    return _line(member.provider_id, subject, proposal.step, proposal.ground, proposal.paragraph)


def _unlike(what: str, expected: Counter, got: Counter) -> Iterator[str]:
    yield from (f"{what}: missing {line}" for line in sorted((expected - got).elements()))
    yield from (f"{what}: unexpected {line}" for line in sorted((got - expected).elements()))


COMPARED = (
    "provider_id",
    "indicator",
    "opened",
    "run",
    "plan",
    "redated",
    "step_proposed",
    "paragraph",
    "last_decision",
)


def _differences(what: str, own: Iterable[Row], other: Iterable[Row]) -> Iterator[str]:
    own_lines, others = (Counter(_line(*(row[name] for name in COMPARED)) for row in rows) for rows in (own, other))
    yield from _unlike(what, own_lines, others)


def _table(master: Path, sheet: str) -> Iterator[Row]:
    book = openpyxl.load_workbook(master, read_only=True)
    rows = book[sheet].iter_rows(values_only=True)
    headers = [str(header) for header in next(rows)]
    for row in rows:
        if row[0]:
            yield dict(zip(headers, row, strict=False))
    book.close()


def _text_of_letter(path: Path) -> str:
    return re.sub(r"<[^>]+>", "", parts_of(path.read_bytes())["word/document.xml"].decode())


def _letter_of(name: str) -> tuple[str, str]:
    """Whom a letter is to and what it is about, by the name of its file."""
    return _provider_of(name), name.partition(" 20")[0].removeprefix("KPI ")


def _provider_of(name: str) -> str:
    match = re.search(r"P\d{3}", name)
    return match[0] if match else ""


def _in_letter(member: Member, proposal: Proposal) -> Iterator[str]:
    yield member.name
    yield f"Person {proposal.contact} of {member.number}"
    yield member.story.indicator or "KPI return for"


def _in_feedback(member: Member) -> str:
    code = member.story.indicator
    return f"{code} since {member.story.opened}" if code else "KPI return"


def _subject_of(task: dict) -> str:
    """What a task is about: the step, or the period of a return that is missing."""
    if task["kind"] == "return missing":
        match = re.search(r"return of (\d{4}-\d\d Q\d)", task["text"])
        return match[1] if match else task["text"]
    if task["kind"] == "contract ends":
        return "its contract"
    return task["text"].partition(". ")[0].rstrip(".")
