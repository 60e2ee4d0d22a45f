"""What is wrong with the words of a contract: each fault with its place in contract.json, near misses suggested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlkpi.catalogue.validate_outturn import rule_of
from xlkpi.core.contract_texts import TEXTS, find_unfilled_names
from xlkpi.core.near_text import suggest

NUMBERS = {"minutes_days": 0, "payment_days": 1, "payment_target": 1}
"""Numbers of the contract, and the lowest that each may be."""
MOST_POSITIONS, MOST_PERCENT = 3, 100


def find_word_faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Find numbers out of range, and sentences that no text has a place for, in content of the right shape."""
    for key, lowest in NUMBERS.items():
        if key in content and content[key] < lowest:
            yield f"{key} is {content[key]}. Enter a whole number of {lowest} or more."
    if content.get("payment_target", 1) > MOST_PERCENT:
        yield f"payment_target is {content['payment_target']}. Enter a percentage of at most {MOST_PERCENT}."
    if len(content.get("positions", ())) > MOST_POSITIONS:
        yield f"positions has {len(content['positions'])} entries. Keep at most {MOST_POSITIONS}."
    yield from _empty_words(content)
    for name, text in content.get("texts", {}).items():
        if not name.startswith("_"):
            yield from _text_faults(name, text)


def _text_faults(name: str, text: str) -> Iterator[str]:
    if name not in TEXTS:
        yield f"texts: “{name}” is not known. {suggest(name, TEXTS)}"
        return
    unfilled, known = find_unfilled_names(name, text)
    if unfilled is None:
        yield f"texts, {name} has a single brace. Write {{{{ or }}}} for a brace that is meant."
    else:
        yield from (
            f"texts, {name} has {{{word}}}, which nothing fills in. {suggest(word, known)}" for word in unfilled
        )


def _empty_words(content: Mapping[str, Any]) -> Iterator[str]:
    """Find words that are there and empty, where a sentence would have a hole."""
    for key in ("document", "provider", "area"):
        if not content.get(key, "-").strip():
            yield f"{key} is empty. Enter a word, or delete the line."


def find_code_faults(content: Mapping[str, Any], indicators: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    """Find where the words do not fit the indicators, which are those of all versions, the latest last."""
    rows = {row["code"]: row for row in indicators}
    for code in content.get("short_names", {}):
        if not code.startswith("_") and code not in rows:
            yield f"short_names: “{code}” is not an indicator. {suggest(code, rows)}"
    invoices = content.get("invoice_indicator", "")
    if invoices and invoices not in rows:
        yield f"invoice_indicator: “{invoices}” is not an indicator. {suggest(invoices, rows)}"
    elif invoices and not _is_share(rows[invoices]):
        yield f"invoice_indicator is {invoices}, which is not a share. Name one with invoices disputed and submitted."


def _is_share(row: Mapping[str, Any]) -> bool:
    rule = rule_of({**row, **row.get("effective", {})})
    return rule is not None and rule.is_share
