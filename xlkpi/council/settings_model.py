"""The form of the settings file: its tables and what each may contain. Those of finance are in finance_settings."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from xlkpi.catalogue import Catalogue, load_catalogue
from xlkpi.core.lot import Contact
from xlkpi.core.near_text import suggest
from xlkpi.core.vocabulary import Reading
from xlkpi.council.finance_settings import FINANCE_TABLES, NUMBERS, FinanceSettings
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.faults import REJECTED, rejection
from xlkpi.council.read_toml import MOST_FAULTS, first_faults
from xlkpi.council.register.register_cells import parse_contact, parse_emails
from xlkpi.findings import shorten
from xlkpi.layout.provider_texts import CONTACTS

DAYS_TO_RETURN = 28
LONGEST_WAIT = 366


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_WAIT:
        advice = f"Enter the days after a period's end as a whole number from 0 to {LONGEST_WAIT}."
        raise rejection(f"says “{shorten(str(value))}”. {advice}")
    return value


def _contacts(value: Any) -> tuple[Contact, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise rejection('is not a list of texts. Write contacts = ["name; position; email; telephone"].')
    if len(value) > CONTACTS:
        raise rejection(f"names {len(value)} contacts. Name {CONTACTS} at most, the first to ask first.")
    return tuple(parse_contact(clean(text)) for text in value)


def _send_to(value: Any) -> str:
    if not isinstance(value, str):
        raise rejection(f"says “{shorten(str(value))}”. Write the address in quotation marks.")
    return parse_emails(clean(value)) if "@" in value else clean(value)


class CouncilTable(BaseModel):
    """The table [council]."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # most runs read few of the lists

    contacts: Annotated[tuple[Contact, ...], BeforeValidator(_contacts)] = ()
    send_to: Annotated[str, BeforeValidator(_send_to)] = ""
    days_to_return: Annotated[int, BeforeValidator(_days)] = DAYS_TO_RETURN


class SettingsFile(BaseModel):
    """The file without finance's tables: [readings] and [council]."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # most runs read few of the lists

    readings: dict[str, Any] = Field(default_factory=dict)
    council: CouncilTable = CouncilTable()

    @field_validator("readings")
    @classmethod
    def _known(cls, readings: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        known = (info.context or {}).get("catalogue") or load_catalogue()
        wrong = (fault for code, word in readings.items() if (fault := _reading_fault(code, word, known)))
        faults = list(islice(wrong, MOST_FAULTS))
        if faults:
            raise rejection("\n".join(faults))
        return readings

    def as_written(self, known: Catalogue) -> tuple[str, ...]:
        """List the codes of the indicators read to the letter, in the Schedule's order."""
        chosen = {known.find(code).code for code, word in self.readings.items() if _as_written(word)}
        return tuple(code for code in known.indicators if code in chosen)


def _as_written(word: str) -> bool:
    return Reading(word.casefold()) is Reading.AS_WRITTEN


def _reading_fault(code: str, word: Any, known: Catalogue) -> str:
    words = [reading.value for reading in Reading]
    if not isinstance(word, str) or word.casefold() not in words:
        return f"[readings] {shorten(code)} says “{shorten(str(word))}”. {suggest(str(word), words)}"
    try:
        indicator = known.find(code)
    except KeyError:
        return f"[readings] names “{shorten(code)}”, which is not an indicator. {suggest(code, known.indicators)}"
    if _as_written(word) and not indicator.why:
        return f"[readings] {indicator.code} has one reading only. Delete its line."
    return ""


def what_is_wrong(problem: ValidationError) -> tuple[str, ...]:
    """Describe each fault of a settings file in one line: its place, what is there, what to do."""
    lines: list[str] = []
    faults = problem.errors(include_url=False)
    for fault in faults[:MOST_FAULTS]:
        *table, name = [shorten(str(part)) for part in fault["loc"]]
        if fault["type"] == "extra_forbidden":
            lines.append(_unknown(table, name))
        elif fault["type"] == REJECTED:
            reason = str(fault["msg"])
            lines += reason.split("\n") if name == "readings" else [f"[{table[0]}] {name} {reason}"]
        else:
            lines.append(f"{name} should be a table. Begin it with [{name}] on a line of its own.")
    return (*lines, *first_faults([], len(faults)))


def _unknown(table: list[str], name: str) -> str:
    if table:
        return f"[{table[0]}] has no setting {name}. {suggest(name, CouncilTable.model_fields)}"
    homes = {
        **dict.fromkeys(FinanceSettings.model_fields, NUMBERS),
        **dict.fromkeys(CouncilTable.model_fields, "council"),
    }
    known = (*SettingsFile.model_fields, NUMBERS, *FINANCE_TABLES)
    advice = f"It belongs under [{homes[name]}]." if name in homes else suggest(name, known)
    return f"there is no table or setting {name}. {advice}"
