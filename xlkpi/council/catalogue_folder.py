"""A catalogue folder: another contract's indicators as files, checked as a whole before anything uses it.

``contract.json`` says what the contract and its two sides are called, ``ladder.json`` which step of performance
management follows from what; every other .json file is a version of the catalogue, named after it, with its indicators
or beside a list of them. A line that begins with ``_`` in a file is a note for people and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from xlkpi.catalogue.ladder import LADDER, find_ladder_faults
from xlkpi.catalogue.load import CONTRACT_FILE, ContractTerms
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.catalogue.near_band import describe_unread
from xlkpi.catalogue.validate import find_indicator_faults, find_relation_faults
from xlkpi.catalogue.validate_outturn import BANDS, LET_BANDS_MEET, band_names, bands_of, rule_of
from xlkpi.core.contract_words import ContractWords, find_scheme_faults, parse_scheme, parse_words
from xlkpi.core.indicator import NO_Y
from xlkpi.core.outturn_units import highest_outturn, steps_of
from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.vocabulary import Frequency
from xlkpi.council.catalogue_file_names import find_unread_files, find_versions
from xlkpi.council.catalogue_form import find_form_faults, meant_keys, unknown_keys
from xlkpi.council.catalogue_json import read_json
from xlkpi.council.catalogue_shape import LADDER_STEPS, RUNG, VERSION, WORDS, Shape, find_shape_faults
from xlkpi.council.contract_word_faults import find_code_faults, find_word_faults
from xlkpi.council.indicator_list import ROW, find_indicator_list, read_indicator_list
from xlkpi.council.read_toml import MOST_FAULTS
from xlkpi.errors import SettingsError, Unreadable, UnreadableFile
from xlkpi.findings import shorten
from xlkpi.ooxml.plain_file import read_plain, size_of_plain

EVERY_FREQUENCY_FITS = PeriodScheme(Frequency.MONTHLY)
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
    versions = [_with_list(file, _read(file, VERSION)[0])[0] for file in find_versions(folder)]
    for content in versions:
        content["indicators"] = [{key: row[key] for key in row if key != ROW} for row in content["indicators"]]
    return versions


def _with_list(file: Path, content: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Add the indicators that officers keep in a list beside the file; and what is wrong with the list."""
    listed = find_indicator_list(file)
    if listed is None:
        return content, []
    if "indicators" in content:
        return content, [f"{file.name}: indicators are here and in {listed.name}. Delete them in one of the two."]
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
    if folder.is_file():
        return _ReadFolder({}, [], [f"{folder.name} is a file. Name the folder that it is in."])
    if not folder.is_dir():
        raise UnreadableFile(folder, Unreadable.MISSING)
    file = folder / CONTRACT_FILE
    words, problems = _read_words(file)
    faults = list(_words_faults(file, words, problems))
    scheme = _scheme_of(words, problems)
    faults += find_unread_files(folder)
    files = find_versions(folder)
    read = [_read_version(version, scheme) for version in files]
    faults += [fault for _, wrong in read for fault in wrong]
    versions = [content for content, _ in read]
    if not versions:
        faults.append("no version of the catalogue is here. Add a file such as 2027-28.1.json.")
    elif not faults and scheme:
        faults += [*_code_faults(words, versions), *_order_faults(files, versions, scheme)]
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
    yield from (f"{file.name}: {fault}" for fault in unknown_keys(content, WORD_KEYS))
    for key in WORD_KEYS[:3]:
        if not content.get(key, "").strip() and key not in meant_keys(content, WORD_KEYS):
            yield f"{file.name}: {key} is missing. Enter it as text in quotation marks."
    yield from (f"{file.name}: {fault}" for fault in (*find_scheme_faults(content), *find_word_faults(content)))


def _code_faults(words: Mapping[str, Any], versions: list[dict[str, Any]]) -> Iterator[str]:
    """Find indicators that the words name and no version has: the short names, and the one that counts invoices."""
    indicators = tuple(row for content in versions for row in content["indicators"])
    yield from (f"{CONTRACT_FILE}: {fault}" for fault in find_code_faults(words, indicators))


def _scheme_of(content: Mapping[str, Any], problems: list[str]) -> PeriodScheme | None:
    """Give the contract's reporting periods; None where what it says of them must be fixed first."""
    return None if problems or any(find_scheme_faults(content)) else parse_scheme(content)


def _order_faults(files: list[Path], versions: list[dict[str, Any]], scheme: PeriodScheme) -> Iterator[str]:
    """Find versions that would never be in force, because a later one is for all of their periods."""
    latest: tuple[str, Period] | None = None
    for file, content in zip(files, versions, strict=True):
        begins = parse_period(content.get("from_period", ""), scheme)
        if latest and (begins is None or begins <= latest[1]):
            at = f"from_period is {begins}" if begins else "from_period is missing"
            yield f"{file.name}: {at}, and {latest[0]} is in force from {latest[1]}. Enter a later period."
        elif begins:
            latest = (file.name, begins)


def _ladder_faults(file: Path) -> Iterator[str]:
    """Find what is wrong with the steps of performance management; a folder without them has those of xlkpi."""
    if file.is_file():
        content, problems = _read(file, LADDER_STEPS)
        faults = problems or [*_ladder_keys(content), *(_sentence(fault) for fault in find_ladder_faults(content))]
        yield from (f"{file.name}: {fault}" for fault in faults)


def _ladder_keys(content: Mapping[str, Any]) -> Iterator[str]:
    """Find keys that are slips of those that are missing; another is a note."""
    rungs = ((f"rung {n} of the ladder: ", row, RUNG) for n, row in enumerate(content.get("rungs") or (), start=1))
    for place, row, known in (("", content, LADDER_STEPS), *rungs):
        absent = [key for key in known if key not in row]
        slips = {key: None for key in row if key not in known and meant_keys({key: ""}, absent) - {""}}
        yield from (place + fault for fault in unknown_keys(slips, absent))


def _read_version(file: Path, scheme: PeriodScheme | None) -> tuple[dict[str, Any], list[str]]:
    """Read a version with the indicators of its list, and everything that is wrong with it, each with its file."""
    content, problems = _read(file, VERSION)
    if problems:
        return content, [f"{file.name}: {problem}" for problem in problems]
    content, faults = _with_list(file, content)
    return content, faults or list(_version_faults(file, content, scheme))


def _version_faults(file: Path, content: Mapping[str, Any], scheme: PeriodScheme | None) -> Iterator[str]:
    """Find what is wrong with a version; what is wrong with an indicator of a list begins with the list's name."""
    if content.get("version") != file.stem:
        there = f"is “{shorten(content['version'])}”" if "version" in content else "is missing"
        yield f"{file.name}: version {there}. Write “{file.stem}”, as the file is called."
    from_period = content.get("from_period", "")
    if scheme and from_period and parse_period(from_period, scheme) is None:
        there = f"from_period is “{shorten(from_period)}”, which is not a reporting period."
        yield f"{file.name}: {there} Write it as {scheme.example}."
    listed = find_indicator_list(file) if any(ROW in row for row in content.get("indicators") or ()) else None
    form = list(find_form_faults(content))
    wrong = form or [*_rule_faults(content, scheme or EVERY_FREQUENCY_FITS)]
    yield from (f"{(listed if listed and of_list else file).name}: {fault}" for of_list, fault in wrong)


def _rule_faults(content: Mapping[str, Any], scheme: PeriodScheme) -> Iterator[tuple[bool, str]]:
    yield from ((True, _sentence(fault)) for fault in find_indicator_faults(content, scheme))
    yield from ((True, fault) for row in content["indicators"] for fault in _silence_faults(row))
    yield from ((False, _sentence(fault)) for fault in find_relation_faults(content))


def _silence_faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Find outturns that the reading in force says nothing of; what is written may say what it likes."""
    in_force = {**row, **row.get("effective", {})}
    try:
        bands, rule, has_y = bands_of(in_force), rule_of(in_force), in_force["y"] != NO_Y
    except (KeyError, ValueError):
        return
    if bands is None or rule is None or any(describe_unread("", in_force[name], rule) for name in band_names(in_force)):
        return
    highest = highest_outturn(rule, carried_over=bool(row.get("carried_over")))
    written = ", ".join(in_force[name] for name in BANDS)
    faults = bands.faults(highest, steps_of(rule, has_y=has_y))
    if not any("shares" in what for _, what in faults):  # the rules have named those
        for rag, what in faults:
            yield f"{row['code']}: {rag.value} {what} ({written}). {LET_BANDS_MEET}"


def _sentence(fault: str) -> str:
    """End a fault as a sentence; one with a suggestion is one already."""
    return fault if fault.endswith(("?", ".")) else f"{fault}."


def _read(file: Path, shape: Shape) -> tuple[dict[str, Any], list[str]]:
    """Read a file's content, and everything that is wrong with its form."""
    try:
        if size_of_plain(file) > LARGEST_FILE:
            return {}, [f"it has over {LARGEST_FILE // 1_000_000} MB. Leave out what is not of the catalogue."]
        content, faults = read_json(read_plain(file, LARGEST_FILE).decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {}, ["it is in another encoding than UTF-8. Save it again, and choose UTF-8 as its encoding."]
    except UnreadableFile as problem:
        return {}, [f"it {problem.reason.description.format(detail=problem.detail)}. {problem.remedy}"]
    except (ValueError, RecursionError):
        return {}, ["it has a number or a nesting that nobody writes. Write it as the example has it."]
    if not isinstance(content, dict):
        return {}, ["it should be one table in braces."]
    return content, faults or list(islice(find_shape_faults(content, shape), MOST_FAULTS))
