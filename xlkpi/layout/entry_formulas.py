"""What x and y of one row come to, as worksheet formulas: a share, a count, an amount or days."""

from __future__ import annotations

from typing import Mapping

from xlkpi.core.checks import AskedIndicator, Relations
from xlkpi.core.indicator import Definition
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.layout.addresses import PLAN, Col, Place, PlanCol
from xlkpi.layout.expression import content_kind, in_band, is_one_of, nested_if
from xlkpi.ooxml.addresses import cell_address, quoted_sheet


class EntryFormulas:
    """The formulas of x and y of one open row: their kinds, the state and the outturn."""

    def __init__(self, asked: AskedIndicator, places: Mapping[str, Place], relations: Relations) -> None:
        self.asked = asked
        self.code = asked.indicator.code
        self.definition: Definition = asked.indicator.read(asked.reading)
        self.places = places
        self.place = places[self.code]
        self.relations = relations
        self.x, self.y = self.place.at(Col.X), self.place.at(Col.Y)

    def at(self, col: Col, code: str = "") -> str:
        """Address a cell of this row, or of another indicator's row on the same sheet."""
        return (self.places[code] if code else self.place).at(col)

    def plan_cell(self, col: PlanCol) -> str:
        """Address a cell of this indicator's row of the action plan."""
        return f"{quoted_sheet(PLAN)}!{cell_address(self.place.plan_row, col)}"

    @property
    def is_share(self) -> bool:
        """Whether x counts some of the y."""
        return self.definition.outturn.is_share

    @property
    def share(self) -> str:
        """The numerator of the outturn, a whole number: pence of an amount."""
        if self.definition.decimals:
            return f"ROUND({10**self.definition.decimals}*{self.x},0)"
        return f"({self.y}-{self.x})" if self.definition.outturn is OutturnRule.REST_OF_Y else self.x

    @property
    def cases(self) -> str:
        """The denominator of the outturn, a whole number; digits alone where there is no y."""
        scale = 10**self.definition.decimals
        if not self.definition.has_y:
            return str(scale)
        return self.y if scale == 1 else f"({scale}*{self.y})"

    def y_kind(self) -> str:
        """Write the formula of y's kind; where y is not asked for, it is as empty as x."""
        return content_kind(self.y) if self.definition.has_y else f"IF({self.at(Col.X_KIND)}=0,0,1)"

    def state(self) -> str:
        """Write the formula of the state word, by the order of the contract's table."""
        x_kind, y_kind = self.at(Col.X_KIND), self.at(Col.Y_KIND)
        cases = [
            (f"{x_kind}+{y_kind}=0", '"Not entered"'),
            (f"{x_kind}*{y_kind}=0", '"Incomplete"'),
            (f"{x_kind}*{y_kind}<>1", '"Check"'),
        ]
        if self.asked.indicator.carried_over:
            cases.append((f"{self.y}=0", '"No cases"'))
        elif self.definition.has_y:
            cases.append((f"{self.y}=0", f'IF({self.x}=0,"No cases","Check")'))
        if self.is_share and not self.asked.indicator.carried_over:
            cases.append((f"{self.x}>{self.y}", '"Check"'))
        return nested_if(cases, self._rating())

    def _rating(self) -> str:
        bands = self.definition.bands
        if bands is None:
            return '"Information"'
        tests = [(in_band(b, self.share, self.cases), f'"{rag.value}"') for rag, b in bands.by_rag]
        return nested_if(tests, '"Unrated"')

    def outturn(self) -> str:
        """Write the formula of the outturn as a share, or empty text where there is none."""
        words = ("Green", "Amber", "Red", "Unrated") if self.definition.bands else ("Information",)
        quotient = self.share if self.cases == "1" else f"{self.share}/{self.cases}"
        return f'IF({is_one_of(self.at(Col.RAG), words)},{quotient},"")'
