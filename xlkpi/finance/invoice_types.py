"""The column type of a ledger: which of its words mean a credit note, and which an invoice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import plain_header

CREDIT_WORDS = (
    *("credit note", "credit memo", "credit", "cn", "crn", "cr", "c", "pc", "pcn", "pcr", "sc", "scn", "kg", "381"),
    *(
        "purchase credit",
        "supplier credit",
        "credit invoice",
        "cr note",
        "c/n",
        "credits",
        "refund",
        "apc",
        "ap credit",
    ),
)
"""What accounting programs write for a credit note, without regard to capitals."""
INVOICE_WORDS = (
    *(
        "invoice",
        "inv",
        "i",
        "in",
        "pi",
        "pin",
        "pinv",
        "si",
        "kr",
        "re",
        "std",
        "standard",
        "380",
        "api",
        "ap invoice",
    ),
    *("purchase invoice", "supplier invoice", "standard invoice", "bill", "debit", "dr", "d", "invoices"),
)
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
    known = sum(count for text, count in filled.items() if clean(text).casefold() in (*INVOICE_WORDS, *CREDIT_WORDS))
    return known / sum(filled.values()) if filled else 0.0


def judge_types(counts: Mapping[str, int], header: str, settled: Mapping[str, str]) -> InvoiceTypes:
    """Judge the column from the texts in it; ``settled`` is what an officer says that a text means."""
    words = {text: clean(text).casefold() for text in counts}
    known = dict.fromkeys(INVOICE_WORDS, False) | dict.fromkeys(CREDIT_WORDS, True)
    if plain_header(header).endswith(("creditnote", "credit")):  # a column of its own for credit notes: yes or no
        known = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False) | known
    known |= {text.casefold(): kind.casefold() == "credit note" for text, kind in settled.items()}
    is_type = any(word in known for word in words.values())
    credit = frozenset(text for text, word in words.items() if known.get(word))
    unknown = frozenset(text for text, word in words.items() if word and word not in known)
    return InvoiceTypes(credit, unknown, is_type) if is_type else InvoiceTypes()
