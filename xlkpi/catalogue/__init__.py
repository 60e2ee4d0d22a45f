"""The catalogue: the indicators of the Schedule as written and as read, checked when loaded."""

from __future__ import annotations

from xlkpi.catalogue.load import Catalogue, load_catalogue

__all__ = ["Catalogue", "load_catalogue"]
