"""What somebody who is no programmer gets wrong in a catalogue folder: each is named by its place, with what to do."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from xlkpi.commands.catalogue import EXAMPLE, check_catalogue

VERSION, CONTRACT = "2026-27.1.json", "contract.json"
NEXT = "2026-27.2.json"


@pytest.fixture
def folder(tmp_path):
    for name in (VERSION, CONTRACT):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    return tmp_path


def text_of(folder, name=VERSION):
    return (folder / name).read_text(encoding="utf-8")


TYPED = [  # what is in the example, what somebody types instead, and what is found
    ('"lots": []}', '"lots": [],}', "the last entry has a comma after it. Delete the comma."),
    ('"C/1", "section"', '"C/1" "section"', "a comma is missing before this. Add it."),
    (' "version"', ' // ours\n "version"', "a comment cannot be here. Write it as a note,"),
    (' "version"', ' # ours\n "version"', "a comment cannot be here. Write it as a note,"),
    ('"version"', "“version”", '“ is a curly quotation mark. Write a straight one: "'),
    ('"version"', "'version'", "' is a single quotation mark. Write a double one: \""),
    ('"version"', "version", '“version” is not in quotation marks. Write "version".'),
    ('"rural",\n', "rural,\n", '“rural” is not in quotation marks. Write "rural".'),
    ("15 minutes", '"15" minutes', 'a quotation mark is inside a text, or a comma is missing. Write'),
    ("15 minutes", "15\nminutes", "a line break is inside a text. Write a space instead,"),
    ("15 minutes", "15\tminutes", "a tab is inside a text. Write a space instead,"),
    ("15 minutes", "15\\minutes", "a text has a single backslash. Write two of them."),
    ('"version": ', '"version" ', "a colon is missing between the name and its value. Add it."),
    ('"count",', "True,", "“True” is not known. Write true, without quotation marks."),
    ('"count",', "030,", "“030” is not a number. Write a number alone, as 30, or put it in"),
    ('"count",', "@,", "“@” is not in quotation marks."),
    ('"count",', "},", "here is something that does not follow."),
    ('"Annual survey"', '"Annual survey', "a line break is inside a text."),
    ('"code": "HC 2"', '"code": "HC 2", "code": "HC 7"', "“code” is there twice in the same table of HC 7. Delete one"),
    (' "x_parts": []', ' "x_parts": [], "same_y": []', "“same_y” is there twice in the same table. Delete one"),
]  # fmt: skip


@pytest.mark.parametrize(("there", "typed", "fault"), TYPED)
def test_what_is_typed_with_a_text_editor(folder, there, typed, fault):
    before, _, after = text_of(folder).partition(there)
    (folder / VERSION).write_text(before + typed + after, encoding="utf-8")
    (found, *_), _ = check_catalogue(folder)
    line = before.count("\n") + 1
    assert re.fullmatch(f"{VERSION}: (line {line}, column [0-9]+: )?{re.escape(fault)}.*", found), found


WHOLE = [
    (lambda _: "", "it is empty. Copy it again from the example."),
    (lambda text: text[:-40], "line 88, column 14: the text that begins here is not closed. Add the quotation mark"),
    (lambda text: text.rstrip()[:-1], "line 90, column 1: the file ends before everything is closed. Add the"),
    (lambda text: text + text, "line 91, column 1: the file goes on after its closing brace. Delete the brace that"),
    (lambda text: text.encode("utf-16"), "it is in another encoding than UTF-8. Save it again, and choose UTF-8"),
    (lambda text: text.encode("cp1252"), "it is in another encoding than UTF-8. Save it again, and choose UTF-8"),
]


@pytest.mark.parametrize(("spoil", "fault"), WHOLE)
def test_a_whole_file_that_is_spoilt(folder, spoil, fault):
    spoilt = spoil(text_of(folder))
    (folder / VERSION).write_bytes(spoilt if isinstance(spoilt, bytes) else spoilt.encode())
    faults, _ = check_catalogue(folder)
    assert [each for each in faults if each.startswith(f"{VERSION}: {fault}")], faults


def test_a_byte_order_mark_does_no_harm(folder):
    (folder / VERSION).write_text(f"\ufeff{text_of(folder)}", encoding="utf-8")
    assert check_catalogue(folder)[0] == []


def first(**changes):
    """Change the first indicator of a version."""
    return lambda data: data["indicators"][0].update(changes)


def without(key):
    return lambda data: data["indicators"][0].pop(key)


def section(**changes):
    return lambda data: data["sections"][1].update(changes)


ENTRY, SECTION = "indicators, entry 1 (HC 1): ", "sections, entry 2 (rural): "
CHANGED = [
    (without("y"), f"{ENTRY}y is missing. Enter it as the contract has it."),
    (first(x=" "), f"{ENTRY}x is empty. Enter it as the contract has it."),
    (without("code"), "indicators, entry 1: code is missing. Enter it as the contract has it."),
    (first(code="HC  1"), "indicators, entry 1 (HC  1): code is “HC  1”, with spaces that nobody sees. Write “HC 1”."),
    (first(code="HC 1 "), "indicators, entry 1 (HC 1 ): code is “HC 1 ”, with spaces that nobody sees. Write “HC 1”."),
    (first(code="X" * 41), f"indicators, entry 1 ({'X' * 41}): code has 41 characters. Write at most 40."),
    (first(code="HC 2"), "indicators, entry 2 (HC 2): the code is that of entry 1 too. Delete one of the two, or give"),
    (lambda data: data["indicators"][1].update(code="hc 1"), "hc 1 and HC 1 differ only in signs that a cell's name"),
    (first(green=">=0.975"), "HC 1: green is “>=0.975”. Did you mean >=97.5%?"),
    (first(green="97.5%+"), "HC 1: green is “97.5%+”. Did you mean >=97.5%?"),
    (first(red="< 92,5 %"), "HC 1: red is “< 92,5 %”. Did you mean <92.5%?"),
    (first(red="under 92.5 per cent"), "HC 1: red is “under 92.5 per cent”. Did you mean <92.5%?"),
    (first(amber="97.5-92.5%"), "HC 1: amber is “97.5-92.5%”. Write the lower edge first."),
    (first(amber="N/A"), "HC 1: amber is “N/A”. Did you mean n/a?"),
    (first(red="n/a"), "HC 1: red is n/a. Write a band, or n/a in all three where nothing is rated."),
    (first(red="<92.6%"), "HC 1: two bands contain 92.5% (<92.6%, 92.5% to below 97.5%, >=97.5%). Let the bands meet,"),
    (first(red="<90%"), "HC 1: Red leaves outturns between it and Amber without a band (<90%, 92.5% to below 97.5%,"),
    (first(amber="92.5-100%", green=">100%"), "HC 1: Green is out of reach of every outturn (<92.5%, 92.5-100%,"),
    (first(frequency="6 monthly"), "HC 1: 6 monthly is not a frequency. Did you mean six-monthly?"),
    (first(frequency="yearly"), "HC 1: yearly is not a frequency. Did you mean annual?"),
    (first(frequency="monthly"), "HC 1: monthly does not fit, because the reporting periods are quarterly. Write"),
    (first(outturn="percentage"), "HC 1: percentage is not an outturn. Did you mean x/y?"),
    (first(Description="d"), f"{ENTRY}“Description” is not known. Did you mean description?"),
    (first(effective={"outtrun": "(y - x)/y"}, why="w"), "HC 1: outtrun cannot be read differently. Did you mean"),
    (section(key="all"), "sections, entry 2 (all): its key is that of entry 1 too. Give each section one of its own."),
    (section(title="All districts"), f"{SECTION}its title is that of entry 1 too."),
    (section(title="R" * 32), f"{SECTION}title has 32 characters, and the name of a sheet at most 31. Shorten it."),
    (section(title="North/South"), f"{SECTION}title has /, which the name of a sheet cannot have. Write another word"),
    (section(title="'North'"), f"{SECTION}title has ', which the name of a sheet cannot have."),
    (section(title="help"), f"{SECTION}title is “help”, as another sheet of the return is called. Write"),
    (section(lots=["north, ambridge"]), f"{SECTION}lots has “north, ambridge” as one lot. Write each by itself: "),
    (section(lots=["north", "North"]), f"{SECTION}lots has “North” twice. Delete one of the two."),
    (section(lots=[""]), f"{SECTION}lots has an empty entry. Delete it, or write the lot."),
    (lambda data: data.update(source=""), "source is missing. Enter it as text."),
    (lambda data: data.pop("version"), "version is missing. Write “2026-27.1”, as the file is called."),
    (lambda data: data["same_y"][0].update(count="b"), "same_y, entry 1: “count” is not known. Did you mean counts?"),
    (lambda data: data["same_y"][0].update(indicators=[]), "same_y, entry 1: it names nothing. Name at least two"),
    (lambda data: data["same_y"][0].update(indicators=["HC 1", "HC 1"]), "same_y, entry 1: it names HC 1, HC 1. Name"),
    (lambda data: data["same_y"][0].update(indicators=["HC 1", "C/1"]), "same_y, entry 1: HC 1, C/1 are not in one"),
    (lambda data: data["same_y"].append({"indicators": ["HC 3", "HC 5"], "counts": "c"}),
     "same_y, entry 2: HC 3 is in same_y, entry 1 too. Write one entry with all that have the same y."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), CHANGED)
def test_what_the_contract_cannot_mean(folder, change, fault):
    data = json.loads(text_of(folder))
    change(data)
    (folder / VERSION).write_text(json.dumps(data), encoding="utf-8")
    faults, _ = check_catalogue(folder)
    assert [each for each in faults if each.startswith(f"{VERSION}: {fault}")], faults


def test_without_its_version_a_file_is_checked_all_the_same(folder):
    data = json.loads(text_of(folder))
    data.pop("version")
    first(frequency="yearly")(data)
    (folder / VERSION).write_text(json.dumps(data), encoding="utf-8")
    faults, _ = check_catalogue(folder)
    assert [fault.split(": ")[1] for fault in faults] == [
        "version is missing. Write “2026-27.1”, as the file is called.",
        "HC 1",
    ]


def called(name, new):
    return lambda folder: (folder / name).rename(folder / new)


def added(name, text="{}"):
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


FILES = [
    (called(CONTRACT, "contract.json.txt"), "contract.json.txt is not read. Call it contract.json."),
    (called(CONTRACT, "Contract.json"), "Contract.json is not read. Call it contract.json."),
    (called(VERSION, "2026-27.1.JSON"), "2026-27.1.JSON is not read. Call it 2026-27.1.json."),
    (called(VERSION, f"{VERSION}.txt"), "2026-27.1.json.txt is not read. Call it 2026-27.1.json."),
    (added("ladders.json"), "ladders.json is not read. Call it ladder.json."),
    (added("contract - Copy.json"), "contract - Copy.json is not read. Delete it, or use it as contract.json."),
    (added("2026-27.2.toml"), "2026-27.2.toml is not read. Write it as JSON: xlkpi catalogue example shows how."),
    (added("Indicators.xlsx"), "Indicators.xlsx is not read. Save a list of indicators as 2026-27.1 indicators.xlsx."),
    (added("ladder.json"), "ladder.json: the ladder has no rungs. Write a list of them, or delete the file to have"),
    (added("ladder.json", '{"rung": []}'), "ladder.json: “rung” is not known. Did you mean rungs?"),
    (added("ladder.json", '{"rungs": [{"ground": "", "parragraph": ""}]}'), "ladder.json: rung 1 of the ladder: “par"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "fault"), FILES)
def test_files_that_nobody_reads(folder, spoil, fault):
    spoil(folder)
    faults, _ = check_catalogue(folder)
    assert [each for each in faults if each.startswith(fault)], faults


def test_files_of_other_programs_are_passed_over(folder):
    for name in (
        "~$2026-27.1 indicators.xlsx",
        "._2026-27.1.json",
        "README.txt",
        "Contract as signed.pdf",
        "who to ask.xlsx",
        "pyproject.toml",
    ):
        (folder / name).write_bytes(b"\0\5\x16")
    assert check_catalogue(folder)[0] == []


def test_a_file_is_no_folder(folder):
    assert check_catalogue(folder / VERSION)[0] == [f"{VERSION} is a file. Name the folder that it is in."]


@pytest.mark.parametrize(
    ("first_from", "next_from", "found"),
    [
        ("", "2026-27 Q3", "versions 2026-27.1, 2026-27.2 from 2026-27 Q3."),
        ("", "", "versions 2026-27.1 (corrected by the next), 2026-27.2."),
        ("2026-27 Q1", "2026-27 Q1", f"{NEXT}: from_period is 2026-27 Q1, and {VERSION} is in force from 2026-27 Q1."),
        ("2027-28 Q1", "", f"{NEXT}: from_period is missing, and {VERSION} is in force from 2027-28 Q1. Enter a later"),
    ],
)
def test_a_version_that_would_never_be_in_force(folder, first_from, next_from, found):
    data = json.loads(text_of(folder))
    for name, begins in ((VERSION, first_from), (NEXT, next_from)):
        content = {**data, "version": name.removesuffix(".json"), **({"from_period": begins} if begins else {})}
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    faults, description = check_catalogue(folder)
    assert found in description or [each for each in faults if each.startswith(found)], (faults, description)


def test_a_case_system_that_no_indicator_names_is_said(folder):
    words = json.loads(text_of(folder, CONTRACT))
    (folder / CONTRACT).write_text(json.dumps({**words, "case_system": "Mosaic"}), encoding="utf-8")
    faults, description = check_catalogue(folder)
    assert faults == []
    assert description.endswith("No indicator is compared with “Mosaic”, because no “measured” names it.")


def test_a_section_without_an_indicator_is_said(folder):
    data = json.loads(text_of(folder))
    data["sections"].append({"key": "x", "title": "Extra", "heading": "h", "lots": []})
    (folder / VERSION).write_text(json.dumps(data), encoding="utf-8")
    faults, description = check_catalogue(folder)
    assert faults == []
    assert description.endswith("No indicator is in the section Extra, so its sheet is blank.")
