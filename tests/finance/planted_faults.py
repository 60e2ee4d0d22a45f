"""A seeded ledger of 20,000 invoices in which every fault is planted and known, with the returns to hold it against.

Nothing here uses the product: the truth is what was planted.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

START, END = date(2026, 4, 1), date(2026, 9, 30)
HEADER = (
    "provider_id",
    "invoice_no",
    "invoice_date",
    "due_date",
    "received_date",
    "amount",
    "disputed_date",
    "dispute_reason",
    "resolved_date",
    "paid_date",
)
ROLES = (
    "agreed",
    "small",
    "understates",
    "overstates",
    "count",
    "no ledger",
    "no return",
    "timing",
    "dated before",
    "disputed later",
    "credit note",
    "duplicate",
    "resent",
    "after payment",
)
CLASSES = {
    "agreed": "Agreed",
    "small": "Small difference",
    "understates": "Return understates disputes",
    "overstates": "Return overstates",
    "count": "Different invoice count",
    "no ledger": "No ledger rows",
    "no return": "No return",
    "timing": "Different invoice count",
    "dated before": "Different invoice count",
    "disputed later": "Return understates disputes",
    "credit note": "Different invoice count",
    "duplicate": "Different invoice count",
    "resent": "Different invoice count",
    "after payment": "Return overstates",
}
REASONS = {
    "timing": "timing at the period's edge",
    "dated before": "timing at the period's edge",
    "disputed later": "timing at the period's edge",
    "credit note": "credit note",
    "duplicate": "duplicate",
    "resent": "resubmitted invoice",
    "after payment": "disputed after payment",
}
KINDS = ("voluntary or community", "SME", "large", "in-house")


@dataclass
class World:
    """What was planted: the ledger's rows as texts, what providers returned, and every fault by kind and key."""

    rows: list[list[str]] = field(default_factory=list)
    returned: dict[str, tuple[int, int]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    planted: set[tuple[str, object]] = field(default_factory=set)
    blank: int = 0

    def csv_text(self, delimiter: str = ",") -> str:
        """The ledger as a CSV file."""
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows([list(HEADER), *self.rows])
        return out.getvalue()


def spelt_day(dice: random.Random, day: date | None) -> str:
    """A day in one of the ways that ledgers write it."""
    return "" if day is None else dice.choice(_ways(day))


@cache
def _ways(day: date) -> tuple[str, ...]:
    return (
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        f"{day:%d-%b-%Y}",
        f"{day:%d.%m.%y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%d/%m/%Y} 00:00",
        str((day - date(1899, 12, 30)).days),
    )


def spelt_sum(dice: random.Random, pence: int) -> str:
    """A sum in one of the ways that ledgers write it; a credit with its sign, in brackets or with CR."""
    plain = f"{abs(pence) / 100:,.2f}"
    if pence >= 0:
        return dice.choice((plain, f"£{plain}", plain.replace(",", ""), f" £ {plain} ", f"{plain} DR"))
    return dice.choice((f"-{plain}", f"-£{plain}", f"£-{plain}", f"({plain})", f"{plain}-", f"{plain} CR", f"−{plain}"))


class Planter:
    """Makes invoices provider by provider; an ordinary one lies well inside the period and shows nothing odd."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.world = World()
        self.rows: list[list[str]] = []
        self.number = 0
        self.repeated: set[int] = set()

    def invoice(self, provider_id: str, **facts: object) -> list[str]:
        """One row as texts. Facts are dates, ``pence`` and ``number``; the others are drawn."""
        dice = self.dice
        received = facts.get("received") or START + timedelta(days=dice.randrange(20, 160))
        self.number += 1
        days = {
            "invoice_date": facts.get("dated", received - timedelta(days=dice.randrange(5))),
            "due_date": received + timedelta(days=-2 if facts.get("late") else dice.randrange(0, 9)),
            "received_date": received,
            "disputed_date": facts.get("disputed"),
            "resolved_date": facts.get("resolved"),
            "paid_date": facts["paid"] if "paid" in facts else (received + timedelta(days=dice.randrange(3, 25))),
        }
        texts = {name: spelt_day(dice, day) for name, day in days.items()}
        texts |= {
            "provider_id": provider_id,
            "invoice_no": str(facts.get("number") or f"INV-{self.number:06d}"),
            "amount": spelt_sum(dice, int(facts.get("pence", dice.randrange(1_000, 3_000_000)))),
            "dispute_reason": dice.choice(("wrong rate", "not delivered", "=HYPERLINK(1)"))
            if days["disputed_date"]
            else "",
        }
        row = [texts[name] for name in HEADER]
        self.rows.append(row)
        return row

    def disputed(self, provider_id: str, **facts: object) -> list[str]:
        """An invoice disputed a few days after receipt and paid a month later."""
        received = START + timedelta(days=self.dice.randrange(20, 120))
        dispute = received + timedelta(days=4)
        paid = received + timedelta(days=40)
        return self.invoice(provider_id, received=received, disputed=dispute, resolved=paid, paid=paid, **facts)

    def still_disputed(self, provider_id: str) -> list[str]:
        """An invoice disputed a week after receipt, neither resolved nor paid."""
        received = START + timedelta(days=self.dice.randrange(20, 170))
        return self.invoice(provider_id, received=received, disputed=received + timedelta(days=7), paid=None)


def plant(invoices: int = 20_000, providers: int = 42, seed: int = 20260930) -> World:
    """The whole world: each provider plays one role, and faulty rows lie among all of them."""
    planter = Planter(seed)
    each = invoices // (providers - providers // len(ROLES))
    for number in range(1, providers + 1):
        provider_id = f"P{number:03d}"
        role = ROLES[(number - 1) % len(ROLES)]
        planter.world.names[provider_id] = f"Provider number {number} of Kent"
        planter.world.kinds[provider_id] = KINDS[number % len(KINDS)]
        _play(planter, provider_id, role, each)
    _faulty_rows(planter)
    return _shuffled(planter)


@cache
def large_world() -> World:
    """The world of 20,000 invoices, to look at and not to change: the tests of a group share it."""
    return plant()


def _play(planter: Planter, provider_id: str, role: str, each: int) -> None:
    world, dice = planter.world, planter.dice
    world.planted.add(("class", (provider_id, CLASSES[role])))
    if role in REASONS:
        world.planted.add(("reason", (provider_id, REASONS[role])))
    if role == "no ledger":
        world.returned[provider_id] = (2, 30)
        return
    x, y = max(6, each // 30), each - each % 3
    for place in range(y):
        if place < x and place % 3 == 1:
            planter.still_disputed(provider_id)
        elif place < x:
            planter.disputed(provider_id, late=dice.random() < 0.3)
        else:
            planter.invoice(provider_id, late=dice.random() < 0.05)
    if role == "agreed":
        y += _oddities(planter, provider_id)
    dx, dy = _planted_difference(planter, provider_id, role)
    if role != "no return":
        world.returned[provider_id] = (x + dx, y + dy)


def _planted_difference(planter: Planter, provider_id: str, role: str) -> tuple[int, int]:
    """Plant what the role needs, and say by how much its return differs from the x and y of ordinary invoices."""
    dice, many = planter.dice, 3
    after, before = END + timedelta(days=5), START - timedelta(days=4)
    simple = {"small": (1, 0), "understates": (-4, 0), "overstates": (5, 0), "count": (0, 7)}
    if role in simple:
        return simple[role]
    for place in range(many):
        if role == "timing":
            planter.invoice(provider_id, received=after, dated=END - timedelta(days=place))
        elif role == "dated before":
            planter.invoice(provider_id, received=START + timedelta(days=place), dated=before)
        elif role == "disputed later":
            received = END - timedelta(days=3)
            later = END + timedelta(days=6)
            planter.invoice(
                provider_id, received=received, dated=received, disputed=later, paid=later + timedelta(days=9)
            )
        elif role == "credit note":
            planter.invoice(provider_id, pence=-dice.randrange(100, 90_000))
        elif role in ("duplicate", "resent"):
            _again(planter, provider_id, resent=role == "resent")
        elif role == "after payment":
            received = START + timedelta(days=30 + place)
            paid = received + timedelta(days=9)
            planter.invoice(provider_id, received=received, paid=paid, disputed=paid + timedelta(days=3))
    # how the provider counts: the rows planted above add to y of the ledger where they are ordinary invoices
    return {
        "timing": (0, many),
        "dated before": (0, 0),
        "disputed later": (0, many),
        "credit note": (0, many),
        "duplicate": (0, many),
        "resent": (0, many),
        "after payment": (many, many),
    }.get(role, (0, 0))


def _again(planter: Planter, provider_id: str, *, resent: bool) -> None:
    """Plant an ordinary invoice of the provider a second time: the same row, or sent again at the end of September."""
    mine = [row for row in planter.rows if row[0] == provider_id and not row[6] and id(row) not in planter.repeated]
    first = planter.dice.choice(mine)
    row = list(first)
    planter.repeated |= {id(first), id(row)}
    planter.rows.append(row)
    if not resent:
        planter.world.planted.add(("LEDGER_DUPLICATE", (id(first), id(row))))
        return
    received = date(2026, 9, 20) + timedelta(days=planter.dice.randrange(5))
    for column, days in (("received_date", 0), ("due_date", 0), ("invoice_date", 0), ("paid_date", 4)):
        row[HEADER.index(column)] = f"{received + timedelta(days=days):%d/%m/%Y}"
    planter.world.planted.add(("LEDGER_RESENT", id(row)))


def _oddities(planter: Planter, provider_id: str) -> int:
    """Rows that are used and asked about; returns how many."""
    world = planter.world
    for _ in range(3):
        undated = planter.invoice(provider_id)
        undated[HEADER.index("dispute_reason")] = "wrong hours"
        early = planter.invoice(provider_id, received=date(2026, 6, 10), paid=date(2026, 6, 1))
        planter.invoice(provider_id)[HEADER.index("due_date")] = ""
        world.planted |= {("LEDGER_UNDATED", id(undated)), ("LEDGER_DATES", id(early))}
    world.planted.add(("LEDGER_NO_DUE", provider_id))
    return 9


FAULTS = {
    "received_date": ("31/02/2026", "12/31/2026", "soon", "01/05/1926", "", "#REF!", "2026-13-01"),
    "due_date": ("tomorrow", "45/01/2026"),
    "disputed_date": ("yes", "30/02/2026"),
    "paid_date": ("by Friday", "99999999"),
    "amount": ("12,34,5.00", "ask Ann", "£", "1.2.3"),
    "invoice_no": ("", "#N/A"),
    "provider_id": ("", "P0O1", "P-2", "Provider numbr 3 of Kent", "Somebody Else Ltd"),
}


def _faulty_rows(planter: Planter) -> None:
    """Rows that cannot be used, each told of by its invoice number (the line is known when all rows are shuffled)."""
    for column, texts in FAULTS.items():
        for text in texts * 4:
            row = planter.invoice(f"P{planter.dice.randrange(1, 5):03d}")
            row[HEADER.index(column)] = text
            unknown = column == "provider_id" and text != ""
            if column == "amount":  # an invoice all the same; the finding is one for the column
                x, y = planter.world.returned[row[0]]
                planter.world.returned[row[0]] = (x, y + 1)
                planter.world.planted.add(("LEDGER_AMOUNT", ""))
            else:
                planter.world.planted.add((_unknown_kind(text) if unknown else "LIST_ROW", id(row)))


def _unknown_kind(text: str) -> str:
    return "LEDGER_OTHERS" if text == "Somebody Else Ltd" else "LEDGER_PROVIDER"


def _shuffled(planter: Planter) -> World:
    """The rows in another order, with blank lines between, and faults by line instead of by row."""
    world = planter.world
    order = [*planter.rows, *([""] * len(HEADER) for _ in range(25))]
    planter.dice.shuffle(order)
    lines = {id(row): line for line, row in enumerate(order, start=2)}
    world.rows, world.blank = order, 25
    by_row = {"LIST_ROW", "LEDGER_RESENT", "LEDGER_UNDATED", "LEDGER_DATES"}
    names: set[tuple[str, object]] = set()
    unknown = {key for kind, key in world.planted if kind in ("LEDGER_PROVIDER", "LEDGER_OTHERS")}
    first: dict[str, int] = {}  # each supplier is told of once, in its first line
    for line, row in enumerate(order, start=2):
        if id(row) in unknown:
            first.setdefault(row[0], line)
    names |= {(_unknown_kind(text), line) for text, line in first.items()}
    for kind, key in world.planted:
        if kind in by_row:
            names.add((kind, lines[key]))
        elif key in unknown:
            continue
        elif kind == "LEDGER_DUPLICATE":
            names.add((kind, max(lines[key_part] for key_part in key)))
        else:
            names.add((kind, key))
    world.planted = names
    return world
