"""The form of a version's file: keys that are not known, parts that are missing or empty, codes nobody can use.

It is found before the rules are checked, because they rely on every part being there. Each fault names its entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from xlkpi.catalogue.validate import REQUIRED
from xlkpi.core.near_text import find_nearest, suggest
from xlkpi.council.catalogue_shape import INDICATOR, SECTION, VERSION
from xlkpi.council.indicator_list import ROW
from xlkpi.findings import shorten
from xlkpi.layout.addresses import COVER, HELP, PLAN, QUESTIONS

RELATION_KEYS = {"same_y": ("indicators", "counts"), "x_sums": ("indicators", "because"),
                 "x_parts": ("part", "whole", "because")}  # fmt: skip
RELATION_PARTS = tuple(dict.fromkeys(key for keys in RELATION_KEYS.values() for key in keys))
LONGEST_CODE, LONGEST_TITLE = 40, 31
NOT_IN_TITLES = "[]:*?/\\"
LOT_MARKS = ";,"
OWN_SHEETS = (COVER, PLAN, QUESTIONS, HELP)
MAY_BE_EMPTY = ("measured", "heading")


def find_form_faults(content: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
    """Find what is missing, empty or not known; with each, whether it is about the indicators themselves."""
    yield from ((False, fault) for fault in unknown_keys(content, VERSION))
    yield from ((False, f"{key} is missing. Enter it as text.") for key in ("source",) if not _has_text(content, key))
    yield from ((False, fault) for fault in _section_faults(content))
    yield from ((True, fault) for fault in _indicator_faults(content))
    yield from ((False, fault) for fault in _relation_form_faults(content))


def unknown_keys(content: Mapping[str, Any], known: Collection[str]) -> Iterator[str]:
    """Find keys that nothing reads; a name that begins with ``_`` is a note."""
    unknown = [key for key in content if key not in known and not key.startswith("_")]
    yield from (f"“{shorten(key)}” is not known. {suggest(key, known)}" for key in unknown)


def meant_keys(content: Mapping[str, Any], known: Collection[str]) -> set[str]:
    """Give the keys that unknown ones are slips of: to say that they are missing too would be one fault twice."""
    names = {key: key for key in known}
    return {find_nearest(key, names) for key in content if key not in known}


def _has_text(row: Mapping[str, Any], key: str) -> bool:
    return key in row and (row[key] is None or not isinstance(row[key], str) or bool(row[key].strip()))


def _absent(row: Mapping[str, Any], keys: Collection[str]) -> Iterator[str]:
    """Find parts that are not there, unless a key that is not known was meant to be it."""
    meant = meant_keys(row, keys)
    for key in keys:
        if key not in row and key not in meant:
            yield f"{key} is missing. Enter it as the contract has it."
        elif key in row and key not in MAY_BE_EMPTY and not _has_text(row, key):
            yield f"{key} is empty. Enter it as the contract has it."


def _section_faults(content: Mapping[str, Any]) -> Iterator[str]:
    sections = content.get("sections")
    if not sections:
        yield "sections is missing. Write a list with one table per entry."
        return
    keys: dict[str, int] = {}
    titles: dict[str, int] = {}
    for number, row in enumerate(sections, start=1):
        label = row.get("key", "")
        place = f"sections, entry {number}{f' ({label})' if label else ''}: "
        faults = [*unknown_keys(row, SECTION), *_absent(row, SECTION)]
        if not faults:
            faults += _title_faults(row["title"])
            for key, seen, text in (("key", keys, label), ("title", titles, row["title"].casefold())):
                if seen.setdefault(text, number) != number:
                    faults.append(f"its {key} is that of entry {seen[text]} too. Give each section one of its own.")
            faults += _lot_faults(row["lots"])
        yield from (place + fault for fault in faults)


def _title_faults(title: str) -> Iterator[str]:
    """Find why a title cannot be the name of a sheet."""
    if len(title) > LONGEST_TITLE:
        yield f"title has {len(title)} characters, and the name of a sheet at most {LONGEST_TITLE}. Shorten it."
    marks = [mark for mark in NOT_IN_TITLES if mark in title]
    if marks or title.startswith("'") or title.endswith("'"):
        marks = marks or ["'"]
        yield f"title has {' '.join(marks)}, which the name of a sheet cannot have. Write another word or sign."
    if title.casefold() in {name.casefold() for name in OWN_SHEETS}:
        yield f"title is “{shorten(title)}”, as another sheet of the return is called. Write another title."


def _lot_faults(lots: list[str]) -> Iterator[str]:
    seen = set()
    for lot in lots:
        folded = lot.strip().casefold()
        if not folded:
            yield "lots has an empty entry. Delete it, or write the lot."
        elif any(mark in lot for mark in LOT_MARKS):
            parts = [part.strip() for part in lot.replace(";", ",").split(",")]
            example = ", ".join(f'"{part}"' for part in parts if part)
            yield f"lots has “{shorten(lot)}” as one lot. Write each by itself: [{example}]."
        elif folded in seen:
            yield f"lots has “{shorten(lot)}” twice. Delete one of the two."
        seen.add(folded)


def _indicator_faults(content: Mapping[str, Any]) -> Iterator[str]:
    rows = content.get("indicators")
    if not rows:
        yield "indicators is missing. Write a list with one table per entry."
        return
    codes: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        entry = row.get(ROW, f"entry {number}")
        code = row.get("code", "")
        place = f"{'' if ROW in row else 'indicators, '}{entry}{f' ({shorten(code)})' if code.strip() else ''}: "
        yield from (place + fault for fault in (*unknown_keys(row, INDICATOR), *_absent(row, REQUIRED)))
        if code.strip():
            yield from (place + fault for fault in _code_faults(code))
            if codes.setdefault(code, entry) != entry:
                yield f"{place}the code is that of {codes[code]} too. Delete one of the two, or give it another code."


def _code_faults(code: str) -> Iterator[str]:
    if code != " ".join(code.split()):
        yield f"code is “{code}”, with spaces that nobody sees. Write “{' '.join(code.split())}”."
    if len(code) > LONGEST_CODE:
        yield f"code has {len(code)} characters. Write at most {LONGEST_CODE}."


def _relation_form_faults(content: Mapping[str, Any]) -> Iterator[str]:
    rows = content.get("indicators") or ()
    has_codes = all(row.get("code", "").strip() for row in rows)
    known = {" ".join(row["code"].split()) for row in rows} if has_codes else set()
    for name, wanted in RELATION_KEYS.items():
        if name not in content:
            yield f"{name} is missing. Write [] where no entries depend on each other."
            continue
        for number, row in enumerate(content[name], start=1):
            place = f"{name}, entry {number}: "
            yield from (place + fault for fault in (*unknown_keys(row, RELATION_PARTS), *_absent(row, wanted)))
            codes = row.get("indicators", []) if "indicators" in wanted else [row.get("part"), row.get("whole")]
            unknown = [code for code in codes if code is not None and code not in known] if known else []
            yield from (f"{place}“{shorten(code)}” is not an indicator. {suggest(code, known)}" for code in unknown)
