"""The column type of a ledger: which of its words mean a credit note, and which an invoice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import plain_header

CREDIT_WORDS = (
    "credit note", "credit memo", "credit", "cn", "crn", "cr", "c", "cm", "pc", "pcn", "pcr", "sc", "scn", "kg",
    "381", "purchase credit", "supplier credit", "credit invoice", "cr note", "c/n", "credits", "refund", "apc",
    "ap credit", "purchase credit note", "supplier credit note", "ap credit memo", "cr memo", "credit-note",
)  # fmt: skip
"""What accounting programs write for a credit note, without regard to capitals; the blank ledger knows these words."""
INVOICE_WORDS = frozenset((
    "inv", "i", "in", "pi", "pin", "pinv", "si", "kr", "re", "std", "380", "api", "bill", "d", "dr", "debit",
))  # fmt: skip
_CREDIT = frozenset(["credit", "credits", "cred", "cr", "crn", "cn", "cm", "c", "creditnote", "refund"])
_INVOICE = frozenset(["invoice", "invoices", "inv", "bill", "bills"])
_BESIDE = frozenset((
    "purchase", "purchases", "supplier", "vendor", "creditor", "ap", "pl", "payable", "payables", "accounts",
    "ledger", "note", "notes", "memo", "standard", "document", "type", "po", "non", "manual", "the", "a",
    "invoice", "invoices", "inv",
))  # fmt: skip
"""Words that change nothing beside one for an invoice or a credit note."""
_BETWEEN = re.compile(r"[\W_]+")
_YES, _NO = ("yes", "y", "true", "1", "x"), ("no", "n", "false", "0")


@dataclass(frozen=True)
class InvoiceTypes:
    """What the texts of the column mean: those of credit notes, and those that nobody knows.

    ``is_type`` is False where none of its texts speaks of invoices or credit notes: then it is some other column.
    """

    credit: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    is_type: bool = False


def share_of_types(counts: Mapping[str, int]) -> float:
    """Give the share of words for invoice or credit note among the cells of a column that are not empty."""
    filled = {text: count for text, count in counts.items() if clean(text)}
    known = sum(count for text, count in filled.items() if is_credit(clean(text).casefold()) is not None)
    return known / sum(filled.values()) if filled else 0.0


def is_credit(word: str) -> bool | None:
    """Whether a text in small letters means a credit note; None where it means neither that nor an invoice.

    >>> is_credit("ap credit memo"), is_credit("purchase invoice"), is_credit("credit card")
    (True, False, None)
    """
    if word in CREDIT_WORDS or word in INVOICE_WORDS:
        return word in CREDIT_WORDS
    words = set(_BETWEEN.split(word)) - {""}
    if words & _CREDIT and words <= _CREDIT | _BESIDE:
        return True
    return False if words & (_INVOICE | {"standard"}) and words <= _INVOICE | _BESIDE else None


def says_credit(text: str) -> bool:
    """Whether a text says credit note in words, and not in a letter or two that may mean something else."""
    word = clean(text).casefold()
    return "cred" in word and is_credit(word) is True


def can_be_types(counts: Mapping[str, int]) -> bool:
    """Whether the texts of a column are all words for an invoice or a credit note, and some for either."""
    words = {clean(text).casefold() for text in counts} - {""}
    kinds = {is_credit(word) for word in words}
    return kinds == {True, False} and any(len(word) > 1 for word in words if is_credit(word))


def judge_types(counts: Mapping[str, int], header: str, settled: Mapping[str, str]) -> InvoiceTypes:
    """Judge the column from the texts in it; ``settled`` is what an officer says that a text means."""
    words = {text: clean(text).casefold() for text in counts}
    known = {word: kind for word in words.values() if (kind := is_credit(word)) is not None}
    if plain_header(header).endswith(("creditnote", "credit")):  # a column of its own for credit notes: yes or no
        known = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False) | known
    if plain_header(header) == "sign":
        known = {"+": False, "-": True, "−": True, **known}
    known |= {text.casefold(): kind.casefold() == "credit note" for text, kind in settled.items()}
    is_type = any(word in known for word in words.values())
    credit = frozenset(text for text, word in words.items() if known.get(word))
    unknown = frozenset(text for text, word in words.items() if word and word not in known)
    return InvoiceTypes(credit, unknown, is_type) if is_type else InvoiceTypes()
