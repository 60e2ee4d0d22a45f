"""Rules about styles and shared strings, to which cells refer by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.judge.packages.package import MAIN, SPACE, Fault, Package, unescaped

STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
LISTS = ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs", "numFmts")
REFERENCES = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
FIRST_OWN_FORMAT, LONGEST_FORMAT, MOST_STYLES = 164, 255, 64_000
LONGEST_TEXT, MOST_BREAKS = 32_767, 253


def how_many(package: Package, name: str) -> int:
    """The length of one of the lists of styles."""
    element = package.trees[STYLES].find(MAIN + name)
    return 0 if element is None else len(element)


def styles(package: Package) -> Iterator[Fault]:
    """Counts, references from one list to another, and the two fills that must come first."""
    tree = package.trees[STYLES]
    for name in LISTS:
        element = tree.find(MAIN + name)
        if element is not None and element.get("count") and int(element.get("count")) != len(element):
            yield Fault("count of styles", name)
    for style in tree.findall(f"{MAIN}cellXfs/{MAIN}xf"):
        for attribute, name in REFERENCES.items():
            if style.get(attribute) and int(style.get(attribute)) >= how_many(package, name):
                yield Fault("style of no list", attribute, style.get(attribute))
    if how_many(package, "cellXfs") > MOST_STYLES:
        yield Fault("too many styles", STYLES)
    first = [fill[0].get("patternType") for fill in tree.findall(f"{MAIN}fills/{MAIN}fill")[:2] if len(fill)]
    if first != ["none", "gray125"]:
        yield Fault("first two fills", STYLES, str(first))
    yield from _number_formats(tree)


def _number_formats(tree: Any) -> Iterator[Fault]:
    formats = tree.findall(f"{MAIN}numFmts/{MAIN}numFmt")
    numbers = [int(element.get("numFmtId")) for element in formats]
    if len({*numbers}) != len(numbers):
        yield Fault("number format twice", STYLES)
    for element in formats:
        if int(element.get("numFmtId")) < FIRST_OWN_FORMAT or len(element.get("formatCode")) > LONGEST_FORMAT:
            yield Fault("number format", STYLES, element.get("formatCode")[:60])
    for style in tree.findall(f"{MAIN}cellXfs/{MAIN}xf"):
        number = int(style.get("numFmtId", "0"))
        if number >= FIRST_OWN_FORMAT and number not in numbers:
            yield Fault("number format that is not there", STYLES, str(number))


def strings(package: Package) -> Iterator[Fault]:
    """Texts too long for a cell, signs no text may have, and spaces that would be lost."""
    for part, tree in package.trees.items():
        if part == STRINGS or part.startswith("xl/worksheets/sheet"):
            for element in tree.iter(MAIN + "t"):
                yield from _run(element, part)
    for text in package.strings:
        yield from text_faults(text, STRINGS)
    for sheet, cells in package.cells.items():
        for address, cell in cells.items():
            if cell.type == "inlineStr":
                yield from text_faults(cell.value or "", f"{sheet}!{address}")


def _run(element: Any, part: str) -> Iterator[Fault]:
    text = element.text or ""
    if text != text.strip(" \t\n\r") and element.get(SPACE) != "preserve":
        yield Fault("space that is lost", part, repr(text[:40]))


def text_faults(text: str, place: str) -> Iterator[Fault]:
    """What is wrong with one text of a cell."""
    shown = unescaped(text)
    if len(shown) > LONGEST_TEXT // 2 and len(shown.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        yield Fault("long text", place, text[:40])
    if shown.count("\n") > MOST_BREAKS:
        yield Fault("lines of a text", place, text[:40])
    if re.search(r"[\ud800-\udfff\ufffe\uffff]", text):
        yield Fault("sign that no text may have", place, repr(text[:40]))


def string_counts(package: Package) -> Iterator[Fault]:
    """How many strings there are, and how many cells use them."""
    tree = package.trees.get(STRINGS)
    if tree is None:
        return
    used = sum(cell.type == "s" for cells in package.cells.values() for cell in cells.values())
    if tree.get("uniqueCount") and int(tree.get("uniqueCount")) != len(package.strings):
        yield Fault("count of strings", STRINGS, f"{tree.get('uniqueCount')} of {len(package.strings)}")
    if tree.get("count") and int(tree.get("count")) != used:
        yield Fault("uses of strings", STRINGS, f"{tree.get('count')} of {used}")
