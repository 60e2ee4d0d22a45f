"""The short cut and the parser read every sheet alike: the short cut agrees, or declines.

Longer by hand: python -m tests.ooxml.test_fast_path_agrees 20000
"""

from __future__ import annotations

import argparse
import ast
import io
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import xlkpi
from tests.corpus import damaged_files
from tests.corpus import raw_workbook as sample
from tests.corpus.legal_dialects import DIALECTS
from tests.ooxml.sheet_edits import EDITS, edited, split_row
from tests.reading.largest_return import small_return, whole_return
from tests.reading.return_edits import by_openpyxl
from xlkpi.errors import UnreadableFile
from xlkpi.ooxml import workbook
from xlkpi.ooxml.fast import fast_reader
from xlkpi.ooxml.fast.fast_text import cut_strings
from xlkpi.ooxml.number_formats import Styles
from xlkpi.ooxml.outside_formulas import formula_reaches_out
from xlkpi.ooxml.sheet import read_sheet
from xlkpi.ooxml.sheet_contents import SheetContents
from xlkpi.ooxml.strings import read_strings
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.ooxml.xml import BrokenPart
from xlkpi.reading.returns.check_return import check_return

STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    + "".join(f"<si><t>text {index}</t></si>" for index in range(2000))
    + "</sst>"
).encode()
STYLES = Styles({}, frozenset(("1", "2")))
VALUES = ValueParser(read_strings(STRINGS), STYLES.dates, from_1904=False)
FAST = fast_reader(STRINGS, STYLES, from_1904=False)
INBOX = Path(__file__).resolve().parents[2] / "workbooks" / "inbox"
DAMAGED = "damaged"
NOT_COMPARED = (
    *("cells", "validations", "formula_test", "error_test", "written", "arrays"),
    *("may_reach_out", "rule_reaches_out"),
)


def sheets(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist() if sample.SHEETS.fullmatch(name)]


def returns(each_earlier: int | None = None) -> list[bytes]:
    """The returns of the sample inbox: saved by XlsxWriter, LibreOffice and others, each file once.

    ``each_earlier`` is how many to take of each earlier period: there the same providers saved the same workbooks.
    """
    latest = sorted(INBOX.glob("*eturn*.xlsx"))
    earlier = [sorted(folder.rglob("*eturn*.xlsx"))[:each_earlier] for folder in sorted(INBOX.glob("20*"))]
    assert latest
    assert all(earlier)
    files = dict.fromkeys(path.read_bytes() for path in (*latest, *(path for paths in earlier for path in paths)))
    return [data for data in files if data.startswith(b"PK")]


SAMPLE = sample.sample()
PARTS = sheets(SAMPLE) + sheets(whole_return())
BY_OPENPYXL = by_openpyxl(lambda _: None)
WITH_INLINE_TEXTS = sheets(BY_OPENPYXL)
reaches_out = cache(formula_reaches_out)
"""The same formulas are in many of these files."""


def parse(part: bytes) -> SheetContents:
    return read_sheet(part, VALUES, STYLES.formats)


def cut(part: bytes) -> SheetContents | None:
    """What the short cut gives; None where it declines at once."""
    return FAST(part, lambda: parse(part))


def all_of(contents: SheetContents) -> dict[str, object]:
    """Everything a sheet says, what is worked out only when asked for among it."""
    facts = {name: value for name, value in vars(contents).items() if name not in NOT_COMPARED}
    reaching = [cell for cell in contents.cells.values() if cell[1] and reaches_out(cell[1])]
    facts["reaches out"] = bool(contents.may_reach_out() and reaching), contents.rule_reaches_out()
    assert contents.may_reach_out() or not reaching
    return {**facts, "cells": dict(contents.cells), "validations": contents.validations()}


def outcome(read: Callable[[], object]) -> object:
    try:
        return read()
    except BrokenPart:
        return DAMAGED


def assert_agrees(part: bytes, chance: random.Random) -> None:
    """Compare the whole sheet, then cells one by one, as a check asks for them."""
    expected = outcome(lambda: parse(part))
    fast = outcome(lambda: cut(part))
    if fast is None:
        return  # declined: the parser reads it
    if expected == DAMAGED:
        assert fast == DAMAGED or outcome(lambda: all_of(fast)) == DAMAGED, "a whole reading finds the damage"
        return
    assert all_of(fast) == all_of(expected)
    asked = [*expected.cells, *(f"{letter}{row}" for letter in "AFGLZ" for row in (1, 6, 7, 8, 9, 40))]
    for ref in chance.sample(asked, min(4, len(asked))):
        stored = expected.cells.get(ref)
        assert cut(part).formula_test(ref) == (stored is not None and stored[1] is not None), ref
        assert cut(part).cells.get(ref) == stored, ref
        assert stored is None or ref in cut(part).written, ref


@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_it_takes_what_xlsxwriter_writes_and_agrees(part):
    assert cut(part) is not None
    assert_agrees(part, random.Random(1))


@pytest.mark.parametrize("part", WITH_INLINE_TEXTS, ids=range(len(WITH_INLINE_TEXTS)))
def test_it_takes_what_openpyxl_writes_and_agrees(part):
    contents = fast_reader(b"", STYLES, from_1904=False)(part, lambda: pytest.fail("the sheet is as usual"))
    assert all_of(contents) == all_of(parse(part))
    assert_agrees(part, random.Random(1))


@pytest.mark.parametrize("name", DIALECTS)
def test_it_agrees_or_declines_in_every_dialect(name):
    for data in sheets(DIALECTS[name](SAMPLE)):
        assert_agrees(data, random.Random(1))


@pytest.mark.parametrize(
    "name",
    ["hidden_rows_in_a_comment", "comments_and_instructions", "cdata", "indented", "no_addresses", "prefix", "utf_16"],
)
def test_it_declines_what_it_could_misread(name):
    part = sheets(DIALECTS[name](SAMPLE))[1]
    contents = cut(part)
    if contents is not None:
        parsed = []
        asked = fast_reader(STRINGS, STYLES, from_1904=False)(part, lambda: parsed.append(1) or parse(part))
        assert dict(asked.cells) == parse(part).cells
        assert parsed, "the parser's own cells"


@pytest.mark.parametrize("edit", range(len(EDITS)))
def test_it_agrees_or_declines_after_any_edit_that_is_still_xml(edit):
    judged = 0
    for seed in range(9):
        part = edited(PARTS if seed < 8 else WITH_INLINE_TEXTS, edit, seed)
        if part is not None:
            assert_agrees(part, random.Random(seed))
            judged += 1
    assert judged > 0


def test_a_row_in_two_elements_is_read_whole():
    part = PARTS[1].decode()
    assert split_row(random.Random(1), part) != part
    for seed in range(20):
        assert parse(split_row(random.Random(seed), part).encode()).cells == parse(PARTS[1]).cells
        assert dict(cut(split_row(random.Random(seed), part).encode()).cells) == parse(PARTS[1]).cells


def test_addresses_in_small_letters_are_read_like_capitals():
    small = re.sub(r'<c r="([A-Z]+)', lambda match: match[0].lower(), PARTS[1].decode()).encode()
    assert small != PARTS[1]
    assert parse(small).cells == parse(PARTS[1]).cells
    assert cut(small) is None


def test_a_sheet_with_more_cells_than_the_workbook_may_have_is_left_to_the_parser():
    count = PARTS[1].count(b"<c r=")
    for most_cells, is_read in ((count, True), (count - 1, False)):
        reader = fast_reader(STRINGS, STYLES, from_1904=False, most_cells=most_cells)
        assert (reader(PARTS[1], lambda: parse(PARTS[1])) is not None) is is_read


def test_two_cells_of_one_address_are_damage_whichever_way_they_are_read():
    twice = PARTS[1].replace(b'<c r="F7"', b'<c r="F7"><v>41</v></c><c r="F7"', 1)
    assert twice != PARTS[1]
    assert cut(twice) is None
    assert outcome(lambda: parse(twice)) == DAMAGED


@pytest.mark.parametrize("name", ["", *DIALECTS])
def test_shared_strings_are_the_same_with_and_without(name):
    data = DIALECTS[name](small_return()) if name else small_return()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [part for part in archive.namelist() if part.lower().endswith("sharedstrings.xml")]
        part = archive.read(names[0]) if names else b""
    if part:
        count = len(read_strings(part))
        assert count > 0
        rows = "".join(f'<row r="{at + 1}"><c r="A{at + 1}" t="s"><v>{at}</v></c></row>' for at in range(count))
        sheet = f'<worksheet xmlns="{sample.MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
        contents = fast_reader(part, STYLES, from_1904=False)(sheet, lambda: pytest.fail("the sheet is as usual"))
        assert [value for (_, value), _, _ in contents.cells.values()] == read_strings(part)


def test_shared_strings_within_or_apart_from_each_other_or_damaged_are_left_to_the_parser():
    start = f'<sst xmlns="{sample.MAIN}">'
    assert list(cut_strings(f"{start}<si><t>one</t></si><si><t>two</t></si></sst>".encode())) == ["one", "two"]
    for strings in (
        "<si><t>one<si><t>two</t></si></t></si>",
        "<si><t>one</t></si> <si><t>two</t></si>",
        "<si><t>one]]></t></si>",
    ):
        assert cut_strings(f"{start}{strings}</sst>".encode()) is None


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="inlineStr"><is><t>a]]></t></is></c>',
        '<c r="A1" t="str"><v>a]]></v></c>',
        '<c r="A1"><f>Table[[#This Row],[x]]>1</f><v>1</v></c>',
    ],
)
def test_the_end_of_a_section_that_did_not_begin_is_damage_whichever_way_it_is_read(cell):
    sheet = f'<worksheet xmlns="{sample.MAIN}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'.encode()
    assert outcome(lambda: parse(sheet)) == DAMAGED
    assert outcome(lambda: cut(sheet).cells.get("A1")) == DAMAGED


def parser_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "fast_reader", lambda *_, **__: lambda *_: None)


def corpus() -> dict[str, bytes]:
    """Returns as people send them, in every legal spelling, and damaged."""
    return {
        **{f"return {number}": data for number, data in enumerate(returns(each_earlier=2))},
        "the largest return": whole_return(),
        "saved by openpyxl": BY_OPENPYXL,
        **{f"in dialect {name}": write(small_return()) for name, write in DIALECTS.items()},
        **{f"broken: {name}": data for name, data in damaged_files.broken(SAMPLE).items()},
        **{f"misspelt {seed}": damaged_files.misspelt(small_return(), seed) for seed in range(20)},
    }


def reading(name: str, data: bytes) -> tuple[object, object]:
    """All that a file says, and what a check finds in it.

    A check looks at some cells only, so damage in another that nobody asks for may escape it: then no check counts.
    """
    try:
        book = open_workbook(name, data=data).read_all()
    except UnreadableFile as problem:
        return (problem.reason, problem.detail), None
    return ([(sheet.name, all_of(sheet.contents)) for sheet in book.sheets], book.names), check_return(name, data=data)


def test_everything_is_read_alike_without_the_short_cut(monkeypatch):
    compare_with_the_parser(monkeypatch, corpus())


def compare_with_the_parser(monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> None:
    fast = {name: reading(name, data) for name, data in files.items()}
    parser_alone(monkeypatch)
    for name, data in files.items():
        assert fast[name] == reading(name, data), name
    checks = [check for _, check in fast.values() if check]
    assert sum(not check.unreadable for check in checks) > 20
    assert len(checks) < len(files), "some are damaged"


def test_values_before_the_first_cell_of_a_row_are_left_to_the_parser():
    part = re.sub(rb'(<row r="2"[^>]*>)', rb"\1<v>5</v><v>5</v>", PARTS[0], count=1)
    assert part != PARTS[0]
    assert cut(part) is None or outcome(lambda: parse(part)) == DAMAGED
    assert_agrees(part, random.Random(1))


def test_the_short_cut_has_one_way_in_and_one_caller():
    inside = Path(workbook.__file__).parent / "fast"
    callers = {}
    for path in Path(xlkpi.__file__).parent.rglob("*.py"):
        source = path.read_text("utf-8")
        if inside not in path.parents and "ooxml.fast" in source:
            imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
            names = [alias.name for node in imports if "ooxml.fast" in (node.module or "") for alias in node.names]
            if names:
                callers[path.name] = names
    assert callers == {"workbook.py": ["fast_reader", "FastSheet"]}


def main() -> None:
    """Judge every return of the sample inbox, and many more edits of them than the suite does."""
    parser = argparse.ArgumentParser(prog="python -m tests.ooxml.test_fast_path_agrees")
    parser.add_argument("examples", type=int, help="how many edited sheets")
    parser.add_argument("start", type=int, nargs="?", default=10_000, help="the number of the first one")
    asked = parser.parse_args()
    with pytest.MonkeyPatch.context() as patch:
        compare_with_the_parser(patch, {**corpus(), **{f"return {n}": data for n, data in enumerate(returns())}})
    parts = PARTS + [part for data in returns() for part in sheets(data)]
    judged = declined = 0
    for number in range(10**9):
        part = edited(parts, number % len(EDITS), asked.start + number)
        if part is not None:
            assert_agrees(part, random.Random(number))
            judged += 1
            declined += cut(part) is None
            if judged % 1000 == 0:
                print(f"{judged} so far", flush=True)
        if judged == asked.examples:
            break
    print(f"{judged} sheets judged, {declined} of them declined at once, no difference")


if __name__ == "__main__":
    main()
