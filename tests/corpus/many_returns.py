"""Any number of filled returns, fast: stamped blank workbooks whose input cells are then filled in the XML.

Every return differs in provider, sections, figures, reasons and declaration; the same seed gives the same files.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

from xlkpi.catalogue import load_catalogue
from xlkpi.commands.build import sender_of
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period
from xlkpi.council import Settings
from xlkpi.layout.plan import get_layout, make_return_key, plan_return
from xlkpi.layout.provider_texts import make_provider_texts
from xlkpi.writing.returns.template import template_of

CATALOGUE, SETTINGS = load_catalogue(), Settings()
Q2 = Period(2026, 2)
LOTS = (("1a",), ("1a", "1b"), ("2a", "2b"), ("1a", "2a"), ("3",), ("4",), ("1a", "2a", "3", "4"), ("2b", "3"))
DAY_ZERO = date(1899, 12, 30)
STRINGS = "xl/sharedStrings.xml"
COUNTS = re.compile(r'count="\d+" uniqueCount="\d+"')
PLACE = re.compile(r"\{(\d+)\}")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
LOW_IS_GOOD = {"KPI S1", "KPI S2", "KPI I4", "KPI E2"}


def providers(count: int) -> tuple[Provider, ...]:
    """Rows of a register of so many made-up providers."""
    return tuple(
        Provider(
            f"P{number:05d}",
            f"Provider {number:05d} & Co",
            "SME",
            LOTS[number % len(LOTS)],
            transport=number % 3 == 0,
            contacts=(Contact(f"Ann {number}", "Manager", f"ann{number}@example.org", "01632 960100"),),
        )
        for number in range(1, count + 1)
    )


@cache
def _prepared(lots: tuple[str, ...], transport: bool, period: Period, as_written: tuple[str, ...] = ()):
    """The template of a combination, and where each input stands: part and cell by defined name."""
    who = Provider("P1", "One", lots=lots, transport=transport)
    key = make_return_key(CATALOGUE, who, period, as_written)
    plan = plan_return(CATALOGUE, who, period, sender=sender_of(SETTINGS, period), as_written=as_written)
    parts = {sheet.name: f"xl/worksheets/sheet{number}.xml" for number, sheet in enumerate(plan.sheets, start=1)}
    places = {name: (parts[sheet], slot.ref) for name, (sheet, slot) in plan.named().items()}
    asked = [question.indicator for question in get_layout(CATALOGUE, key).asked if question.due]
    return key, template_of(CATALOGUE, key), places, asked


def figures(asked, dice: random.Random) -> dict[str, tuple[int, int]]:
    """Plausible x and y by code: one y a section, most Green."""
    people, out = {}, {}
    for indicator in asked:
        y = people.setdefault(indicator.section, dice.randrange(5, 80))
        good = dice.random() < 0.8
        share = (dice.choice((0, 2, 4)) if good else 30) if indicator.code in LOW_IS_GOOD else 100 if good else 80
        out[indicator.code] = (y * share // 100 if indicator.is_kpi else dice.randrange(0, y // 3 + 1), y)
    return out


SAVED = "2026-10-12T09:00:00Z"


def filled(
    who: Provider,
    seed: int,
    period: Period = Q2,
    saved: str = SAVED,
    *,
    pair: tuple[int, int] | None = None,
    as_written: tuple[str, ...] = (),
) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """The bytes of one filled return, last saved at that moment, and its figures by code.

    ``pair`` is x and y of every indicator, instead of plausible ones.
    """
    key, template, places, asked = _prepared(who.lots, who.transport, period, as_written)
    dice = random.Random(f"{seed} {who.provider_id}")
    counts = dict.fromkeys((question.code for question in asked), pair) if pair else figures(asked, dice)
    cells: dict[str, dict[str, str]] = {}
    texts: list[str] = []

    def text(words: str) -> str:
        texts.append(f"<si><t>{escape(words)}</t></si>")
        return f' t="s"><v>{{{len(texts) - 1}}}</v></c>'

    def put(name: str, spelt: str) -> None:
        part, ref = places[name]
        cells.setdefault(part, {})[ref] = spelt

    for code, (x, y) in counts.items():
        slug = code.replace(" ", "_")
        put(f"{slug}.x", f"><v>{x}</v></c>")
        put(f"{slug}.y", f"><v>{y}</v></c>")
        put(f"{slug}.comment", text(f"Reason {dice.randrange(10**6)}: three vacancies, two of them filled since."))
        for piece in ("action", "outcomes", "timescale"):
            if f"{slug}.{piece}" in places:
                put(f"{slug}.{piece}", text(f"{piece} {dice.randrange(10**6)}"))
    put("Return.declared_by", text(f"Ann {seed}"))
    day = date.fromisoformat(saved[:10])  # declared when it was saved, as people do it
    put("Return.declared_on", f"><v>{(day - DAY_ZERO).days}</v></c>")
    facts = make_provider_texts(CATALOGUE, key, who, sender_of(SETTINGS, period), {})
    return fill_cells(template.stamp(facts), cells, texts, saved), counts


def fill_cells(blank: bytes, cells: dict[str, dict[str, str]], texts: list[str], saved: str) -> bytes:
    """The workbook with its inputs filled, texts in the table of strings as Excel and LibreOffice keep them.

    ``cells`` are what follows a cell's style, by part and address; ``{n}`` in one is the n-th of ``texts``.
    """
    with zipfile.ZipFile(io.BytesIO(blank)) as source:
        table = source.read(STRINGS).decode()
    known = table.count("<si>")
    size = known + len(texts)
    table = COUNTS.sub(f'count="{size}" uniqueCount="{size}"', table, count=1)
    table = table.replace("</sst>", "".join(texts) + "</sst>")
    target = io.BytesIO()
    packed = zipfile.ZipFile(target, "w")
    with zipfile.ZipFile(io.BytesIO(blank)) as source, packed as out:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == STRINGS:
                content = table.encode()
            elif part.filename == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + saved.encode(), content)
            if part.filename in cells:
                text = content.decode()
                for ref, spelt in cells[part.filename].items():
                    before, label, after = text.partition(f'<c r="{ref}" ')
                    style, closed, rest = after.partition("/>")
                    assert label, ref
                    assert closed, ref
                    assert "<" not in style, (ref, style)
                    text = f"{before}{label}{style}{PLACE.sub(lambda at: str(known + int(at[1])), spelt)}{rest}"
                content = text.encode()
            out.writestr(zipfile.ZipInfo(part.filename, part.date_time), content, zipfile.ZIP_DEFLATED, 1)
    return target.getvalue()
