"""A catalogue folder: another contract's indicators as files, checked as a whole before anything uses it.

``contract.json`` says what the contract and its two sides are called, ``ladder.json`` which step of performance
management follows from what; every other .json file is a version of the catalogue, named after it, with its indicators
or beside a list of them. A line that begins with ``_`` in a file is a note for people and is not read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from xlkpi.catalogue.ladder import LADDER, find_ladder_faults
from xlkpi.catalogue.load import CONTRACT_FILE, ContractTerms, version_files
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.catalogue.validate import find_faults
from xlkpi.catalogue.validate_outturn import bands_of, rule_of
from xlkpi.core.contract_words import ContractWords, find_scheme_faults, parse_scheme, parse_words
from xlkpi.core.indicator import NO_Y
from xlkpi.core.near_text import suggest
from xlkpi.core.outturn_units import highest_outturn, steps_of
from xlkpi.core.period import PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.vocabulary import Frequency
from xlkpi.council.catalogue_shape import INDICATOR, LADDER_STEPS, SECTION, VERSION, WORDS, Shape, find_shape_faults
from xlkpi.council.contract_word_faults import find_code_faults, find_word_faults
from xlkpi.council.indicator_list import find_indicator_list, read_indicator_list
from xlkpi.council.read_toml import MOST_FAULTS
from xlkpi.errors import SettingsError, Unreadable, UnreadableFile
from xlkpi.ooxml.plain_file import read_plain, size_of_plain

EVERY_FREQUENCY_FITS = PeriodScheme(Frequency.MONTHLY)
RELATION_KEYS = {"same_y": ("indicators", "counts"), "x_sums": ("indicators", "because"),
                 "x_parts": ("part", "whole", "because")}  # fmt: skip
LARGEST_FILE = 5_000_000
WORD_KEYS = tuple(ContractWords.__dataclass_fields__)


def load_catalogue_folder(folder: Path) -> ContractTerms:
    """Load the contract in a catalogue folder.

    Raises UnreadableFile where there is no such folder, SettingsError with every fault where it cannot be used.
    """
    read = _read_folder(folder)
    if read.faults:
        raise SettingsError(folder, tuple(read.faults))
    words = parse_words(read.words)
    return ContractTerms(tuple(parse_catalogue(content, words) for content in read.versions))


def read_scheme(folder: Path) -> PeriodScheme:
    """Read how the contract in a catalogue folder cuts its years into reporting periods.

    Raises SettingsError with every fault of the folder where what it says of them must be fixed first.
    """
    scheme = _scheme_of(*_read_words(folder / CONTRACT_FILE))
    if scheme is None:
        raise SettingsError(folder, tuple(find_catalogue_faults(folder)))
    return scheme


def read_versions(folder: Path) -> list[dict[str, Any]]:
    """Read the versions in a sound catalogue folder, the earliest first, with the indicators of their lists."""
    return [_with_list(file, _read(file, VERSION)[0])[0] for file in version_files(folder)]


def _with_list(file: Path, content: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Add the indicators that officers keep in a list beside the file; and what is wrong with the list."""
    listed = find_indicator_list(file)
    if listed is None:
        return content, []
    if "indicators" in content:
        return content, [f"indicators are here and in {listed.name}. Delete them in one of the two."]
    indicators, faults = read_indicator_list(listed)
    return {**content, "indicators": indicators}, faults


def find_catalogue_faults(folder: Path) -> list[str]:
    """Find everything in a catalogue folder that must be fixed, each with its file and place.

    Raises UnreadableFile where there is no such folder.
    """
    return _read_folder(folder).faults


@dataclass(frozen=True)
class _ReadFolder:
    """A catalogue folder, each of its files read once: what they contain, and everything that must be fixed."""

    words: dict[str, Any]
    versions: list[dict[str, Any]]
    faults: list[str]


def _read_folder(folder: Path) -> _ReadFolder:
    if not folder.is_dir():
        raise UnreadableFile(folder, Unreadable.MISSING)
    file = folder / CONTRACT_FILE
    words, problems = _read_words(file)
    faults = list(_words_faults(file, words, problems))
    scheme = _scheme_of(words, problems)
    versions: list[dict[str, Any]] = []
    for version in version_files(folder):
        content, wrong = _read_version(version, scheme)
        versions.append(content)
        faults += [f"{version.name}: {fault}" for fault in wrong]
    if not versions:
        faults.append("no version of the catalogue is here. Add a file such as 2027-28.1.json.")
    faults += [] if faults else _code_faults(words, versions)
    return _ReadFolder(words, versions, [*faults, *_ladder_faults(folder / LADDER)])


def _read_words(file: Path) -> tuple[dict[str, Any], list[str]]:
    """Read what the contract says of itself, and what is wrong with its form; nothing where there is no such file."""
    return _read(file, WORDS) if file.is_file() else ({}, [])


def _words_faults(file: Path, content: Mapping[str, Any], problems: list[str]) -> Iterator[str]:
    if not file.is_file():
        yield f"{file.name} is missing. It says what the contract and the Council are called."
        return
    if problems:
        yield from (f"{file.name}: {problem}" for problem in problems)
        return
    yield from (f"{file.name}: {fault}" for fault in _unknown_keys(content, WORD_KEYS))
    for key in WORD_KEYS[:3]:
        if not content.get(key, "").strip():
            yield f"{file.name}: {key} is missing. Enter it as text in quotation marks."
    yield from (f"{file.name}: {fault}" for fault in (*find_scheme_faults(content), *find_word_faults(content)))


def _code_faults(words: Mapping[str, Any], versions: list[dict[str, Any]]) -> Iterator[str]:
    """Find indicators that the words name and no version has: the short names, and the one that counts invoices."""
    codes = dict.fromkeys(row["code"] for content in versions for row in content["indicators"])
    yield from (f"{CONTRACT_FILE}: {fault}" for fault in find_code_faults(words, tuple(codes)))


def _scheme_of(content: Mapping[str, Any], problems: list[str]) -> PeriodScheme | None:
    """Give the contract's reporting periods; None where what it says of them must be fixed first."""
    return None if problems or any(find_scheme_faults(content)) else parse_scheme(content)


def _ladder_faults(file: Path) -> Iterator[str]:
    """Find what is wrong with the steps of performance management; a folder without them has those of xlkpi."""
    if file.is_file():
        content, problems = _read(file, LADDER_STEPS)
        faults = problems or [_sentence(fault) for fault in find_ladder_faults(content)]
        yield from (f"{file.name}: {fault}" for fault in faults)


def _read_version(file: Path, scheme: PeriodScheme | None) -> tuple[dict[str, Any], list[str]]:
    """Read a version with the indicators of its list, and everything that is wrong with it."""
    content, problems = _read(file, VERSION)
    if not problems:
        content, problems = _with_list(file, content)
    return content, problems or list(_version_faults(file, content, scheme))


def _version_faults(file: Path, content: Mapping[str, Any], scheme: PeriodScheme | None) -> Iterator[str]:
    yield from _unknown_keys(content, VERSION)
    if content.get("version") != file.stem:
        yield f"version is “{content.get('version', '')}”. Write “{file.stem}”, as the file is called."
    from_period = content.get("from_period", "")
    if scheme and from_period and parse_period(from_period, scheme) is None:
        yield f"from_period is “{from_period}”, which is not a reporting period. Write it as {scheme.example}."
    wrong = list(_form_faults(content))
    yield from wrong
    if not wrong:
        yield from (_sentence(fault) for fault in find_faults(content, scheme or EVERY_FREQUENCY_FITS))
        yield from (fault for row in content["indicators"] for fault in _silence_faults(row))


def _form_faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Find what is missing, or has keys that are not known: the rules below could not be checked."""
    for name, keys in (("sections", SECTION), ("indicators", INDICATOR)):
        rows = content.get(name)
        if not rows:
            yield f"{name} is missing. Write a list with one table per entry."
            continue
        for number, row in enumerate(rows, start=1):
            label = row.get("code") or row.get("key") or ""
            place = f"{name}, entry {number}{f' ({label})' if label else ''}: "
            yield from (f"{place}{fault}" for fault in _unknown_keys(row, keys))
            yield from (f"{place}{key} is missing." for key in SECTION if name == "sections" and key not in row)
    known = {row["code"] for row in content.get("indicators") or () if "code" in row}
    for name, wanted in RELATION_KEYS.items():
        if name not in content:
            yield f"{name} is missing. Write [] where no entries depend on each other."
            continue
        for number, row in enumerate(content[name], start=1):
            yield from (f"{name}, entry {number}: {key} is missing." for key in wanted if key not in row)
            codes = row.get("indicators", []) if "indicators" in wanted else [row.get("part"), row.get("whole")]
            unknown = [code for code in codes if code is not None and code not in known]
            yield from (f"{name}: “{code}” is not an indicator. {suggest(code, known)}" for code in unknown)


def _silence_faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Find outturns that the reading in force says nothing of; what is written may say what it likes."""
    in_force = {**row, **row.get("effective", {})}
    try:
        bands, rule, has_y = bands_of(in_force), rule_of(in_force), in_force["y"] != NO_Y
    except (KeyError, ValueError):
        return
    if bands is not None and rule is not None:
        highest = highest_outturn(rule, carried_over=bool(row.get("carried_over")))
        faults = bands.faults(highest, steps_of(rule, has_y=has_y))
        yield from (f"{row.get('code')}: {rag.value} {what}." for rag, what in faults if "shares" not in what)


def _sentence(fault: str) -> str:
    """End a fault as a sentence; one with a suggestion is one already."""
    return fault if fault.endswith(("?", ".")) else f"{fault}."


def _unknown_keys(content: Mapping[str, Any], known: Collection[str]) -> Iterator[str]:
    unknown = [key for key in content if key not in known and not key.startswith("_")]
    yield from (f"“{key}” is not known. {suggest(key, known)}" for key in unknown)


def _read(file: Path, shape: Shape) -> tuple[dict[str, Any], list[str]]:
    """Read a file's content, and everything that is wrong with its form."""
    try:
        if size_of_plain(file) > LARGEST_FILE:
            return {}, [f"it has over {LARGEST_FILE // 1_000_000} MB. Leave out what is not of the catalogue."]
        content = json.loads(read_plain(file, LARGEST_FILE).decode("utf-8-sig"))
    except json.JSONDecodeError as problem:
        return {}, [f"line {problem.lineno}, column {problem.colno}: this is not JSON ({problem.msg})."]
    except UnreadableFile as problem:
        return {}, [f"it {problem.reason.description.format(detail=problem.detail)}. {problem.remedy}"]
    except UnicodeDecodeError as problem:
        return {}, [f"it cannot be read ({type(problem).__name__}). Save it as UTF-8."]
    except (ValueError, RecursionError):
        return {}, ["it has a number or a nesting that nobody writes. Write it as the example has it."]
    if not isinstance(content, dict):
        return {}, ["it should be one table in braces."]
    return content, list(islice(find_shape_faults(content, shape), MOST_FAULTS))
