"""Every rule in order, and the audit of a package by all of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.judge.packages import (
    archive_rules,
    cell_rules,
    drawing_rules,
    formula_rules,
    input_rules,
    sheet_rules,
    style_rules,
    table_rules,
    workbook_rules,
)
from tests.judge.packages.package import Fault, Package

RULES = (
    archive_rules.archive,
    archive_rules.xml_parts,
    archive_rules.content_types,
    archive_rules.relationships,
    archive_rules.relationship_ids,
    archive_rules.ribbon,
    workbook_rules.sheets,
    workbook_rules.views,
    workbook_rules.defined_names,
    workbook_rules.properties,
    style_rules.styles,
    style_rules.strings,
    style_rules.string_counts,
    cell_rules.element_order,
    cell_rules.columns,
    cell_rules.rows,
    cell_rules.values,
    formula_rules.formulas_of_cells,
    formula_rules.formulas_of_rules,
    input_rules.validation,
    input_rules.conditional_formats,
    sheet_rules.merged_cells,
    sheet_rules.filters,
    sheet_rules.links,
    sheet_rules.headers,
    sheet_rules.panes,
    sheet_rules.extensions,
    table_rules.tables,
    drawing_rules.drawings,
    drawing_rules.charts,
)


def audit(name: str, content: bytes) -> list[Fault]:
    """Every fault of a package."""
    return list(each_fault(name, content))


def each_fault(name: str, content: bytes) -> Iterator[Fault]:
    """The faults of a package, rule by rule; a workbook without its main parts has that fault alone."""
    try:
        package = Package(name, content)
    except zipfile.BadZipFile as problem:
        yield Fault("not a package", name, str(problem))
        return
    missing = [
        part for part in ("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml") if part not in package.trees
    ]
    if missing:
        yield from archive_rules.xml_parts(package)
        yield from (Fault("part that must be there", part) for part in missing)
        return
    for rule in RULES:
        yield from rule(package)


def audit_file(path: Path) -> list[Fault]:
    """Every fault of a file."""
    return audit(path.name, path.read_bytes())


def report(faults: Iterable[Fault], most: int = 12) -> str:
    """The first faults, one per line."""
    return "\n".join(f"{fault.rule}: {fault.place} {fault.detail}" for fault in list(faults)[:most])
