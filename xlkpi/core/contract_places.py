"""The names in a contract folder, and finding the folder from a place in it.

Here because the menu finds it too, inside LibreOffice, where nothing else of the toolkit is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Optional

SETTINGS_NAME = "xlkpi.toml"
REGISTER, TARGETS, DECISIONS, MEETINGS = "register", "targets", "decisions", "meetings"
INBOX, LEDGER, EXTRACT, CATALOGUE, TEMPLATES, OUT = "inbox", "ledger", "extract", "catalogue", "templates", "out"


def is_contract_root(folder: Path) -> bool:
    """Tell whether a folder has the two names of a contract folder: its settings and its inbox."""
    # The functions of os.path say no where those of a path raise: a name that is too long, a folder closed to us.
    return os.path.isfile(folder / SETTINGS_NAME) and os.path.isdir(folder / INBOX)  # noqa: PTH112, PTH113


def find_contract_root(place: Path) -> Optional[Path]:
    """Find the contract folder that a place is in, or is itself; None where it is in none."""
    start = place.absolute()
    return next((folder for folder in (start, *start.parents) if is_contract_root(folder)), None)
