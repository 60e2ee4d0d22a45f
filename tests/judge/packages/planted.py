"""Faults to plant, one at a time, in packages that are in order: each is known to make Excel repair or refuse a file,
or to show something wrong, and each names the rule that must find it.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass

from tests.judge.packages.package import packed, parts_of

RETURN, SCORECARD, FINANCE, FUNCTIONS, ADDIN = "return", "scorecard", "finance check", "return with functions", "add-in"
SHEET, BOOK, STRINGS, STYLES = "xl/worksheets/sheet*.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
TABLE, CHART, TYPES, CORE = "xl/tables/table*.xml", "xl/charts/chart*.xml", "[[]Content_Types].xml", "docProps/core.xml"
LINKS, RIBBON = "xl/_rels/workbook.xml.rels", "customUI/customUI*.xml"
LONG = "x" * 300


@dataclass(frozen=True)
class Planted:
    """One fault: in the first part of this name in which the pattern is found, it is replaced."""

    name: str
    output: str
    part: str
    pattern: str
    replacement: str
    rule: str

    def plant(self, content: bytes) -> bytes:
        """The package with the fault in it. Raises LookupError where there is nothing to replace."""
        parts = parts_of(content)
        for part in [part for part in parts if fnmatch.fnmatchcase(part, self.part)]:
            text = parts[part].decode()
            changed = re.sub(self.pattern, self.replacement, text, count=1, flags=re.DOTALL)
            if changed != text:
                return packed({**parts, part: changed.encode()})
        raise LookupError(self.name)


_FORMULA = r'<f>IF\(OR\(I\d+="Green".*?</f>'
_NAME = r'definedName name="(KPI_\w+\.x)"'
_MERGED = r"</sheetData>(<sheetProtection[^>]*/>)?(<autoFilter.*?(?:/>|</autoFilter>))?"
_TWO_MERGED = r'<mergeCells count="2"><mergeCell ref="A1:C2"/><mergeCell ref="B2:D3"/></mergeCells>'
_FILTER_NAME = r'<definedName name="_xlnm._FilterDatabase"[^>]*>[^<]*</definedName>'
_SHEET_TYPE = r'<Override PartName="/xl/worksheets/sheet2.xml"[^>]*/>'

PLANTED = (
    # --- what a person types, and what is shown beside it
    Planted("prompt of 300 signs", RETURN, SHEET, r' prompt="[^"]*"', f' prompt="{LONG}"', "long prompt of a rule"),
    Planted(
        "title of 40", RETURN, SHEET, r'promptTitle="[^"]*"', f'promptTitle="{LONG[:40]}"', "long promptTitle of a rule"
    ),
    Planted("message of 300", RETURN, SHEET, r' error="[^"]*"', f' error="{LONG}"', "long error of a rule"),
    Planted(
        "rule's formula of 300", RETURN, SHEET, r"<formula1>[^<]*", f"<formula1>{'0+' * 150}0", "long formula of a rule"
    ),
    Planted(
        "rules over each other",
        RETURN,
        SHEET,
        r'(<dataValidation [^>]*sqref=")[A-Z]+(\d+)[^"]*"(.*?<dataValidation [^>]*sqref=")[^"]*"',
        r'\1F\2"\3F\2"',
        "rules that overlap",
    ),
    Planted(
        "count of rules",
        RETURN,
        SHEET,
        r'<dataValidations count="\d+"',
        '<dataValidations count="99"',
        "count of rules",
    ),
    # --- formulas
    Planted(
        "text of 300 in a formula", RETURN, SHEET, _FORMULA, f'<f>IF(A1="","{LONG}","")</f>', "long text in a formula"
    ),
    Planted("formula of 9000", RETURN, SHEET, _FORMULA, f"<f>{'1+' * 4500}1</f>", "long formula"),
    Planted("70 brackets", RETURN, SHEET, _FORMULA, f"<f>{'ABS(' * 70}1{')' * 70}</f>", "brackets too deep"),
    Planted("300 arguments", RETURN, SHEET, _FORMULA, f"<f>SUM({'1,' * 299}1)</f>", "arguments"),
    Planted(
        "function of 2019", RETURN, SHEET, _FORMULA, '<f>TEXTJOIN(",",TRUE,A1:A3)</f>', "function not of Excel 2010"
    ),
    Planted("bracket too few", RETURN, SHEET, _FORMULA, '<f>IF(T6=0,"",1</f>', "brackets"),
    Planted("operator at the end", RETURN, SHEET, _FORMULA, "<f>SUM(A1:A3)+</f>", "operators that meet"),
    Planted("equals sign", RETURN, SHEET, r"<f>IF", "<f>=IF", "formula begins with ="),
    Planted("formula to no sheet", RETURN, SHEET, _FORMULA, "<f>'No such'!A1</f>", "sheet that is not there"),
    Planted(
        "formula to a lost cell", RETURN, SHEET, _FORMULA, "<f>#REF!+1</f>", "reference to nothing or to another file"
    ),
    Planted(
        "empty result without its type",
        RETURN,
        SHEET,
        r'(<c r="[A-Z]+\d+" s="\d+") t="str"(><f>[^<]*</f><v></v>)',
        r"\1\2",
        "empty result that reads as 0",
    ),
    # --- names and sheets
    Planted("name like a cell", RETURN, BOOK, _NAME, 'definedName name="AB12"', "name like a cell"),
    Planted("name with a space", RETURN, BOOK, _NAME, 'definedName name="KPI S1 x"', "spelling of a name"),
    Planted(
        "name twice", RETURN, BOOK, r'definedName name="KPI_S1.x"', 'definedName name="KPI_S1.y"', "defined name twice"
    ),
    Planted("name of no sheet", RETURN, BOOK, rf"({_NAME}[^>]*>)'[^']*'", r"\1'No such'", "name of what is not there"),
    Planted("sheet's name of 35", RETURN, BOOK, r'<sheet name="Help"', f'<sheet name="{"H" * 35}"', "name of a sheet"),
    Planted("bracket in a sheet's name", RETURN, BOOK, r'<sheet name="Help"', '<sheet name="He[lp"', "name of a sheet"),
    Planted("sheet's name twice", RETURN, BOOK, r'<sheet name="Help"', '<sheet name="All lots"', "sheet's name twice"),
    Planted("sheet shown first", RETURN, BOOK, r"<workbookView ", '<workbookView activeTab="50" ', "sheet shown first"),
    Planted("filter's name lost", RETURN, BOOK, _FILTER_NAME, "", "filter and its name"),
    # --- rows, columns and cells
    Planted("row of 500 points", RETURN, SHEET, r'(<row [^>]*) ht="[\d.]+"', r'\1 ht="500"', "height of a row"),
    Planted("column of 300", RETURN, SHEET, r'(<col [^>]*)width="[\d.]+"', r'\1width="300"', "width of a column"),
    Planted("columns overlap", RETURN, SHEET, r'<col min="2" max="2"', '<col min="1" max="2"', "columns that overlap"),
    Planted(
        "cells out of order", RETURN, SHEET, r'(<c r="F\d+"[^>]*/>)(<c r="G\d+"[^>]*/>)', r"\2\1", "order of cells"
    ),
    Planted("rows out of order", RETURN, SHEET, r'<row r="7"', '<row r="5"', "order of rows"),
    Planted("style of no number", RETURN, SHEET, r'(<c r="F6") s="\d+"', r'\1 s="999"', "style that is not there"),
    Planted("string of no number", RETURN, SHEET, r't="s"><v>\d+<', 't="s"><v>99999<', "string that is not there"),
    Planted("number that is none", FINANCE, SHEET, r'(<c r="[A-Z]+\d+"(?: s="\d+")?><v>)[\d.]+', r"\1NaN", "number"),
    Planted(
        "elements out of order",
        RETURN,
        SHEET,
        r"(<dataValidations.*?</dataValidations>)(.*?)(<pageSetup[^>]*/>)",
        r"\2\3\1",
        "order of elements",
    ),
    Planted(
        "merged cells overlap", RETURN, SHEET, _MERGED, rf"</sheetData>\1\2{_TWO_MERGED}", "merged cells that overlap"
    ),
    # --- formats, links, footers
    Planted("format of no style", RETURN, SHEET, r'dxfId="\d+"', 'dxfId="99"', "style of a format"),
    Planted("rank twice", RETURN, SHEET, r'priority="2"', 'priority="1"', "rank of a format twice"),
    Planted("format's formula broken", RETURN, SHEET, r"(<cfRule[^>]*><formula>)[^<]*", r"\1A1=(", "brackets"),
    Planted("number format lost", FINANCE, STYLES, r"<numFmt [^>]*/>", "", "number format that is not there"),
    Planted("link to no sheet", RETURN, SHEET, r"location=\"'[^']+'!", "location=\"'Nope'!", "link to nowhere"),
    Planted("footer of 300", RETURN, SHEET, r"<oddFooter>[^<]*", f"<oddFooter>{LONG}", "long header or footer"),
    # --- tables, sparklines, charts
    Planted(
        "header differs", SCORECARD, TABLE, r'(<tableColumn id="2" name=)"[^"]*"', r'\1"Other"', "header and its cell"
    ),
    Planted(
        "header twice",
        SCORECARD,
        TABLE,
        r'(Column id="1" name=)("[^"]*")(.*?id="2" name=)"[^"]*"',
        r"\1\2\3\2",
        "headers of a table",
    ),
    Planted("table like a cell", SCORECARD, TABLE, r'displayName="[^"]*"', 'displayName="T1"', "name of a table"),
    Planted("table too wide", SCORECARD, TABLE, r'ref="A(\d+):[A-Z]+(\d+)"', r'ref="A\1:Z\2"', "columns of a table"),
    Planted("table's number twice", FINANCE, "xl/tables/table2.xml", r' id="2"', ' id="1"', "table's number twice"),
    Planted(
        "sparkline of nothing",
        SCORECARD,
        SHEET,
        r"<xm:f>[^<]*</xm:f>",
        "<xm:f>Nope!A1:B2</xm:f>",
        "sparkline of nothing",
    ),
    Planted(
        "chart of no sheet", FINANCE, CHART, r"<c:f>[^<]*</c:f>", "<c:f>'Nope'!$A$1</c:f>", "chart of what is not there"
    ),
    # --- the package
    Planted("sheet without its type", RETURN, TYPES, _SHEET_TYPE, "", "content type of another part"),
    Planted(
        "sheet of a table's type",
        RETURN,
        TYPES,
        r"(sheet2.xml\" ContentType=\"[^\"]*)worksheet",
        r"\1table",
        "content type of another part",
    ),
    Planted("macros' type", FUNCTIONS, TYPES, r"sheet\.macroEnabled", "sheet", "workbook's type"),
    Planted(
        "relationship to no part",
        RETURN,
        LINKS,
        r"worksheets/sheet2\.xml",
        "worksheets/sheet99.xml",
        "relationship to no part",
    ),
    Planted("control character", RETURN, STRINGS, r"<t>", "<t>&#11;", "not well formed"),
    Planted("space that is lost", RETURN, STRINGS, r"<t>(\w)", r"<t> \1", "space that is lost"),
    Planted("moment that is none", RETURN, CORE, r"(<dcterms:created[^>]*>)[^<]*", r"\1not a date", "moment"),
    Planted(
        "button's id twice",
        ADDIN,
        RIBBON,
        r'(<button id=)("[^"]*")(.*?<button id=)"[^"]*"',
        r"\1\2\3\2",
        "ribbon id twice",
    ),
)
