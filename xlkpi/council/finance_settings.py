"""Finance's own settings: the ledger's headers, other spellings of providers, tolerance and payment target.

They are in the contract's ``xlkpi.toml``, or in ``xlkpi-ledger.toml`` beside the ledger, as in the first version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from xlkpi.core.contract_words import ContractWords
from xlkpi.council.lists.faults import REJECTED, Fault, rejection
from xlkpi.council.lists.finance_columns import MAPPED
from xlkpi.council.read_toml import MOST_FAULTS, first_faults, read_toml
from xlkpi.errors import SettingsError
from xlkpi.findings import Severity, shorten
from xlkpi.writing.files import write_whole

NUMBERS = "finance"
"""The table of ``xlkpi.toml`` with the settings that are one number each."""
FINANCE_TABLES = ("columns", "providers", "types")
_TABLE = re.compile(r"^\[columns\]\s*(#.*)?$")
_ANY_TABLE = re.compile(r"^\[")


class FinanceSettings(BaseModel):
    """Every setting of finance, each of which may be left out.

    ``tolerance`` is how many invoices the two sides may differ by and still be a small difference.
    ``payment_days`` and ``payment_target`` (percent) are the Council's own target, else the contract's. ``columns``
    gives the header of a column in the ledger or the extract, ``providers`` the provider_id for another spelling, empty
    for a supplier that is none of ours, and ``types`` says of a word in the column type whether it is an invoice or a
    credit note.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # most runs read few of the lists

    tolerance: Annotated[int, Field(ge=0, le=1000, strict=True)] = 1
    payment_days: Annotated[int | None, Field(ge=1, le=366, strict=True)] = None
    payment_target: Annotated[int | None, Field(ge=1, le=100, strict=True)] = None
    columns: dict[str, str] = Field(default_factory=dict)
    providers: dict[str, str] = Field(default_factory=dict)
    types: dict[str, Literal["invoice", "credit note"]] = Field(default_factory=dict)

    def payment_terms(self, words: ContractWords) -> tuple[int, int]:
        """Give the days to pay and the target in percent: those set here, else the contract's."""
        return self.payment_days or words.payment_days, self.payment_target or words.payment_target

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: dict[str, str]) -> dict[str, str]:
        for column in columns:
            if column not in MAPPED:
                raise rejection(f"names {shorten(column)}, which is not a column. Write one of {', '.join(MAPPED)}.")
        return columns


def read_finance_settings(path: Path | None) -> FinanceSettings:
    """Read the settings of a file; None, or a file that does not exist yet, gives the defaults.

    Raises UnreadableFile where it cannot be read, SettingsError naming what xlkpi does not know.
    """
    return FinanceSettings() if path is None or not path.exists() else _validated(path, read_toml(path))


def take_finance_tables(path: Path, data: dict[str, Any]) -> FinanceSettings:
    """Take finance's tables out of what ``xlkpi.toml`` contains: [finance], [columns], [providers] and [types].

    Raises SettingsError naming what xlkpi does not know.
    """
    numbers = data.pop(NUMBERS, {})
    if not isinstance(numbers, dict):
        raise SettingsError(path, (f"{NUMBERS} should be a table. Begin it with [{NUMBERS}] on a line of its own.",))
    tables = {name: data.pop(name) for name in FINANCE_TABLES if name in data}
    return _validated(path, {**numbers, **tables})


def _validated(path: Path, data: Mapping[str, Any]) -> FinanceSettings:
    try:
        return FinanceSettings.model_validate(data)
    except ValidationError as problem:
        faults = problem.errors(include_url=False)
        raise SettingsError(path, first_faults([*map(_fault, faults[:MOST_FAULTS])], len(faults))) from problem


def _fault(error: object) -> str:
    facts = dict(error)  # type: ignore[call-overload]  # pydantic's own mapping
    place = shorten(".".join(str(part) for part in facts["loc"]))
    if facts["type"] == "extra_forbidden":
        return f"there is no setting {place}. Write one of {', '.join(FinanceSettings.model_fields)}."
    if facts["type"] == REJECTED:
        return f"[{place}] {facts['msg']}"
    return f"{place} says “{shorten(str(facts['input']))}”. {facts['msg']}."


def merge_finance_settings(
    first: FinanceSettings, other: FinanceSettings, first_file: str, other_file: str
) -> tuple[FinanceSettings, tuple[Fault, ...]]:
    """Bring the settings of two files together; where they contradict each other the first counts, with a fault."""
    merged: dict[str, Any] = {}
    faults: list[Fault] = []
    for name in sorted(first.model_fields_set | other.model_fields_set):
        here, there = getattr(first, name), getattr(other, name)
        if name in FINANCE_TABLES:
            merged[name] = {**there, **here}
            different = [
                (f"[{name}] {key}", here[key], there[key]) for key in here if there.get(key, here[key]) != here[key]
            ]
        else:
            merged[name] = here if name in first.model_fields_set else there
            both = name in first.model_fields_set and name in other.model_fields_set
            different = [(name, here, there)] if both and here != there else []
        faults += _contradictions(different, first_file, other_file)
    return FinanceSettings(**merged), tuple(faults)


def _contradictions(different: list[tuple[str, Any, Any]], first_file: str, other_file: str) -> Iterator[Fault]:
    for name, here, there in different:
        message = f"{name} says “{here}”, and “{there}” in {other_file}. {first_file} counts; delete the other setting."
        yield Fault(0, "", message, Severity.QUERY, list_name=first_file)


def remember_columns(path: Path, columns: Mapping[str, str]) -> None:
    """Write the headers into the settings file, with a new table ``[columns]`` and everything else unchanged.

    Raises UnwritableFile where the file cannot be written.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    lines_kept: list[str] = []
    inside = False
    for line in lines:
        inside = bool(_TABLE.match(line)) or (inside and not _ANY_TABLE.match(line))
        if not inside:
            lines_kept.append(line)
    while lines_kept and not lines_kept[-1].strip():
        lines_kept.pop()
    table = ["[columns]", *(f"{column} = {_quoted(header)}" for column, header in sorted(columns.items()))]
    text = "\n".join([*lines_kept, *([""] if lines_kept else []), *table]) + "\n"
    write_whole(path, text.encode("utf-8"))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
