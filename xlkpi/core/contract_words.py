"""What a contract calls itself and its two sides, in the workbooks, messages and letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ContractWords:
    """The names that texts use. ``case_system`` is empty where no system of the Council counts anything too."""

    council: str = "The Council"
    short: str = "the Council"
    contract: str = "Contract"
    case_system: str = ""


UNNAMED = ContractWords()
"""The words of a contract that does not say what it is called."""
