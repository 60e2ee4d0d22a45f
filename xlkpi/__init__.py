"""Indicators of Kent's Learning Disability Community Day Services framework: returns, checks and masters."""

from __future__ import annotations

__version__ = "0.1.0"
