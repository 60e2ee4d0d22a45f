"""How closely to monitor each provider: points propose a level, an officer decides (9.0)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from xlkpi.consolidation.result import Consolidation, FileRow, FileStatus
from xlkpi.core.lot import by_name
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.open_matters import OpenMatters

POINTS = {"Red": 2, "Red again": 2, "return missing": 4, "late": 1, "must fix": 1}
"""Points for each open Red KPI, each that missed its target in the due period before too, and the return."""

CLOSER_FROM, INTENSIVE_FROM = 3, 7


class MonitoringLevel(Enum):
    """What the points propose."""

    ROUTINE = "Routine"
    CLOSER = "Closer"
    INTENSIVE = "Intensive"


@dataclass(frozen=True)
class ProviderRisk:
    """One provider: what was counted, and the level proposed.

    Red, Amber and plans are those of its open matters. ``days_late`` is None where nothing was returned in the period
    on screen; ``returned`` says whether a return of it is used.
    """

    provider_id: str
    provider: str
    rated: int
    red: int
    red_again: int
    amber: int
    missing: bool
    returned: bool
    days_late: int | None
    must_fix: int

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """What gave points, and how often."""
        counted = {
            "Red": self.red,
            "Red again": self.red_again,
            "return missing": int(self.missing),
            "late": int(bool(self.days_late)),
            "must fix": int(bool(self.must_fix)),
        }
        return tuple((name, count) for name, count in counted.items() if count)

    @property
    def points(self) -> int:
        """All points."""
        return sum(POINTS[name] * count for name, count in self.parts)

    @property
    def proposed(self) -> MonitoringLevel:
        """Routine, closer or intensive, by the points alone."""
        if self.points >= INTENSIVE_FROM:
            return MonitoringLevel.INTENSIVE
        return MonitoringLevel.CLOSER if self.points >= CLOSER_FROM else MonitoringLevel.ROUTINE

    @property
    def sum_in_words(self) -> str:
        """``2 Red × 2 + 1 late × 1 = 5``; ``nothing counted = 0``."""
        parts = " + ".join(f"{count} {name} × {POINTS[name]}" for name, count in self.parts)
        return f"{parts or 'nothing counted'} = {self.points}"


def assess_risks(result: Consolidation, matters: OpenMatters) -> tuple[ProviderRisk, ...]:
    """Assess every provider who is expected, has returned or has an open matter; the most points first."""
    risks = _risks(result, matters)
    return tuple(sorted(risks, key=lambda risk: (-risk.points, *by_name(risk.provider, risk.provider_id))))


def _risks(result: Consolidation, matters: OpenMatters) -> Iterator[ProviderRisk]:
    rated: dict[str, set[str]] = {}
    for row in result.record.rows:
        if row.rag_in_force:
            rated.setdefault(row.provider_id, set()).add(row.indicator)
    names = {matter.provider_id: matter.provider for matter in matters.open}
    names |= {line.provider_id: line.provider for line in result.lines}
    by_provider: dict[str, list[OpenMatter]] = {}
    for matter in matters.open:
        by_provider.setdefault(matter.provider_id, []).append(matter)
    used_files = {row.provider_id: row for row in result.files if row.status is FileStatus.USED}
    for provider_id, name in names.items():
        counted = by_provider.get(provider_id, [])
        yield _risk_of(provider_id, name, len(rated.get(provider_id, ())), counted, used_files.get(provider_id))


def _risk_of(
    provider_id: str, name: str, rated: int, matters: Sequence[OpenMatter], used: FileRow | None
) -> ProviderRisk:
    red = [matter for matter in matters if matter.rag is Rag.RED]
    return ProviderRisk(
        provider_id=provider_id,
        provider=name,
        rated=rated,
        red=len(red),
        red_again=sum(1 for matter in red if matter.run > 1),
        amber=sum(1 for matter in matters if matter.rag is Rag.AMBER),
        missing=any(matter.is_return_missing for matter in matters),
        returned=used is not None,
        days_late=used.days_late if used else None,
        must_fix=used.must_fix if used else 0,
    )
