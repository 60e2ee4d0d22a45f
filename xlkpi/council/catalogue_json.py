"""A file of a catalogue folder read as JSON: what keeps it from being read, in plain words and with its place.

Whoever edits such a file with a text editor knows commas and quotation marks, and none of a parser's words.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from xlkpi.findings import shorten

_QUOTES = {
    **dict.fromkeys("“”„‟«»″", 'is a curly quotation mark. Write a straight one: "'),
    **dict.fromkeys("'‘’`", 'is a single quotation mark. Write a double one: "'),
}
_COMMENTS = ("//", "#", "/*", ";", "--")
_CONSTANTS = {"true": "true", "yes": "true", "false": "false", "no": "false", "none": "null", "null": "null"}
_TOKEN = re.compile(r'[^\s,:"{}\[\]]*')
_BEFORE = re.compile(r'[^\s,:"{}\[\]]*$')
LONGEST_TOKEN = 200
"""Signs before and after a fault that are looked at."""
_OTHERWISE = "here is something that does not follow. Look for a comma, a quotation mark or a bracket that is missing."


def read_json(text: str) -> tuple[Any, list[str]]:
    """Read the content of a file, and what must be fixed in it: where it is not JSON, or a key is there twice.

    Raises ValueError or RecursionError for a number or a nesting that nobody writes.
    """
    if not text.strip():
        return {}, ["it is empty. Copy it again from the example."]
    faults: list[str] = []
    try:
        return json.loads(text, object_pairs_hook=partial(_table, faults)), faults
    except json.JSONDecodeError as problem:
        return {}, [describe_syntax(text, problem)]


def _table(faults: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a table of its pairs; of a key that is there twice, JSON itself would drop the first in silence."""
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs if not name.startswith("_")]
        label = next((table[name] for name in ("code", "key") if isinstance(table.get(name), str)), "")
        where = f" of {shorten(label)}" if label else ""
        twice = dict.fromkeys(shorten(name) for name in names if names.count(name) > 1)
        faults += [f"“{name}” is there twice in the same table{where}. Delete one of the two." for name in twice]
    return table


def describe_syntax(text: str, problem: json.JSONDecodeError) -> str:
    """Say where a text stops being JSON and what to write there; the place counts lines and columns from 1."""
    at = problem.pos
    before = text[:at].rstrip()
    comma = text[at : at + 1] == "," and text[at + 1 :].lstrip()[:1] in ("}", "]")
    if comma or (before.endswith(",") and text[at : at + 1] in ("}", "]")):
        at = at if comma else len(before) - 1
        return f"{_place(text, at)}: the last entry has a comma after it. Delete the comma."
    return f"{_place(text, at)}: {_describe(text, at, problem.msg)}"


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, column {at - text.rfind(chr(10), 0, at)}"


def _describe(text: str, at: int, message: str) -> str:
    sign = text[at : at + 1]
    if message.startswith("Invalid control"):
        what = "tab" if sign == "\t" else "line break"
        return f"a {what} is inside a text. Write a space instead, and close the text with a quotation mark."
    if message.startswith("Unterminated"):
        return "the text that begins here is not closed. Add the quotation mark at its end."
    if "escape" in message:
        return "a text has a single backslash. Write two of them."
    if message.startswith("Extra"):
        return "the file goes on after its closing brace. Delete the brace that closes too early, or what follows it."
    if not sign:
        return (
            "the file ends before everything is closed. Add the quotation mark, brackets and braces that are missing."
        )
    if sign in _QUOTES:
        return f"{sign} {_QUOTES[sign]}"
    if text.startswith(_COMMENTS, at):
        return 'a comment cannot be here. Write it as a note, as "_note": "…", or delete it.'
    return _describe_token(text, at, message)


def _describe_token(text: str, at: int, message: str) -> str:
    """Say what to do about a word or a number that is not in quotation marks, or what should come before it."""
    begun, rest = _BEFORE.search(text[max(at - LONGEST_TOKEN, 0) : at]), _TOKEN.match(text[at : at + LONGEST_TOKEN])
    token = shorten((begun[0] if begun else "") + (rest[0] if rest else ""))
    before = text[:at].rstrip()
    if "':'" in message:
        return "a colon is missing between the name and its value. Add it."
    if before.endswith('"') and token:
        return 'a quotation mark is inside a text, or a comma is missing. Write \\" for a mark that is meant.'
    if token.casefold() in _CONSTANTS and token != _CONSTANTS[token.casefold()]:
        return f"“{token}” is not known. Write {_CONSTANTS[token.casefold()]}, without quotation marks."
    if token[:1].isdigit() or token[:1] in ("-", "+", "."):
        return f"“{token}” is not a number. Write a number alone, as 30, or put it in quotation marks."
    if token and not before.endswith(("}", "]")):
        return f'“{token}” is not in quotation marks. Write "{token}".'
    if "','" in message:
        return "a comma is missing before this. Add it."
    return _OTHERWISE
