"""Changes of targets that were agreed: a list beside the register, one row per indicator and first period.

What is wrong with a row is named by its cell, and the row is left out: the targets before it stay in force.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationInfo

from xlkpi.catalogue.load import Catalogue, ContractTerms
from xlkpi.catalogue.targets import find_change_faults
from xlkpi.core.near_text import suggest
from xlkpi.core.period import Period
from xlkpi.core.target_change import TargetChange
from xlkpi.council.lists.columns import ListColumns, ListHeader
from xlkpi.council.lists.faults import CellFault, Fault, rejection, row_fault
from xlkpi.council.lists.parse_values import period_of_row, read_date, read_text, required, scheme_of
from xlkpi.council.lists.reader import ListedRow, open_list
from xlkpi.council.lists.unknown_columns import header_faults
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.council.target_changes import TargetChanges
from xlkpi.findings import Severity

_NAMES = (
    "indicator", "from_period", "red", "amber", "green", "stretch", "reference", "agreed_by", "agreed_on",
)  # fmt: skip
_ALIASES = {"kpi": "indicator", "code": "indicator", "from": "from_period", "period": "from_period"}
TARGET_COLUMNS = ListColumns(_NAMES, _NAMES[:5], _ALIASES)
_STILL_EMPTY = ("", "-", "–", "—")


def _band(text: str) -> str:
    tidy = read_text(text)
    return "" if tidy in _STILL_EMPTY else tidy.replace(" %", "%").replace("–", "-")


def _day(text: str) -> date | None:
    return read_date(text) if read_text(text) else None


def _first_period(text: str, info: ValidationInfo) -> Period:
    if not read_text(text):
        example = scheme_of(info).example
        raise rejection(f"is empty. Enter the first period of these targets, as {example}.")
    return period_of_row(text, info)


_code = required("Enter the code of the indicator.")


class TargetRow(BaseModel):
    """A row of the list as text, turned into what it means."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)  # most runs read few of the lists

    indicator: Annotated[str, PlainValidator(_code)]
    from_period: Annotated[Period, PlainValidator(_first_period)]
    red: Annotated[str, PlainValidator(_band)] = ""
    amber: Annotated[str, PlainValidator(_band)] = ""
    green: Annotated[str, PlainValidator(_band)] = ""
    stretch: Annotated[str, PlainValidator(_band)] = ""
    reference: Annotated[str, PlainValidator(read_text)] = ""
    agreed_by: Annotated[str, PlainValidator(read_text)] = ""
    agreed_on: Annotated[date | None, PlainValidator(_day)] = None


def read_targets(path: Path | None, terms: ContractTerms) -> TargetChanges:
    """Read a list of changes of targets; None is a list without rows.

    Raises UnreadableFile where the file is neither CSV nor .xlsx, RegisterError where it lacks a column.
    """
    if path is None:
        return TargetChanges()
    opened = open_list(path, TARGET_COLUMNS)
    faults = header_faults(opened.header, TARGET_COLUMNS, "list of targets")
    changes: dict[tuple[str, Period], tuple[TargetChange, int]] = {}
    for listed in opened:
        if listed.is_blank:
            continue
        change, wrong = _read_row(listed, terms)
        wrong = (*wrong, *(_said_twice(change, changes, listed) if change else ()))
        faults += [row_fault(listed.row, fault, sheet=listed.sheet) for fault in wrong]
        if change is not None and not wrong:
            changes[change.indicator, change.from_period] = (change, listed.row)
    faults += _outlasting_faults(changes, terms, opened.header)
    named = tuple(replace(fault, list_name=path.name) for fault in (*faults, *opened.remarks))
    return TargetChanges(path, tuple(change for change, _ in changes.values()), named)


def _outlasting_faults(
    changes: dict[tuple[str, Period], tuple[TargetChange, int]], terms: ContractTerms, header: ListHeader
) -> Iterator[Fault]:
    """Ask about rows that outlast a version with other bands: nobody may have meant that either is lost."""
    rows = sorted(changes.values(), key=lambda listed: listed[0].from_period)
    for before, version in itertools.pairwise(terms.versions):
        begins = version.from_period
        # Of several rows the last counts; a row with a stretch target alone leaves the bands as they are.
        last = {
            change.indicator: (change, row)
            for change, row in rows
            if begins is not None and change.from_period <= begins and change.has_bands
        }
        for code, (change, row) in last.items():
            if change.from_period != begins and _bands_differ(before, version, code):
                place = f"Row {row}, from_period ({header.cell('from_period', row)})"
                message = (
                    f"{place} keeps its bands in force, though version {version.version} has others for {code} from"
                    f" {begins}. Add a row from {begins} with the bands that count."
                )
                yield Fault(row, "from_period", message, Severity.QUERY, header.cell("from_period", row))


def _bands_differ(before: Catalogue, version: Catalogue, code: str) -> bool:
    """Tell whether a version has other bands for an indicator than the one before it, as the Council reads them."""
    if code not in before.indicators or code not in version.indicators:
        return False
    then, now = (catalogue.indicators[code].effective for catalogue in (before, version))
    return (then.red, then.amber, then.green) != (now.red, now.amber, now.green)


def _read_row(listed: ListedRow, terms: ContractTerms) -> tuple[TargetChange | None, tuple[CellFault, ...]]:
    """Read a row of the list: the change, and everything that keeps it out of force."""
    if listed.fault:
        return None, (listed.fault,)
    row, wrong = validate_row(
        TargetRow, listed.header.filled(listed.cells), listed.header, listed.row, context={"scheme": terms.scheme}
    )
    if row is None:
        return None, wrong
    catalogue = terms.in_force(row.from_period)
    try:
        indicator = catalogue.find(row.indicator)
    except KeyError:
        reason = f"says “{row.indicator}”, which is not an indicator. {suggest(row.indicator, catalogue.indicators)}"
        return None, (CellFault("indicator", listed.cell("indicator"), reason),)
    change = TargetChange(**{**dict(row), "indicator": indicator.code})
    faults = find_change_faults(change, indicator)
    return change, tuple(CellFault(column, listed.cell(column), reason) for column, reason in faults)


def _said_twice(
    change: TargetChange, changes: dict[tuple[str, Period], tuple[TargetChange, int]], listed: ListedRow
) -> Iterator[CellFault]:
    earlier = changes.get((change.indicator, change.from_period))
    if earlier is not None:
        reason = f"says {change.from_period} for {change.indicator}, as row {earlier[1]} does. Delete one of the two."
        yield CellFault("from_period", listed.cell("from_period"), reason)
