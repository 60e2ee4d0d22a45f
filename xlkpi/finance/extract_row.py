"""A row of an extract of the case system, turned into what it means: its figures as its indicator asks for them."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationInfo

from xlkpi.catalogue import Catalogue, load_catalogue
from xlkpi.core.cell_count import Figure
from xlkpi.core.indicator import Definition
from xlkpi.core.period import Period
from xlkpi.core.problem import figure_words
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.faults import rejection
from xlkpi.council.lists.parse_values import describe_cell, parse_pence, period_of_row, read_text, read_whole


def _catalogue_of(info: ValidationInfo) -> Catalogue:
    catalogue: Catalogue = (info.context or {}).get("catalogue") or load_catalogue()
    return catalogue


def _indicator(text: str, info: ValidationInfo) -> str:
    catalogue = _catalogue_of(info)
    try:
        code = catalogue.find(read_text(text)).code
    except KeyError:
        example = next(iter(catalogue.indicators))
        raise rejection(
            f"says “{read_text(text)}”, which is not an indicator. Write its whole code, as {example}."
        ) from None
    if not catalogue.indicators[code].cross_checked:
        system = catalogue.words.case_system or "a case system"
        raise rejection(f"says {code}, which is not compared with {system}. Delete the row.")
    return code


def _definition(info: ValidationInfo) -> Definition | None:
    """The definition of the indicator that the row is about; None where that cell cannot be read."""
    code = info.data.get("indicator")
    return _catalogue_of(info).indicators[code].effective if code else None


def _x(text: str, info: ValidationInfo) -> Figure:
    definition = _definition(info)
    if definition is None or not definition.decimals:
        return read_whole(text)
    tidy = clean(text)
    hundredths = parse_pence(tidy)
    # Money is read to the nearest penny; a figure with more decimals than its indicator takes is not.
    places = sum(map(str.isdigit, tidy.partition(".")[2]))
    if hundredths is None or hundredths < 0 or places > definition.decimals:
        needed = figure_words(definition, "x")["needed"]
        raise rejection(f"{describe_cell(tidy)}. Enter {needed}, 0 or more, in digits only.")
    return Fraction(hundredths, 100)


def _y(text: str, info: ValidationInfo) -> int:
    definition = _definition(info)
    has_y = definition is None or definition.has_y
    return read_whole(text) if has_y else 0  # a system that has the column writes n/a or - there


class ExtractRow(BaseModel):
    """A row of the extract. ``service`` tells the rows of one entry apart; y is 0 where its indicator has none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: Annotated[str, PlainValidator(read_text)] = ""
    supplier_number: Annotated[str, PlainValidator(read_text)] = ""
    provider: Annotated[str, PlainValidator(read_text)] = ""
    period: Annotated[Period, PlainValidator(period_of_row)]
    indicator: Annotated[str, PlainValidator(_indicator)]
    service: Annotated[str, PlainValidator(read_text)] = ""
    x: Annotated[Figure, PlainValidator(_x)]
    y: Annotated[int, PlainValidator(_y)] = 0
