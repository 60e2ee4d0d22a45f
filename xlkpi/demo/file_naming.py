"""What people call their files, and what else is in an inbox."""

from __future__ import annotations

import re
from collections.abc import Collection

from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import file_name
from xlkpi.demo.seeded_random import SeededRandom

HABITS = (
    "{sent}",
    "{sent}",
    "{sent}",
    "emails/{sent}",
    "emails/KPI return {short} FINAL.xlsx",
    "emails/{day} {short}/KPI return.xlsx",
    "Copy of {sent}",
    "{short} KPI return (1).xlsx",
)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
LOCK_SIZE = 165


def choose_file_name(provider: Provider, period: Period, day: str, taken: Collection[str]) -> str:
    """Choose the path in the inbox under which a provider's return arrives; never one that is taken, in any case."""
    habit = SeededRandom(provider.provider_id, period, "file").pick(HABITS)
    sent = file_name(provider, period)
    name = habit.format(sent=sent, short=shorten_name(provider), day=day)
    return sent if name.casefold() in {other.casefold() for other in taken} else name


def shorten_name(provider: Provider) -> str:
    """Shorten a provider's name to its first two words, without signs that a folder cannot have."""
    return " ".join(re.findall(r"[^\W_]+", provider.name)[:2])


def make_lock_file(owner: str) -> bytes:
    """Make Excel's lock file of an open workbook: its owner's name, twice, filled up with spaces and zeros."""
    name = owner.encode("ascii", "replace")[:54]
    first = bytes([len(name)]) + name.ljust(54)
    return (first + bytes([len(name), 0]) + name.decode("ascii").ljust(54).encode("utf-16-le")).ljust(LOCK_SIZE, b"\0")
