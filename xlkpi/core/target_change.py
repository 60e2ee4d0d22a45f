"""A change of an indicator's target that both sides agreed: from a period on, for that period and every later one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from xlkpi.core.period import Period


@dataclass(frozen=True)
class TargetChange:
    """The bands of an indicator from a period on (Schedule 4.0), with what was agreed and by whom.

    Empty bands leave those before it in force: such a row only sets or ends a stretch target. ``stretch`` is shown and
    never rated; where it is empty there is none from this period on.
    """

    indicator: str
    from_period: Period
    red: str = ""
    amber: str = ""
    green: str = ""
    stretch: str = ""
    reference: str = ""
    agreed_by: str = ""
    agreed_on: Optional[date] = None

    @property
    def has_bands(self) -> bool:
        """Whether it changes the bands, and not only the stretch target."""
        return bool(self.green)
