"""Assess x and y of an indicator named by its code."""

from __future__ import annotations

from typing import Union

from xlkpi.catalogue.load import load_catalogue
from xlkpi.core.assess import Assessment, assess_indicator
from xlkpi.core.cell_count import Raw
from xlkpi.core.vocabulary import Reading


def assess(code: str, x: Raw, y: Raw, *, reading: Union[str, Reading] = "effective", due: bool = True) -> Assessment:
    """Assess one entry: its state, exact outturn, RAG and message (Schedule 3.0 and 5.0).

    ``code`` is the whole code in any case ("KPI S1"); x (numerator) and y (denominator) may be anything a cell
    can contain, and odd figures give a state and a message, never an exception. ``outturn`` is a share as a Fraction,
    None where there is none; ``rag`` is None unless the entry is rated.
    Raises KeyError for a code that isn't in the catalogue, ValueError for a reading other than "effective" and
    "as written".
    """
    return assess_indicator(load_catalogue().find(code), x, y, reading=Reading(reading), due=due)
