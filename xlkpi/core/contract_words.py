"""What a contract calls itself and its two sides, in the workbooks, messages and letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Tuple


@dataclass(frozen=True)
class ContractWords:
    """The names that texts use. ``case_system`` is empty where no system of the Council counts anything too."""

    council: str = "The Council"
    short: str = "the Council"
    contract: str = "Contract"
    case_system: str = ""
    short_names: Tuple[Tuple[str, str], ...] = ()
    """Indicators in a few words, by code, for tables that have no room for the contract's sentences."""


UNNAMED = ContractWords()
"""The words of a contract that does not say what it is called."""


def parse_words(content: Mapping[str, Any]) -> ContractWords:
    """Read the words from the content of a file; what begins with ``_`` is a note for people."""
    texts = {key: text for key, text in content.items() if not key.startswith("_")}
    return ContractWords(**{**texts, "short_names": tuple(dict(texts.get("short_names", {})).items())})
