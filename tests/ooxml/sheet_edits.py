"""Edits of a sheet's XML that other programs, tools or damage could make, each anywhere in it by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from lxml import etree


def swap(chance: random.Random, text: str, old: str, new: str | Callable[[re.Match[str]], str]) -> str:
    """One occurrence, or the pair that begins there for quotes, replaced."""
    results = list(re.finditer(old, text))
    if not results:
        return text
    place = chance.choice(results)
    if new == "'":
        pair = re.compile(r'="([^"\'<>]*)"').search(text, max(place.start() - 1, 0))
        return text if pair is None else f"{text[: pair.start()]}='{pair[1]}'{text[pair.end() :]}"
    put = new(place) if callable(new) else place.expand(new)
    return text[: place.start()] + put + text[place.end() :]


def swapping(old: str, new: str | Callable[[re.Match[str]], str]) -> Callable[[random.Random, str], str]:
    """The edit that swaps one occurrence."""
    return lambda chance, text: swap(chance, text, old, new)


TEXT = r'(<c r="\w+"(?: s="\d+")?) t="(?:s|inlineStr)">(?:<v>\d+</v>|<is>.*?</is>)'
"""A cell with a text, up to its end."""
EDITS = (
    lambda chance, text: insert(chance, text, "<!-- > -->"),
    lambda chance, text: insert(chance, text, "<!--<sheetData><row r='1'/></sheetData>-->"),
    lambda chance, text: insert(chance, text, "<?x </v> ?>"),
    lambda chance, text: insert(chance, text, " \n"),
    lambda chance, text: insert(chance, text, "<![CDATA[ ]]>"),
    swapping(r'"', "'"),
    swapping(r"/>", " />"),
    swapping(r'(?<=") (?=\w)', "\n"),
    swapping(r"(?<=\w)=(?=\")", " = "),
    swapping(r"<v>", '<v xml:space="preserve">'),
    swapping(r"<v>", "<v>\r\n"),
    swapping(r"<v>", "<v>&#48;"),
    swapping(r"<v>", "<v><![CDATA[1]]>"),
    swapping(r"</f>", " &amp;&lt;&#x41;</f>"),
    swapping(r"</f>", " &amp;lt;&apos;&quot;</f>"),
    swapping(r"<f>", '<f t="shared" si="0" ref="A1:B2">'),
    swapping(r"<f>[^<]*</f>", '<f t="shared" si="0"/>'),
    swapping(r"<f>", '<f ca="1">'),
    swapping(r"<v>[^<]*</v>", "<v/>"),
    swapping(r"<v>[^<]*</v>", ""),
    swapping(r"<row ", '<row hidden="true" '),
    swapping(r"<row ([^>]*)>", r'<row \1 ht="1">'),
    swapping(r'<c r="\w+"', "<c"),
    swapping(r'<c r="(\w+)" s', r'<c t="n" r="\1" s'),
    swapping(r' s="\d+"', ' s="1"'),
    swapping(r"<sheetData>", "<sheetData x=\"1\">"),
    swapping(r"</sheetData>", "</sheetData >"),
    swapping(r' t="\w+"', ' t="str"'),
    swapping(r"</v>", "</v><extLst/>"),
    swapping(r"<c ", "<c cm=\"1\" "),
    swapping(r'<c r="([A-Z]+)', lambda match: match[0].lower()),
    lambda _, text: re.sub(r'<c r="([A-Z]+)', lambda match: match[0].lower(), text),
    swapping(r'<c r="([A-Z]+)(\d+)"', r'<c r="$\1$\2"'),
    swapping(r'<c r="([A-Z]+)(\d+)"', r'<c r="\g<1>0\2"'),
    swapping(r'<c r="([A-Z]+)(\d+)"', r'<c r="\2\1"'),
    lambda chance, text: split_row(chance, text),  # noqa: PLW0108 - it is defined below
    lambda chance, text: split_row(chance, split_row(chance, text)),
    lambda chance, text: repeat_cell(chance, text),  # noqa: PLW0108 - it is defined below
    lambda chance, text: repeat_cell(chance, split_row(chance, text)),
    lambda chance, text: move_cell(chance, text),  # noqa: PLW0108 - it is defined below
    swapping(r"(<row [^>]*>)(.*?</row>)", r"\1\2\1\2"),
    swapping(r'<row r="\d+"', "<row"),
    lambda _, text: re.sub(r'<row r="\d+"', "<row", text),
    swapping(r'<row r="(\d+)"', r'<row r="\g<1>0"'),
    swapping(r'<row r="(\d+)"( spans="[^"]*")?', r'<row spans="1:9" r="\1"'),
    swapping(r'<row r="(\d+)"', r'<row r=" \1 "'),
    swapping(r'<row ', '<row hidden="1" '),
    swapping(r'<row ', "<row hidden='1' "),
    swapping(r'<row ', '<row hidden="on" '),
    swapping(r'<c r="', '<v>5</v><c r="'),
    swapping(r'<c r="', '<extLst><ext><c r="ZZ9"><v>5</v></c></ext></extLst><c r="'),
    swapping(r'</row>', '<junk/></row>'),
    swapping(r'</row>', '</row>\n  '),
    swapping(r'<c ', '<c xmlns="urn:another" '),
    swapping(r'<row ', '<row xmlns:x="urn:another" x:hidden="1" '),
    lambda _, text: text.replace("<sheetData>", '<sheetData><row r="1048576" hidden="1"/>'),
    swapping(r"<v>([^<]*)</v>", r"<v> \1 </v>"),
    swapping(r"<v>[^<]*</v>", "<v>abc</v>"),
    swapping(r"<v>[^<]*</v>", "<v>99999</v>"),
    swapping(r' t="s"><v>\d+</v>', ' t="inlineStr"><is><t>typed</t></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><t xml:space="preserve"> a&#10;b </t></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><t>_x0041_ &amp; &lt;</t></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><t/></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><t></t></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><t>a</t><t>b</t></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is>'),
    swapping(TEXT, r'\1 t="str"><v>&#8211;&#233;&#38;amp;&amp;#65;</v>'),
    swapping(TEXT, r'\1 t="str"><v>&#8211;&#233;&amp;#65;&#65533;&#57344;</v>'),
    swapping(TEXT, r'\1 t="str"><v>&#128512;&#160;&#x2013;</v>'),
    swapping(TEXT, r'\1 t="str"><v>&#13;&#9;&#65;&#60;b></v>'),
    swapping(TEXT, r'\1 t="n"><v>1&#48;</v>'),
    swapping(r"</f>", "&amp;&quot;&#8211;&#160;&quot;</f>"),
    swapping(TEXT, r'\1 t="inlineStr"><is><t>a</t></is><v>1</v>'),
    swapping(TEXT, r'\1 t="inlineStr"><v>1</v><is><t>a</t></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><f>1+1</f><is><t>a</t></is>'),
    swapping(TEXT, r'\1 t="inlineStr"><is><t>a</t></is><f>1+1</f>'),
    swapping(TEXT, r'\1 t="inlineStr"><v>a</v>'),
    swapping(TEXT, r'\1 t="n"><is><t>5</t></is>'),
    swapping(TEXT, r'\1 t="s"><is><t>5</t></is>'),
    swapping(TEXT, r'\1 t="n"><v></v>'),
    swapping(TEXT, r'\1 t="n">'),
    swapping(TEXT, r'\1 t="bad">'),
    swapping(r'<c r="(\w+)"( s="\d+")?/>', r'<c r="\1"\2></c>'),
    swapping(r'<c r="(\w+)"( s="\d+")?/>', r'<c r="\1"\2 />'),
    swapping(r'<c r="(\w+)"( s="\d+")', r'<c\2 r="\1"'),
    swapping(r'(<c r="\w+")( s="\d+")( t="\w+")', r"\1\3\2"),
    swapping(r'<c r="(\w+)"', "<c r='\\1'"),
    swapping(r'<c r="(\w+)"', r'<c r = "\1"'),
    swapping(r"<f>([^<]*)</f>", r"<f><![CDATA[\1]]></f>"),
    swapping(r"<f>([^<]*)</f>(<v>[^<]*</v>)", r"\2<f>\1</f>"),
    swapping(r"<f>", '<f t="array" ref="A1:B2">'),
    swapping(r"<sheetProtection [^>]*/>", ""),
    swapping(r"<col ", '<col hidden="1" '),
    swapping(
        r"<pageMargins", '<mergeCells><mergeCell ref="F6:G6"/></mergeCells><pageMargins'
    ),
)  # fmt: skip


def insert(chance: random.Random, text: str, what: str) -> str:
    """Something between two tags, anywhere after the root's."""
    places = [match.end() for match in re.finditer(r">(?=<)", text)][1:]
    place = chance.choice(places)
    return text[:place] + what + text[place:]


def split_row(chance: random.Random, text: str) -> str:
    """A row in two elements of the same number."""
    rows = [match for match in re.finditer(r"(<row [^>]*[^/]>)(.*?)</row>", text) if match[2].count("<c ") > 1]
    if not rows:
        return text
    row = chance.choice(rows)
    place = row.start(2) + chance.choice([match.start() for match in re.finditer("<c ", row[2])][1:])
    return f"{text[:place]}</row>{row[1]}{text[place:]}"


def repeat_cell(chance: random.Random, text: str) -> str:
    """A cell written twice, in its own row or in another."""
    cells = [match[0] for match in re.finditer(r"<c [^>]*/>|<c .*?</c>", text)]
    rows = [match.end() for match in re.finditer(r"<row [^>]*[^/]>", text)]
    if not cells or not rows:
        return text
    place = chance.choice(rows)
    return text[:place] + chance.choice(cells) + text[place:]


def move_cell(chance: random.Random, text: str) -> str:
    """A cell written into another row than its address says."""
    cells = list(re.finditer(r"<c [^>]*/>|<c .*?</c>", text))
    if not cells:
        return text
    cell = chance.choice(cells)
    text = text[: cell.start()] + text[cell.end() :]
    rows = [match.end() for match in re.finditer(r"<row [^>]*[^/]>", text)]
    place = chance.choice(rows)
    return text[:place] + cell[0] + text[place:]


def edited(parts: list[bytes], edit: int, seed: int) -> bytes | None:
    """A sheet with one to three edits, the first of one kind; None where it is no longer XML."""
    chance = random.Random(1000 * edit + seed)
    text = chance.choice(parts).decode()
    for kind in (edit, *(chance.randrange(len(EDITS)) for _ in range(chance.randint(0, 2)))):
        text = EDITS[kind](chance, text)
    part = text.encode()
    try:
        etree.fromstring(part)
    except etree.XMLSyntaxError:
        return None
    return part
