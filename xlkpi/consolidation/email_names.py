"""Which files are emails, by their names: most inboxes have none, and what takes one apart is loaded for it alone."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

ENDING = ".eml"


def is_email_name(name: str) -> bool:
    """Tell whether a file is named as an email."""
    return name.casefold().endswith(ENDING)


@lru_cache(maxsize=1_000)  # of a name's length; whatever is listed of a file asks the same
def email_of(file: str) -> str:
    """Return the path of the email that a file is attached to; empty for a file that is not attached to one."""
    path = PurePosixPath(file).parent
    return str(path) if is_email_name(path.name) else ""
