"""The other cells of a register's row as people write them: kinds, dates, sums, addresses, contacts."""

from __future__ import annotations

import re
from datetime import date

from xlkpi.core.lot import Contact
from xlkpi.council.lists.faults import rejection
from xlkpi.council.lists.parse_values import parse_pence, read_optional_day
from xlkpi.findings import shorten

KINDS = ("voluntary or community", "SME", "large", "in-house")
_KIND_WORDS = {
    "SME": ("sme", "small", "medium", "smallormedium", "smallandmedium", "smallmediumenterprise"),
    "large": ("large", "largecompany", "largeenterprise"),
    "in-house": ("inhouse", "council", "kcc"),
    "voluntary or community": (
        "voluntaryorcommunity",
        "voluntarycommunity",
        "voluntaryandcommunity",
        "voluntary",
        "community",
        "vcs",
        "vcse",
        "charity",
    ),
}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
_NO_DAY_SET = frozenset(("ongoing", "open", "open ended", "open-ended", "rolling", "not set", "tbc"))
_TELEPHONE = re.compile(r"\+?[\d ()./-]{6,}(?:(?:x|ext\.?) ?\d+)?", re.IGNORECASE)
_CONTACT_FORM = "Write it as name; position; email; telephone."
_BETWEEN_NUMBERS = re.compile(r"[;,/|&\s]+")
_LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>.]+")


def parse_kind(text: str) -> str:
    """Read the type of provider into its name in KINDS (commissioning plan, R24); empty text stays empty."""
    if not text:
        return ""
    kind = _KINDS.get("".join(c for c in text.casefold() if c.isalpha()))
    if kind is None:
        raise rejection(f"says “{shorten(text)}”. Write {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    return kind


def parse_contract_end(text: str) -> date | None:
    """Read the day a contract ends, or is reviewed; None too for a word that says that no day is set: ``ongoing``."""
    return None if text.casefold() in _NO_DAY_SET else read_optional_day(text)


def parse_sum(text: str) -> str:
    """Read pounds into digits, with pence where there are any: ``£185,000.00`` is ``185000``; empty stays empty."""
    if not text:
        return ""
    pence = parse_pence(text)
    if pence is None or pence < 0:
        raise rejection(f"says “{shorten(text)}”. Write the contract's value in pounds, in digits only.")
    pounds, rest = divmod(pence, 100)
    return f"{pounds}.{rest:02d}" if rest else str(pounds)


def parse_emails(text: str) -> str:
    """Read one email address, or several with ``; `` between them; empty stays empty."""
    addresses = [part.strip() for part in re.split("[;,]", text) if part.strip()]
    for address in addresses:
        if not EMAIL.fullmatch(address):
            raise rejection(f"says “{shorten(text)}”. Write an email address such as name@provider.org.uk.")
    return "; ".join(addresses)


def parse_numbers(text: str) -> tuple[str, ...]:
    """Read the supplier numbers of a provider, ``104523;104988``; a cell without any gives none.

    Raises what a model reports for a number of which a spreadsheet has kept a few digits only.
    """
    numbers = tuple(dict.fromkeys(part for part in _BETWEEN_NUMBERS.split(text) if part))
    for number in numbers:
        if _LOST_DIGITS.fullmatch(number):
            raise rejection(f"says “{shorten(number)}”, a number that lost its digits. Format the cell as text first.")
    return numbers


def parse_contact(text: str) -> Contact:
    """Read a point of contact (Schedule 1.0) from ``name; position; email; telephone``; none gives an empty one.

    A part left out is empty. An address and a telephone number are recognised by their form wherever they are.
    """
    if text.count(";") == 3:
        return _in_order([part.strip() for part in text.split(";")], text)
    parts = [part.strip() for part in text.split(";") if part.strip()]
    email = next((part for part in parts if "@" in part), "")
    telephone = next((part for part in parts if _TELEPHONE.fullmatch(part)), "")
    words = [part for part in parts if part not in (email, telephone)]
    if len(words) > 2:
        raise rejection(f"says “{shorten(text)}”. {_CONTACT_FORM}")
    name, position = (*words, "", "")[:2]
    return _in_order([name, position, email, telephone], text)


def _in_order(parts: list[str], text: str) -> Contact:
    name, position, email, telephone = parts
    if email and not EMAIL.fullmatch(email):
        raise rejection(f"says “{shorten(text)}”, and “{shorten(email)}” is not an email address. {_CONTACT_FORM}")
    return Contact(name, position, email, telephone)
