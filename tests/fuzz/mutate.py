"""Change a file at random, so that it stays near enough to a real one to be read deep into."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from random import Random
from typing import Any
from xml.sax.saxutils import escape

ODD = (
    "", " ", "0", "-1", "1", "1.5", "1e308", "1e999", "NaN", "Infinity", "-0", "007", "1_000", "２", "9" * 5000, "true",
    "A0", "A1", "XFD1048576", "XFE1", "A1048577", "$A$1", "A1:B2", "A:A", "1:1", "#REF!", "#NAME?", "=1+1",
    "'Cover'!$A$1",
    "\u202e", "\xa0", "\u200b", "\ufeff", "\x85", "_xD800_", "_x0000_", "&amp;", "&#10;", "&#xD;", "<!-- -->",
    "<![CDATA[]]>",
    "inlineStr", "s", "e", "b", "d", "2026-02-30", "0001-01-01T00:00:00+14:00", "31/12/9999", "1/2/26", "2026-27 Q2",
    "Q5",
    "P01", "p01 ", "KPI S1", "KPI  S1", "x" * 40_000, "{", "}", "[", '"', "'", "null", '{"a": 1}', "\\",
    "../..", "http://x",
)  # fmt: skip
"""Values that no form expects."""

ODD_JSON = (None, True, 0, -1, 1e308, float("inf"), 10**4000, [], {}, [[]], [None], {"": ""}, [{}], "\ud800")
"""Values of JSON that no form expects."""

SIGNS = (
    (b",", b";"), (b",", b"\t"), (b"\n", b"\r"), (b'"', b""), (b",", b',"'), (b"\n", b"\n\n"), (b"-", b"/"),
    (b" ", b"\xa0"),
)  # fmt: skip
Mutation = Callable[[str, Random], str]


def mutated_workbook(data: bytes, chance: Random) -> bytes:
    """Change one to four places of a workbook's parts, or in one of ten the bytes of the file itself."""
    if chance.random() < 0.1:
        return mutated_bytes(data, chance)
    parts = dict(_parts(data))
    for _ in range(chance.randint(1, 4)):
        _change_part(parts, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)), compresslevel=1
    ) as archive:
        for name, content in parts.items():
            archive.writestr(_entry(name), content.encode("utf-8", "replace") if isinstance(content, str) else content)
    return out.getvalue()


@lru_cache(maxsize=64)
def _parts(data: bytes) -> Mapping[str, str]:
    """The parts of a seed, which is unpacked once."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info).decode("utf-8") for info in archive.infolist()}


@lru_cache(maxsize=64)
def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name)


def mutated_list(data: bytes, chance: Random) -> bytes:
    """Change one to five places of a text of rows and cells, or of settings."""
    for _ in range(chance.randint(1, 5)):
        change = chance.choice((_change_cell, _change_cell, _change_cell, _change_lines, _change_sign, _change_bytes))
        data = change(data, chance)
    return data


def mutated_bytes(data: bytes, chance: Random) -> bytes:
    """Change, cut out or double some bytes."""
    for _ in range(chance.randint(1, 3)):
        data = _change_bytes(data, chance)
    return data


def mutated_json(data: bytes, chance: Random) -> bytes:
    """Put odd values into one to three places of a JSON document, or in one of five change its text."""
    if chance.random() < 0.2:
        return mutated_list(data, chance)
    content = json.loads(data)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(content))
        if not places:
            break
        container, key = chance.choice(places)
        value = deepcopy(chance.choice((*ODD_JSON, chance.choice(ODD))))
        if chance.random() < 0.2:
            del container[key]
        else:
            container[key] = value
    return json.dumps(content).encode("utf-8", "surrogatepass")


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document: what it is in, and its key or number there."""
    inside = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in list(inside):
        yield content, key
        if isinstance(value, (dict, list)) and value:
            yield from _places(value)


def _change_part(parts: dict[str, str | bytes], chance: Random) -> None:
    """Change a part, in six of ten one of the sheets, most often so that it is still well formed."""
    sheets = [name for name in parts if "worksheets/sheet" in name]
    name = chance.choice(sheets if sheets and chance.random() < 0.6 else list(parts))
    part = parts[name]
    way = chance.random()
    if way < 0.03:
        del parts[name]
    elif way < 0.06:
        parts[name] = parts[chance.choice(list(parts))]
    elif way < 0.14 or isinstance(part, bytes):
        parts[name] = _change_bytes(part if isinstance(part, bytes) else part.encode("utf-8", "replace"), chance)
    else:
        parts[name] = chance.choice(XML)(part, chance)


ATTRIBUTE, CONTENT = re.compile('="([^"]*)"'), re.compile(">([^<]+)<")
ELEMENT = re.compile(r"<([\w:]+)[^<>]*/>|<([\w:]+)[^<>]*>[^<]*</\2>")
CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^<>]*?)(?:/>|>.*?</c>)')
NUMBER, TAG_END = re.compile("[0-9]+"), re.compile(">")
KINDS_OF_CELL = ("s", "str", "inlineStr", "n", "b", "e", "d", "x")


def _near(pattern: re.Pattern[str], text: str, chance: Random) -> re.Match[str] | None:
    """A match of a pattern from anywhere in the text on, or else from its beginning."""
    return pattern.search(text, chance.randrange(len(text) + 1)) or pattern.search(text)


def _attribute(text: str, chance: Random) -> str:
    return _replace(text, ATTRIBUTE, chance)


def _content(text: str, chance: Random) -> str:
    return _replace(text, CONTENT, chance)


def _replace(text: str, pattern: re.Pattern[str], chance: Random) -> str:
    """Put an odd value in a place, or what another place has."""
    place, other = _near(pattern, text, chance), _near(pattern, text, chance)
    if place is None or other is None:
        return text
    value = chance.choice(ODD) if chance.random() < 0.7 else other[1]
    return text[: place.start(1)] + value + text[place.end(1) :]


def _cell(text: str, chance: Random) -> str:
    """Type something else into a cell."""
    cell = _near(CELL, text, chance)
    if cell is None:
        return _content(text, chance)
    value, kind = escape(chance.choice(ODD)), chance.choice(KINDS_OF_CELL)
    inside = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
    formula = "<f>1+1</f>" if chance.random() < 0.1 else ""
    style = re.sub(' t="[^"]*"', "", cell[2])
    return f'{text[: cell.start()]}<c r="{cell[1]}"{style} t="{kind}">{formula}{inside}</c>{text[cell.end() :]}'


def _element(text: str, chance: Random) -> str:
    """Take an element out, double it, or put it elsewhere."""
    element = _near(ELEMENT, text, chance)
    if element is None:
        return text
    way = chance.randrange(3)
    without = text if way == 1 else text[: element.start()] + text[element.end() :]
    spot = _near(TAG_END, without, chance)
    if way == 0 or spot is None:
        return without
    return without[: spot.end()] + element[0] + without[spot.end() :]


def _insert(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(ODD) + text[at:]


def _swap_numbers(text: str, chance: Random) -> str:
    this, two = _near(NUMBER, text, chance), _near(NUMBER, text, chance)
    if this is None or two is None or this.start() == two.start():
        return text
    first, second = sorted((this, two), key=re.Match.start)
    return text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0] + text[second.end() :]


XML: tuple[Mutation, ...] = (
    *(_cell, _cell, _cell, _cell, _attribute, _attribute, _content, _content),
    *(_element, _element, _insert, _swap_numbers),
)


def _change_cell(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    places = list(re.finditer(r"[^,;\t\r\n]+", text))
    if not places:
        return data
    place = chance.choice(places)
    value = chance.choice(ODD) if chance.random() < 0.6 else chance.choice(places)[0]
    return (text[: place.start()] + value + text[place.end() :]).encode("utf-8", "surrogateescape")


def _change_lines(data: bytes, chance: Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(4)
    if way == 0:
        lines.insert(other, lines[at])
    elif way == 1:
        del lines[at]
    elif way == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] *= chance.randint(2, 50)
    return b"".join(lines)


def _change_sign(data: bytes, chance: Random) -> bytes:
    """Other separators, quotes, line ends or encodings."""
    old, new = chance.choice(SIGNS)
    count = chance.choice((1, 3, -1))
    changed = data.replace(old, new, count)
    if chance.random() < 0.15:
        encoding = chance.choice(("utf-16", "utf-16-be", "utf-8-sig", "cp1252", "utf-32"))
        return changed.decode("utf-8", "replace").encode(encoding, "replace")
    return changed


def _change_bytes(data: bytes, chance: Random) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    at = chance.randrange(len(data))
    way = chance.randrange(4)
    if way == 0:
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    if way == 1:
        return data[:at]
    if way == 2:
        return data[:at] + data[at + chance.randint(1, 64) :]
    return data[:at] + data[at : at + chance.randint(1, 64)] * chance.randint(2, 9) + data[at:]
