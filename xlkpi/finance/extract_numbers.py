"""The columns x and y of an extract looked at whole, before its rows are read one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.finding_collector import CountedCell, FindingCollector
from xlkpi.council.lists.first_look import FirstLook
from xlkpi.council.lists.number_columns import NumberForm, NumberStyle, count_forms, judge_numbers, settle_number
from xlkpi.council.lists.parse_values import describe_cell
from xlkpi.council.lists.reader import ListedRow, OpenList

FIGURES = ("x", "y")
_TWO_READINGS = "which has two readings, because the column has points and commas before decimals. Write digits only."


@dataclass(frozen=True)
class ExtractNumbers:
    """How the figures of an extract are read, and where it is reported."""

    styles: Mapping[str, NumberStyle]
    findings: FindingCollector

    def settle(self, cells: dict[str, str], listed: ListedRow) -> tuple[CellFault, ...]:
        """Write the figures of a row as their columns are read; give a fault for each with two readings."""
        faults = []
        for column, style in self.styles.items():
            text = cells.get(column, "")
            number = settle_number(text, style)
            if number.is_unsure:
                faults.append(CellFault(column, listed.cell(column), f"{describe_cell(text)}, {_TWO_READINGS}"))
            elif number.code:
                self.findings.count(number.code, CountedCell(column, listed.line, listed.cell(column), text))
                cells[column] = number.text
        return tuple(faults)


def judge_figures(opened: OpenList, findings: FindingCollector) -> tuple[ExtractNumbers, Iterable[ListedRow]]:
    """Judge the columns x and y, and give the rows."""
    forms: dict[str, Counter[NumberForm]] = {column: Counter() for column in FIGURES}
    look = FirstLook(opened)
    for step in look.steps():
        for column, counts in forms.items():
            counts.update(count_forms(listed.header.filled(listed.cells).get(column, "") for listed in step))
    styles = {column: judge_numbers(counts, are_counts=True) for column, counts in forms.items()}
    asked = {column: style for column, style in styles.items() if style is not NumberStyle.AS_WRITTEN}
    return ExtractNumbers(asked, findings), look.rows()
