"""How our workbooks are packed: every part dated alike, so that the same content gives the same bytes."""

from __future__ import annotations

EPOCH = (2026, 1, 1, 0, 0, 0)
LEVEL = 6
