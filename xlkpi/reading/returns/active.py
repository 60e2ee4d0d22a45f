"""Findings on what acts by itself in a return: macros that are not ours, links, objects, formulas that reach out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress

from xlkpi.errors import UnreadableFile
from xlkpi.findings import Code, Finding, finding, shorten
from xlkpi.layout.addresses import UDF
from xlkpi.ooxml.active_content import Active, ActiveItem
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.ooxml.outside_formulas import FormulaMemory, formula_reaches_out
from xlkpi.ooxml.vba_sources import UnknownProject, read_sources
from xlkpi.reading.returns.moved_cells import list_some

OUR_MACROS = frozenset(
    (
        "6c10caeedbaa8b8e9b877ba4239549eb",  # KpiFunctions, before functions took a period
        "f31da24a10e5967d9ae402b49b810a00",  # KpiFunctions
        "0276fc0b44e8a207157ab80e92d42a5d",  # KpiReturn
    )
)
"""The digests of the modules in a return with functions, as `source_digest` has them. Add a line when one changes,
and keep the old ones: returns that were sent out before still come back."""


NAMES = FormulaMemory()
A_RULE = "a rule of the sheet {}"


def active_findings(book: RawWorkbook, edition: str) -> Iterator[Finding]:
    """One finding per kind, with the first place."""
    parts = book.active()
    macro_sheets = [item for item in parts.items if item.kind is Active.MACRO_SHEET]
    if macro_sheets or (parts.project is not None and not is_our_project(parts.project, edition)):
        yield finding(Code.MACROS, {}, sheet=macro_sheets[0].sheet if macro_sheets else "")
    links = [item for item in parts.items if item.kind is Active.LINK]
    links += [*_names_that_reach_out(book), *_rules_that_reach_out(book)]
    if links:
        details = list_some([f"“{shorten(item.detail)}”" for item in links])
        yield finding(Code.OUTSIDE_LINK, {"found": details}, sheet=links[0].sheet)
    objects = [item.sheet for item in parts.items if item.kind is Active.OBJECT]
    if objects:
        places = list(dict.fromkeys(sheet or "The workbook" for sheet in objects))
        yield finding(Code.EMBEDDED, {"sheets": list_some(places)}, sheet=objects[0])
    for sheet in book.sheets:
        yield from _formula_findings(sheet)


def _names_that_reach_out(book: RawWorkbook) -> Iterator[ActiveItem]:
    if NAMES.any_reaches_out(book.definitions.values()):
        for text in book.definitions.values():
            if formula_reaches_out(text):
                yield ActiveItem(Active.LINK, "", text)


def _rules_that_reach_out(book: RawWorkbook) -> Iterator[ActiveItem]:
    for sheet in book.sheets:
        with suppress(UnreadableFile):  # as below
            if sheet.may_have_formula() and sheet.contents.rule_reaches_out():
                yield ActiveItem(Active.LINK, sheet.name, A_RULE.format(sheet.name))


def _formula_findings(sheet: RawSheet) -> Iterator[Finding]:
    try:
        if not (sheet.may_have_formula() and sheet.contents.may_reach_out()):
            return
        cells = [cell for cell in sheet.cells() if cell.formula and formula_reaches_out(cell.formula)]
    except UnreadableFile:  # a sheet that nothing is read from; any other has raised before
        return
    if cells:
        refs: Sequence[str] = [cell.ref for cell in cells]
        facts = {"sheet": sheet.name, "cells": list_some(refs), "found": shorten(f"={cells[0].formula}")}
        yield finding(Code.OUTSIDE_FORMULA, facts, sheet=sheet.name, cell=refs[0])


def is_our_project(project: bytes, edition: str) -> bool:
    """Tell whether a macro project has our modules and no other source; a return without functions has none."""
    if edition != UDF:
        return False
    try:
        digests = {source_digest(source) for source in read_sources(project)}
    except UnknownProject:
        return False
    return digests <= {*OUR_MACROS, source_digest("")}


def source_digest(source: str) -> str:
    """Digest the text of a module without its attributes, blank lines, and the case that Visual Basic changes."""
    lines = (" ".join(line.split()).casefold() for line in source.splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith("attribute vb_"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
