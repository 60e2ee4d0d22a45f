"""Promise: a master for many providers reads well on paper; LibreOffice prints it, and its pages are judged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pypdf
import pytest

import xlkpi
from tests.acceptance.officer.printed_pages import pages_of
from tests.corpus.many_returns import filled, providers
from tests.evidence import some
from tests.judge.inside_office import row_heights
from tests.judge.packages.package import parts_of
from tests.judge.sheet_rows import sheet_rows
from xlkpi.core.period import Period

pytestmark = [pytest.mark.office, pytest.mark.slow]
NOW, BEFORE = Period(2026, 4), Period(2025, 4)  # every indicator is due
PROVIDERS, SENDING = 45, 20
LOTS = (("1a", "2b", "3", "4"), ("1b", "2a"), ("3",), ("2a", "4"))
LONG = "Beacon Hill and Saltmarsh Association for People with Learning Disabilities and Their Families in Kent"
BANDS = "All lots Lot 1 Wellbeing Lot 2 Independence Lot 3 Employment Lot 4 Additional Transport"
HEADER = re.compile("Provider( Open)?( ?KPI S1|$)")
"""The last column is read before or after the others, as the paper's text runs."""
SHEET = re.compile(r"^KPI master \S+ Q\d (.+) Page \d")
LEAST = 6.2  # points
SLACK = 60  # hundredths of a millimetre: a line is about 430
NAMES = [f"Provider {number:05d} & Co" for number in range(1, PROVIDERS + 1)]


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    home = tmp_path_factory.mktemp("paper")
    lines = ["provider_id,provider,lots,transport"]
    for number, drawn in enumerate(providers(PROVIDERS)):
        who = replace(drawn, lots=LOTS[number % len(LOTS)], transport=number % len(LOTS) == 0)
        named = replace(who, name=f"{who.name}, {LONG}") if number % 9 == 0 else who
        yes = "yes" if who.transport else "no"
        lines.append(f'{who.provider_id},"{named.name}",{";".join(who.lots)},{yes}')
        for folder, period in (("inbox", NOW), ("earlier", BEFORE)):
            path = home / folder / f"{number}.xlsx"
            path.parent.mkdir(exist_ok=True)
            if number < SENDING and (folder == "earlier" or number % 8):
                path.write_bytes(filled(named, 1, period)[0])
    (home / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    (home / "register.csv").write_text("\n".join(lines), encoding="utf-8")
    return xlkpi.consolidate(
        home / "inbox",
        home / "master.xlsx",
        register=home / "register.csv",
        previous=home / "earlier",
        period=str(NOW),
        keep=False,
    ).path


@pytest.fixture(scope="module")
def opened(master, calc_of_module):
    """The master in LibreOffice, opened once: the first test prints it, the last changes its heights."""
    return calc_of_module(master)


@pytest.fixture(scope="module")
def printed(opened, tmp_path_factory):
    """The master as a PDF."""
    return opened.save(tmp_path_factory.mktemp("pdf") / "m.pdf", "calc_pdf_Export")


@pytest.fixture(scope="module")
def pages(printed, opened):
    """The lines of every page, as poppler reads them."""
    lines_of_pages = [page.strip().split("\n") for page in pages_of(printed, "-raw") if page.strip()]
    assert {sheet_of(lines) for lines in lines_of_pages} == set(opened.sheet_names)
    return lines_of_pages


def sheet_of(lines):
    """The sheet that a page is of, by its footer, which is printed first."""
    return SHEET.search(lines[0])[1]


OPERATION = re.compile(
    rb"((?:[-0-9.]+ ){6})(cm|Tm)\b|/F[0-9]+ ([0-9.]+) Tf|(<[0-9A-F]*>|\[[^]]*\])T[jJ]"
    rb"|(?<![-0-9A-Za-z/.])(BT|q|Q)(?![0-9A-Za-z])"
)
"""What a page's content says of sizes, as LibreOffice writes it: matrices, fonts, texts as codes, nesting."""


def letters_by_size(page):
    """How many letters of a page have which size: pypdf's own search for texts takes thirty times as long."""
    sizes: Counter[float] = Counter()
    scale, text_scale, size, outer = 1.0, 1.0, 0.0, []
    for matrix, kind, font_size, text, mark in OPERATION.findall(page.get_contents().get_data()):
        if matrix:
            _, b, _, d, _, _ = map(float, matrix.split())
            scale, text_scale = (scale * abs(d or b), text_scale) if kind == b"cm" else (scale, abs(d or b))
        elif font_size:
            size = float(font_size)
        elif text:
            sizes[round(size * text_scale * scale, 2)] += sum(len(codes) // 2 for codes in re.findall(b"<(.*?)>", text))
        elif mark == b"BT":
            text_scale = 1.0
        elif mark == b"q":
            outer.append(scale)
        else:
            scale = outer.pop()
    assert not outer
    return +sizes


def test_no_text_is_too_small_to_read(pages, printed):
    """On all of Summary, and the first and last of each other sheet: a sheet's pages share its scale and its styles."""
    pdf = pypdf.PdfReader(printed)
    for sheet in dict.fromkeys(map(sheet_of, pages)):
        numbers = some(number for number, lines in enumerate(pages) if sheet_of(lines) == sheet)
        for number in numbers if sheet == "Summary" else {numbers[0], numbers[-1]}:
            sizes = letters_by_size(pdf.pages[number])
            small = {size: count for size, count in sizes.items() if size < LEAST and count > 12}
            assert sizes
            assert not small, (number, pages[number][:3], small)


def has_header(lines):
    return any(HEADER.match(line) for line in lines)


def test_the_heat_map_has_its_header_on_each_of_its_pages_and_no_other_block_has(pages):
    summary = [lines for lines in pages if sheet_of(lines) == "Summary"]
    heat = [lines for lines in summary if sum(any(name in line for line in lines) for name in NAMES) > 8]
    assert len(heat) >= 2
    rest = [lines for lines in summary if lines not in heat]
    assert len(rest) >= 2
    assert all(has_header(lines) and BANDS in lines for lines in heat)
    assert not any(has_header(lines) or BANDS in lines for lines in rest)
    assert any("County outturn by indicator" in lines for lines in rest)
    text = "\n".join("\n".join(lines) for lines in heat)
    assert not [name for name in NAMES if name not in text], "every provider is on paper"


def test_rows_are_high_enough_for_their_text(printed, opened):
    book, cut = opened, []
    assert printed.exists(), "printed before its heights are changed"
    for name in book.sheet_names:
        if name == "Data":
            continue  # as long as an inbox: each program finds its heights itself
        sheet = book.sheet(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        rows = min(cursor.RangeAddress.EndRow, 400) + 1
        heights = row_heights(book, name, rows)
        sheet.Rows.OptimalHeight = True
        needed = row_heights(book, name, rows)
        cut += [
            (name, row + 1, height, need)
            for row, (height, need) in enumerate(zip(heights, needed, strict=True))
            if need > height + SLACK
        ]
    assert not cut


def test_data_keeps_every_column_and_prints_those_that_are_read(master):
    header, *rows = sheet_rows(master, "Data")
    assert header[-1] == "stretch"
    workbook = parts_of(master.read_bytes())["xl/workbook.xml"].decode()
    area = re.search(r'<definedName name="_xlnm.Print_Area"[^>]*>Data!([^<]*)<', workbook)
    assert area[1] == f"$A$1:$O${1 + len(rows)}"
    assert header[14] == "comment"
