"""The formulas of one row in the edition whose results come from the worksheet functions (interfaces: KPI_RAG …).

What a function cannot see stays as in the native edition: the kind of an input's content (LibreOffice passes TRUE as
1), and every check against other rows. The rest works around LibreOffice 25.2:

- It passes a blank cell as 0. A range of one cell would keep the blank, but LibreOffice saves it as a single cell, so a
  blank is passed as empty text.
- It treats a text from a function as unequal to the same text in a formula, unless it is joined with ``&""``.
- Without the functions it runs the workbook's own Basic, which can only return "Error 2015", so any text that is not a
  state word counts as no answer.

No cell ever shows an error value: where the functions are missing, the row says so.

A function is asked for the return's own period. A provider's PC does not know the Council's changes of targets, so a
row with a changed target has the native edition's formulas, which contain its bands.
"""

from __future__ import annotations

from typing import Mapping

from xlkpi.core.bands import Bands
from xlkpi.core.cell_count import CountKind
from xlkpi.core.checks import AskedIndicator, Relations
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import State
from xlkpi.layout.addresses import UDF, Col, Place, ReturnKey
from xlkpi.layout.expression import literal, nested_if
from xlkpi.layout.row_formulas import RowFormulas
from xlkpi.layout.row_messages import REASON_NUMBER

NOT_CALCULATED = "Not calculated"
WHY = (
    "The KPI functions are missing here, so no result is calculated."
    " Enable macros and install the KPI add-in or extension, or use the workbook without macros."
)


class FunctionFormulas(RowFormulas):
    """The formulas of one open row whose outturn, RAG, gap and own messages the functions give."""

    unfinished = (*RowFormulas.unfinished, NOT_CALCULATED)

    def __init__(
        self, asked: AskedIndicator, places: Mapping[str, Place], relations: Relations, period: Period
    ) -> None:
        super().__init__(asked, places, relations)
        self.period = period

    def call(self, function: str) -> str:
        """Call a function with this row's x and y, the reading in force and the return's period."""
        x, y = (f'IF({self.at(kind)}=0,"",{at})' for kind, at in ((Col.X_KIND, self.x), (Col.Y_KIND, self.y)))
        if not self.definition.has_y:
            y = '""'
        return f'{function}("{self.code}",{x},{y},"{self.asked.reading.value}","{self.period}")'

    def state(self) -> str:
        """Write the formula of the state word, from KPI_RAG."""
        x_kind, y_kind = self.at(Col.X_KIND), self.at(Col.Y_KIND)
        known = f'IF({x_kind}*{y_kind}=0,"Incomplete","Check")'
        state_word = f'VLOOKUP({self.call("KPI_RAG")}&"",{{{";".join(literal(s.value) for s in State)}}},1,FALSE)'
        return nested_if([(self._unseen(), known)], f'IFERROR({state_word},"{NOT_CALCULATED}")')

    def outturn(self) -> str:
        """Write the formula of the outturn, from KPI_OUTTURN."""
        nothing = f'{self.at(Col.RAG)}="{NOT_CALCULATED}"'
        return nested_if([(self._unseen(), '""'), (nothing, '""')], f'IFERROR({self.call("KPI_OUTTURN")},"")')

    def change_needed(self, bands: Bands) -> str:
        """Write the change of x needed for Green in words, its number from KPI_GAP."""
        return f'IFERROR({self.change_words(f"""ABS({self.call("KPI_GAP")})""", bands)},"")'

    def check(self) -> str:
        """Write the formula of the row's message; messages about x and y alone come from KPI_CHECK."""
        kind = self.at(Col.KIND)
        own = f"AND({kind}>0,{kind}<{REASON_NUMBER},NOT({self._unseen()}))"
        missing = f'{self.at(Col.RAG)}="{NOT_CALCULATED}"'
        return nested_if([(missing, literal(WHY)), (own, f"IFERROR({self._own()},{literal(WHY)})")], super().check())

    def _own(self) -> str:
        """Insert the cell addresses, which KPI_CHECK does not know, where the native edition's sentence has them."""
        kind, message = self.at(Col.KIND), self.call("KPI_CHECK")
        places, following = [], []
        for number in range(1, REASON_NUMBER):
            place, _, after = self.message_of(number)[0].template.partition("[")[2].partition("]")
            facts = self.facts(number)
            places.append(literal(place.format(**facts)))
            following.append(str(len(after.format(**facts)) - 1))
        where = f"LEN({message})-CHOOSE({kind},{','.join(following)})"
        return f"REPLACE({message},{where},0,CHOOSE({kind},{','.join(places)}))"

    def _unseen(self) -> str:
        kinds = (self.at(Col.X_KIND), self.at(Col.Y_KIND))
        return f"OR({','.join(f'{kind}={int(CountKind.OTHER)}' for kind in kinds)})"


RowOfFormulas = Mapping[Col, str]
"""The live cells of a row, each with its formula."""


def formulas_of_row(
    asked: AskedIndicator, places: Mapping[str, Place], relations: Relations, key: ReturnKey
) -> RowFormulas:
    """Choose the formulas of one open row: those that call functions only where a function can know the target."""
    if key.edition == UDF and not asked.indicator.changes:
        return FunctionFormulas(asked, places, relations, key.period)
    return RowFormulas(asked, places, relations)
