"""How closely to monitor each provider: points propose a level, an officer decides (9.0)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from xlkpi.consolidation.result import Consolidation, FileRow, FileStatus
from xlkpi.core.lot import by_name
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.missed_target import MissedTarget

POINTS = {"Red": 2, "Red again": 2, "return missing": 4, "late": 1, "must fix": 1}
"""Points for each Red KPI, each Red KPI that missed its target in the due period before too, and the return itself."""

CLOSER_FROM, INTENSIVE_FROM = 3, 7


class MonitoringLevel(Enum):
    """What the points propose."""

    ROUTINE = "Routine"
    CLOSER = "Closer"
    INTENSIVE = "Intensive"


MEASURES = {
    MonitoringLevel.ROUTINE: "KPI monitoring and the quarterly provider forum.",
    MonitoringLevel.CLOSER: "A spot check or a meeting about the KPIs on Escalation.",
    MonitoringLevel.INTENSIVE: "Regular meetings. Continued failure “will require an intensive intervention”.",
}
"""What a level may mean in practice (9.0)."""


@dataclass(frozen=True)
class ProviderRisk:
    """One provider: what was counted, and the level proposed. ``days_late`` is None where nothing was returned."""

    provider_id: str
    provider: str
    rated: int
    red: int
    red_again: int
    amber: int
    missing: bool
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


def assess_risks(result: Consolidation, targets: Iterable[MissedTarget]) -> tuple[ProviderRisk, ...]:
    """Assess every provider who is expected or has returned, the most points first, then by name."""
    risks = _risks(result, targets)
    return tuple(sorted(risks, key=lambda risk: (-risk.points, *by_name(risk.provider, risk.provider_id))))


def _risks(result: Consolidation, targets: Iterable[MissedTarget]) -> Iterator[ProviderRisk]:
    rags = Counter((row.provider_id, row.rag_in_force) for row in result.rows if row.rag_in_force)
    red_again = Counter(target.row.provider_id for target in targets if target.is_red and len(target.missed_points) > 1)
    used_files = {row.provider_id: row for row in result.files if row.status is FileStatus.USED}
    for line in result.lines:
        provider_id = line.provider_id
        used: FileRow | None = used_files.get(provider_id)
        yield ProviderRisk(
            provider_id=provider_id,
            provider=line.provider,
            rated=sum(rags[provider_id, rag] for rag in Rag),
            red=rags[provider_id, Rag.RED],
            red_again=red_again[provider_id],
            amber=rags[provider_id, Rag.AMBER],
            missing=line.asked is None,
            days_late=used.days_late if used else None,
            must_fix=used.must_fix if used else 0,
        )
