"""Rows of providers that are not known: one finding per supplier that could be ours, and one for all the others."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.finance.providers import NamedProvider, ProviderMatch
from xlkpi.findings import Code


@dataclass
class UnknownSupplier:
    """A supplier as it is written: what may be meant by it, its first line and how many rows it has."""

    text: str
    match: ProviderMatch
    line: int
    rows: int = 0

    @property
    def is_other(self) -> bool:
        """Whether nothing shows that it could be ours."""
        return not (self.match.near or self.match.contradiction)

    @property
    def why(self) -> str:
        """Why its rows are set aside, in a sentence."""
        if self.match.contradiction:
            return f"Two providers in one row: {self.match.contradiction}."
        hint = f" It looks like {self.match.near}." if self.match.near else ""
        return f"“{self.text}” is not a known provider.{hint}"


class UnknownSuppliers:
    """The suppliers of a list that are not known, in the order in which they were met."""

    def __init__(self) -> None:
        """Begin with none."""
        self._suppliers: dict[NamedProvider, UnknownSupplier] = {}

    def add(self, line: int, named: NamedProvider, match: ProviderMatch) -> None:
        """Count a row of a supplier."""
        supplier = self._suppliers.get(named)
        if supplier is None:
            text = next(text for text in (named[2], *named) if text)
            supplier = self._suppliers[named] = UnknownSupplier(text, match, line)
        supplier.rows += 1

    def gravest(self, most: int) -> tuple[UnknownSupplier, ...]:
        """Give so many of them at most, first those who could be ours."""
        return tuple(sorted(self._suppliers.values(), key=lambda supplier: supplier.is_other)[:most])

    def report(self, findings: FindingCollector, *, all_compared: bool) -> None:
        """Add the findings; ``all_compared``: whether every spelling was compared with our names."""
        for supplier in self._suppliers.values():
            facts = {"line": supplier.line, **_more(supplier.rows - 1)}
            if supplier.match.contradiction:
                findings.add(Code.LEDGER_TWO_PROVIDERS, {**facts, "found": supplier.match.contradiction})
            elif supplier.match.near:
                near = {"found": supplier.text, "near": supplier.match.near, "settings": findings.settings}
                findings.add(Code.LEDGER_PROVIDER, {**facts, **near})
        others = [supplier for supplier in self._suppliers.values() if supplier.is_other]
        if others:
            rows, names = sum(supplier.rows for supplier in others), len(others)
            counts = {
                "settings": findings.settings,
                "rows": count_of(rows, "row"),
                "suppliers": count_of(names, "supplier"),
            }
            limit = {} if all_compared else {"limit": "and not all of them were compared with the names of ours"}
            findings.add(Code.LEDGER_OTHERS, {"line": others[0].line, "found": others[0].text, **counts, **limit})


def _more(rows: int) -> dict[str, str]:
    return {"more": count_of(rows, "more row")} if rows else {}


def count_of(number: int, thing: str) -> str:
    """Write a number with what it counts: ``1 row``, ``6,000 rows``."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
