"""Performance management (Schedule 4.0 to 11.0): trends, action plans, escalation, monitoring."""

from __future__ import annotations

from xlkpi.performance.plan import performance_rules, performance_sheets

__all__ = ["performance_rules", "performance_sheets"]
