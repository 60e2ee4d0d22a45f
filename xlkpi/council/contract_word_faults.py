"""What is wrong with the words of a contract: each fault with its place in contract.json, near misses suggested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlkpi.core.contract_texts import find_text_faults
from xlkpi.council.lists.near_text import suggest

NAMES = ("council", "short", "contract", "document", "provider", "area", "case_system", "invoice_indicator")
NUMBERS = ("minutes_days", "payment_days", "payment_target")
TABLES = ("short_names", "texts")
MOST_POSITIONS = 3


def find_word_faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Find words of the wrong kind, and sentences that no text has a place for."""
    for key in NAMES:
        if key in content and not isinstance(content[key], str):
            yield f"{key} is {_shown(content[key])}. Enter it as text in quotation marks."
    for key in NUMBERS:
        if key in content and (not isinstance(content[key], int) or isinstance(content[key], bool) or content[key] < 0):
            yield f"{key} is {_shown(content[key])}. Enter a whole number of 0 or more."
    positions = content.get("positions", [])
    if not _is_list_of_texts(positions) or len(positions) > MOST_POSITIONS:
        yield f"positions is {_shown(positions)}. Write at most {MOST_POSITIONS} texts in square brackets."
    for key in TABLES:
        if not isinstance(content.get(key, {}), dict):
            yield f"{key} is {_shown(content[key])}. Write a table in braces."
    yield from _text_faults(content.get("texts"))


def find_code_faults(content: Mapping[str, Any], codes: tuple[str, ...]) -> Iterator[str]:
    """Find indicators that no version has, where the words name one; ``codes`` are those of all versions."""
    named = [content.get("invoice_indicator", ""), *dict(content.get("short_names", {}))]
    for code in named:
        if code and not code.startswith("_") and code not in codes:
            yield f"“{code}” is not an indicator. {suggest(code, codes)}"


def _text_faults(texts: object) -> Iterator[str]:
    if isinstance(texts, dict):
        sentences = {name: text for name, text in texts.items() if not name.startswith("_")}
        for name, what, near in find_text_faults(sentences):
            place = "texts" if what.startswith("“") else f"texts, {name}"
            word = name if what.startswith("“") else what.partition("{")[2].partition("}")[0]
            yield f"{place}: {what} {suggest(word, near) if near else ''}".rstrip()


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _shown(value: object) -> str:
    return f"“{value}”"
