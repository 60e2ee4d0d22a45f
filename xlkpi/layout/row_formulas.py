"""The live formulas of one indicator's row: the rules of core rendered for any spreadsheet since Excel 2010.

Each repeats a rule of core in the same order; tests compare the two. Conditions are nested IFs where a later test
would fail on a text, because a spreadsheet evaluates every part of an AND.
"""

from __future__ import annotations

from typing import Dict, List, Optional, Sequence, Tuple

from xlkpi.core.bands import Bands
from xlkpi.core.checks import join_words
from xlkpi.core.problem import LARGEST_USUAL, describe_count, figure_words
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.findings import Code
from xlkpi.layout.addresses import Col, PlanCol
from xlkpi.layout.change_words import change_words_formula
from xlkpi.layout.entry_formulas import EntryFormulas
from xlkpi.layout.expression import content_kind, filled_flag, is_one_of, literal, message_formula, nested_if
from xlkpi.layout.gap_formulas import MISSED, chance_formula, chance_words, change_formula
from xlkpi.layout.live_values import TARGET_MET, message_addresses
from xlkpi.layout.row_messages import FIRST_QUERY, MESSAGE_NUMBERS, PLAN_NUMBER, REASON_NUMBER, ROW_MESSAGES

NOT_KNOWN = "–"


class RowFormulas(EntryFormulas):
    """The formulas of one open row. ``places`` and ``relations`` serve the checks against other rows."""

    unfinished: Tuple[str, ...] = ("Not entered", "Incomplete")
    """The states in which an entry does not count as entered."""

    def all(self) -> Dict[Col, str]:
        """Give every live cell of the row with its formula (without the equals sign)."""
        formulas = {
            Col.OUTTURN: self.outturn(),
            Col.RAG: self.state(),
            Col.CHECK: self.check(),
            Col.X_KIND: content_kind(self.x, self.definition.decimals),
            Col.Y_KIND: self.y_kind(),
            Col.EXPLAINED: filled_flag(self.at(Col.COMMENT)),
            Col.KIND: self.kind(),
            Col.WHOLE: f"IF({self.at(Col.X_KIND)}=1,IF({self.at(Col.Y_KIND)}=1,1,0),0)",
        }
        if self.definition.bands:
            formulas[Col.GAP] = self.gap(self.definition.bands)
            if self.is_share:
                formulas[Col.CHANCE] = chance_formula(self.definition.bands, self.share, self.y, self.at(Col.RAG))
            formulas[Col.REASONED] = f"IF({self.at(Col.EXPLAINED)}=1,1,{self.plan_cell(PlanCol.HAS_ISSUE)})"
            formulas[Col.PLANNED] = self.plan_cell(PlanCol.COMPLETE)
        if self.asked.required:
            formulas[Col.DONE] = f"IF({is_one_of(self.at(Col.RAG), self.unfinished)},0,1)"
        return formulas

    def gap(self, bands: Bands) -> str:
        """Write the formula of the change of x needed for Green, in words; ``Target met`` where it is Green.

        Below a Red or Amber follows what chance does.
        """
        rag = self.at(Col.RAG)
        words = self.change_needed(bands)
        if self.is_share:
            who = self.asked.indicator.words.a_provider
            words = f"{words}&CHAR(10)&{chance_words(self.y, self.at(Col.CHANCE), bands, who)}"
        return nested_if([(f'{rag}="Green"', literal(TARGET_MET)), (is_one_of(rag, MISSED), words)], '""')

    def change_needed(self, bands: Bands) -> str:
        """Write the change of x needed for Green, in words."""
        change = f"({change_formula(bands, self.share, self.cases)})"
        if self.definition.decimals:
            change = f"({change}/{10**self.definition.decimals})"
        return self.change_words(change, bands)

    def change_words(self, change: str, bands: Bands) -> str:
        """Write the change that an expression gives with its unit, and which way x must change."""
        rises = bands.higher_is_better is not (self.definition.outturn is OutturnRule.REST_OF_Y)
        return change_words_formula(self.definition.outturn, change, rises=rises)

    def kind(self) -> str:
        """Write the formula of the number of the row's message, 0 for none (layout.row_messages)."""
        x_kind, y_kind, rag = self.at(Col.X_KIND), self.at(Col.Y_KIND), self.at(Col.RAG)
        empty, unlike = (f"{x_kind}+{y_kind}=0", "0"), (f"{x_kind}>1", f"{x_kind}+1")
        if self.definition.has_y:
            one_empty = [(f"{x_kind}=0", "1"), (f"{y_kind}=0", "2")]
            too_large = (f'{rag}="Check"', str(MESSAGE_NUMBERS[Code.X_OVER_Y, ""]))
            cases = [empty, *one_empty, unlike, (f"{y_kind}>1", f"{y_kind}+5"), too_large]
        else:
            cases = [empty, unlike]
        if self.definition.bands:
            missed = f"IF({self.at(Col.REASONED)}=0,{is_one_of(rag, MISSED)},FALSE)"
            unplanned = f'IF({self.at(Col.PLANNED)}=0,{rag}="Red",FALSE)'
            cases += [(missed, str(REASON_NUMBER)), (unplanned, str(PLAN_NUMBER))]
        unrated = f'IF({rag}="Unrated",{MESSAGE_NUMBERS[Code.UNRATED, ""]},0)' if self.definition.bands else "0"
        cases.append((f"{self.at(Col.EXPLAINED)}=1", unrated))
        return nested_if(cases + self._queries(), unrated)

    def _queries(self) -> List[Tuple[str, str]]:
        return [(condition, str(MESSAGE_NUMBERS[code, ""])) for code, condition in self._query_conditions()]

    def _query_conditions(self) -> List[Tuple[Code, str]]:
        conditions: List[Tuple[Code, str]] = []
        earlier = self._earlier_same_y()
        if earlier:
            conditions.append((Code.SAME_Y, f"{self.y}<>{self._first_whole(earlier, self.y, Col.Y)}"))
        members = self._summed()
        if members:
            all_whole = "*".join(self.at(Col.WHOLE, m) for m in members)
            total = "+".join(self.at(Col.X, m) for m in members)
            conditions.append((Code.SUM_OF_X, f"IF({all_whole}=1,{total}>{self.y},FALSE)"))
        whole = self._part_of()
        if whole:
            larger = f"{self._rounded(self.x)}>{self._rounded(self.at(Col.X, whole))}"
            conditions.append((Code.PART_OF_X, f"IF({self.at(Col.WHOLE, whole)}=1,{larger},FALSE)"))
        if not self.definition.has_y:
            return conditions
        conditions.append((Code.CHANGE, self._changed()))
        if self.asked.indicator.carried_over:
            conditions.append((Code.CARRIED_OVER, f"{self.x}>{self.y}"))
        conditions.append((Code.LARGE, f"{self.y}>{LARGEST_USUAL}"))
        return conditions

    def _rounded(self, cell: str) -> str:
        """Write an x so that what is left over from a calculation does not count."""
        return f"ROUND({cell},{self.definition.decimals})" if self.definition.decimals else cell

    def _changed(self) -> str:
        last = self.at(Col.LAST_Y)
        change = f"ABS({self.y}-VALUE({last}))"
        return f'IF({last}="{NOT_KNOWN}",FALSE,AND({change}>=10,2*{change}>VALUE({last})))'

    def _earlier_same_y(self) -> Sequence[str]:
        for group in self.relations.same_y:
            if self.code in group.indicators:
                return [c for c in group.indicators[: group.indicators.index(self.code)] if c in self.places]
        return []

    def _first_whole(self, codes: Sequence[str], otherwise: str, col: Optional[Col]) -> str:
        return nested_if(
            [(f"{self.at(Col.WHOLE, c)}=1", self.at(col, c) if col else literal(c)) for c in codes], otherwise
        )

    def _summed(self) -> Sequence[str]:
        for group in self.relations.x_sums:
            if group.indicators[-1] == self.code and all(c in self.places for c in group.indicators):
                return group.indicators
        return ()

    def _part_of(self) -> str:
        pairs = [p.whole for p in self.relations.x_parts if p.part == self.code and p.whole in self.places]
        return pairs[0] if pairs else ""

    def check(self) -> str:
        """Write the formula of the row's message, empty where there is none."""
        possible = {number: self.sentence(number) for number in self._possible()}
        last = max(possible)
        choices = ",".join(possible.get(number, '""') for number in range(1, last + 1))
        kind = self.at(Col.KIND)
        return f'IF({kind}=0,"",CHOOSE({kind},{choices}))'

    def _possible(self) -> Sequence[int]:
        numbers = {number for number in range(1, REASON_NUMBER) if self.can_say(number)}
        if self.definition.bands:
            numbers |= {REASON_NUMBER, PLAN_NUMBER, MESSAGE_NUMBERS[Code.UNRATED, ""]}
        numbers |= {MESSAGE_NUMBERS[code, ""] for code, _ in self._query_conditions()}
        return sorted(numbers)

    def can_say(self, number: int) -> bool:
        """Whether a message of the first ones, about x and y alone, can be of this row."""
        code, which = ROW_MESSAGES[number - 1]
        return self.definition.has_y or (which == "x" and code is not Code.COUNT_EMPTY)

    def message_of(self, number: int) -> Tuple[Code, str]:
        """Give the message of a number, and whether it is of x or y: x above 0 of no y reads otherwise for averages."""
        code, which = ROW_MESSAGES[number - 1]
        return Code.X_WITHOUT_Y if code is Code.X_OVER_Y and not self.is_share else code, which

    def sentence(self, number: int) -> str:
        """Write the formula of one of the row's messages."""
        code, which = self.message_of(number)
        facts = self.facts(number)
        cells = {"x": self.x, "y": self.y, "rag": self.at(Col.RAG)}
        if which:
            cells["found"] = facts["at"]
        if number >= FIRST_QUERY:
            self._add_relation_facts(code, facts, cells)
        return message_formula(code, facts, cells)

    def facts(self, number: int) -> Dict[str, str]:
        """Give the facts of a message that are known when the return is planned."""
        code, which = self.message_of(number)
        facts = {**message_addresses(self.place), "code": self.code, "document": self.asked.indicator.words.document}
        if which:
            effective = self.asked.indicator.effective
            text, at = (effective.x, self.x) if which == "x" else (effective.y, self.y)
            facts.update(which=which, at=at, counted=describe_count(text), **figure_words(effective, which))
        if code is Code.LARGE:
            facts["at"] = self.y
        return facts

    def _add_relation_facts(self, code: Code, facts: Dict[str, str], cells: Dict[str, str]) -> None:
        if code is Code.SAME_Y:
            earlier = self._earlier_same_y()
            cells["other"] = self._first_whole(earlier, literal(""), None)
            cells["other_y"] = self._first_whole(earlier, literal(""), Col.Y)
            facts["counts"] = next(g.counts for g in self.relations.same_y if self.code in g.indicators)
        elif code is Code.SUM_OF_X:
            members = self._summed()
            facts["members"] = join_words(members)
            facts["because"] = next(g.because for g in self.relations.x_sums if g.indicators[-1] == self.code)
            cells["total"] = "(" + "+".join(self.at(Col.X, m) for m in members) + ")"
        elif code is Code.PART_OF_X:
            facts["other"] = self._part_of()
            facts["because"] = next(p.because for p in self.relations.x_parts if p.part == self.code)
            cells["other_x"] = self.at(Col.X, facts["other"])
        elif code is Code.CHANGE:
            cells["previous"] = self.at(Col.LAST_Y)
