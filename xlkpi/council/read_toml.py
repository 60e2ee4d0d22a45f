"""Reading a settings file: TOML of a size and depth that a person writes, refused by its line where it is not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from xlkpi.errors import SettingsError, Unreadable, UnreadableFile
from xlkpi.ooxml.plain_file import read_plain, size_of_plain

LARGEST_SETTINGS = 1_000_000
MOST_DIGITS, MOST_DOTS, DEEPEST = 100, 20, 20
"""In one line; the reader of TOML gives up, or needs hours and all memory, far above these."""
MOST_FAULTS = 20
ADVICE = "Write each setting as name = value, with texts in quotation marks."
_TEXT_OR_COMMENT = re.compile(r"""\"(?:[^"\\]|\\.)*(?:"|\\?$)|'[^']*(?:'|$)|\#.*""")
_USUAL_LINE = re.compile(f"[^\"'#.\\[\\]{{}}]{{0,{MOST_DIGITS - 1}}}")
"""A line too short for a long number, without texts, brackets and points: nothing in it is to be counted."""
_LONG_NUMBER = re.compile(f"[0-9_]{{{MOST_DIGITS},}}")


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file as a table. Raises UnreadableFile or SettingsError, naming the line, where it is not one."""
    size = size_of_plain(file)
    if size > LARGEST_SETTINGS:
        raise UnreadableFile(file, Unreadable.TOO_LARGE, f"{size // 1_000_000} MB for settings")
    try:
        text = read_plain(file, LARGEST_SETTINGS).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SettingsError(file, ("it is not saved as UTF-8. Save it again as UTF-8 text.",)) from problem
    fault = _unlike_settings(text)
    if fault:
        raise SettingsError(file, (fault,))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SettingsError(file, (_unreadable_line(problem),)) from problem
    except (ValueError, RecursionError) as problem:  # a number or a nesting that Python itself refuses
        raise SettingsError(file, (f"a line cannot be read: {problem}. {ADVICE}",)) from problem


def _unlike_settings(text: str) -> str:
    """Say which line no person writes, and why; empty where there is none."""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if _USUAL_LINE.fullmatch(line):
            continue
        plain = _TEXT_OR_COMMENT.sub("", line)
        digits = _LONG_NUMBER.search(plain)
        depth += sum(map(plain.count, "[{")) - sum(map(plain.count, "]}"))
        opened = max(depth, sum(map(plain.count, "[{")))
        if digits:
            return f"line {number} has a number of {len(digits[0]):,} digits. {ADVICE}"
        if plain.count(".") > MOST_DOTS:
            return f"line {number} has a name of {plain.count('.') + 1:,} parts. {ADVICE}"
        if opened > DEEPEST:
            return f"line {number} opens {opened:,} brackets. {ADVICE}"
    return ""


def _unreadable_line(problem: tomllib.TOMLDecodeError) -> str:
    what, _, where = str(problem).rstrip(")").partition(" (at ")
    return f"{where or 'a line'} cannot be read: {what}. {ADVICE}"


def first_faults(faults: list[str], of: int) -> tuple[str, ...]:
    """Return the faults to show of a file that has ``of``, and how many more there are."""
    more = of - MOST_FAULTS
    return (*faults[:MOST_FAULTS], *([f"and {more:,} more like these."] if more > 0 else ()))
