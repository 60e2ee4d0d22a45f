"""The sound files that are changed: small ones, so that a great many of their changes can be tried."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import openpyxl

from tests.reading.return_edits import DECLARED, clean, filled, typed
from tests.small_catalogue import folder_files, small_catalogue
from xlkpi import consolidate
from xlkpi.catalogue.load import ContractTerms, terms_of
from xlkpi.commands.check import annotated_copy
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.layout.provider_texts import Sender
from xlkpi.reading.returns.check_return import check_return
from xlkpi.writing.returns.write_return import write_return

SEEDS = Path(__file__).with_name("seeds")
PERIOD = Period(2026, 2)
ELM = Provider("P02", "Elm", lots=("3",))
Seeds = Callable[[], tuple[bytes, ...]]


@cache
def small_terms() -> ContractTerms:
    """The terms of a contract with three indicators."""
    return terms_of(small_catalogue())


@cache
def small_returns() -> tuple[bytes, ...]:
    """A sound return of the small catalogue, and one with mistakes."""
    sound = {"KPI S1": Entry(1, 40), "KPI S2": Entry(1, 40), "KPI S3": Entry(40, 40)}
    wrong = {"KPI S1": Entry(50, 40, "A reason"), "KPI S2": Entry(3, None), "KPI S3": Entry(1.5, 2)}
    return tuple(
        write_return(
            plan_return(small_catalogue(), ELM, PERIOD, sender=Sender(send_to="k@example.org"),
                        filled=Filled(entries, DECLARED))
        )
        for entries in (sound, wrong)
    )  # fmt: skip


@cache
def small_copies() -> tuple[bytes, ...]:
    """The marked copies of those, which come back as returns."""
    copies = (
        annotated_copy(check_return("return.xlsx", data=data, terms=small_terms()), data) for data in small_returns()
    )
    return tuple(copy for copy in copies if copy)


@cache
def returns() -> tuple[bytes, ...]:
    """A sound return of the Schedule, one with mistakes, and the marked copy of that."""
    mistakes = typed(**{"KPI_S1.x": "12 visits", "KPI_S1.y": -4, "KPI_S2.x": 50, "KPI_S2.comment": "A reason"})
    marked = annotated_copy(check_return("return.xlsx", data=mistakes), mistakes)
    return (clean(), mistakes, marked or mistakes)


@cache
def other_return() -> bytes:
    """A sound return of another provider."""
    return filled(provider=Provider("P02", "Elm", lots=("1a",)))


@cache
def masters() -> tuple[bytes, ...]:
    """The master of a single return."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        (folder / "good.xlsx").write_bytes(other_return())
        consolidate(folder, Path(scratch, "m.xlsx"), period=PERIOD, keep=False, jobs=1)
        return (Path(scratch, "m.xlsx").read_bytes(),)


@cache
def emails() -> tuple[bytes, ...]:
    """An email with two files, and one that has it attached."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "Return", "a@example.org", "Mon, 12 Oct 2026 09:00:00 +0100"
    message["Received"] = "by mx.example.org; Mon, 12 Oct 2026 09:00:05 +0100"
    message.set_content("Our return.")
    for name in ("return.xlsx", "Rückmeldung.xlsx"):
        message.add_attachment(b"PK\x03\x04" * 20, maintype="application", subtype="octet-stream", filename=name)
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("See below.")
    outer.add_attachment(message)
    return message.as_bytes(), outer.as_bytes()


def of_contract(name: str) -> Seeds:
    """A file of a sound catalogue folder as the only seed."""
    return lambda: (folder_files()[name].encode(),)


@cache
def arguments() -> tuple[bytes, ...]:
    """Periods, days and numbers as people type them after an option."""
    texts = ("2026-27 Q2", "Q2 2026/27", "July to September 2026", "1 July 2026 to 30 September 2026", "2026-11-24",
             "3rd October 2026", "24/11/2026 09:30", "12")  # fmt: skip
    return tuple(text.encode() for text in texts)


def seed(name: str) -> Seeds:
    """The seed of that name in the folder."""
    return cache(lambda: (SEEDS.joinpath(name).read_bytes(),))


def as_workbook(name: str) -> Seeds:
    """The list as a sheet of a workbook."""

    @cache
    def seeds() -> tuple[bytes, ...]:
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(SEEDS.joinpath(name).read_text("utf-8-sig"))):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return (out.getvalue(),)

    return seeds
