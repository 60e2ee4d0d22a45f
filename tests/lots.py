"""The lots of the contract that comes with xlkpi, as tests about them count on them."""

from __future__ import annotations

LOTS = ("1a", "1b", "2a", "2b", "3", "4")
