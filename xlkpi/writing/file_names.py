"""Names of a provider's files that every system takes and that tell providers apart; lists next to an inbox."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path, PurePath

from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.plain_text import ACTING_SIGNS, LINE_BREAKS, UNSEEN_SIGNS

LONGEST = 120
LONGEST_BYTES = 240
"""Characters for Windows and SharePoint paths; bytes for Linux, where a name may have 255."""

LONGEST_ID = 30
LONGEST_TAIL = 30
"""Characters at the end of a name that has to be shortened which are kept: what was added to it, and its ending."""
ENDING, WITH_MACROS = ".xlsx", ".xlsm"
_FORBIDDEN = rf'<>:"/\\|?*\t\n{LINE_BREAKS}{ACTING_SIGNS}{UNSEEN_SIGNS}\ufffd'
_OF_WINDOWS = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))))
_NOT_IN_A_NAME = re.compile(f"[{_FORBIDDEN}]")
_NOT_IN_AN_ID = re.compile(rf"[{_FORBIDDEN}~\s]")


def file_name(provider: Provider, period: Period, ending: str = ENDING) -> str:
    """Name a return: ``KPI return 2026-27 Q2 - P007 Willow Tree CIC.xlsx``; .xlsm for one with macros."""
    return provider_file("KPI return", period, provider.provider_id, provider.name, ending)


def provider_file(kind: str, period: Period, provider_id: str, provider: str, ending: str) -> str:
    """Make a file name that begins with ``kind``: at most 120 characters, one for each provider.

    What Windows or SharePoint refuse becomes ``-``. A provider_id that had to be changed carries the start of
    its digest, so that it still differs from every other. It does not depend on the other providers.
    """
    stem = f"{kind} {period} - {_identity(provider_id)}"
    name = _NOT_IN_A_NAME.sub("-", unicodedata.normalize("NFC", provider)).strip(" .")
    while name and not _fits(f"{stem} {name}{ending}"):
        name = name[:-1].rstrip(" .")
    return (f"{stem} {name}" if name else stem) + ending


def plain_file_name(name: str) -> str:
    """Make a file's own name, one that came from outside, into one that every system takes and shows as it is."""
    plain = _NOT_IN_A_NAME.sub("-", unicodedata.normalize("NFC", name)).rstrip(" .")
    return f"-{plain}" if plain.partition(".")[0].strip().upper() in _OF_WINDOWS else plain


def name_with(name: str, added: str) -> str:
    """Add a word before the ending of a file's own name, and make it one that every system takes and shows as it is.

    A name that is too long then is cut, and carries the start of its digest, so that it differs from every other.
    """
    path = PurePath(name)
    whole = plain_file_name(f"{path.stem}{added}{path.suffix}")
    if _size(whole) <= LONGEST_BYTES:
        return whole
    tail = f"~{_short_digest(name)}{plain_file_name(f'{added}{path.suffix}')[-LONGEST_TAIL:]}"
    head = whole[:LONGEST_BYTES]
    while _size(head + tail) > LONGEST_BYTES:
        head = head[:-1]
    return head.rstrip(" .") + tail


def _identity(provider_id: str) -> str:
    whole = unicodedata.normalize("NFC", provider_id)
    plain = _NOT_IN_AN_ID.sub("-", whole)[:LONGEST_ID].strip(".")
    return plain if plain == whole else f"{plain}~{_short_digest(whole)}"


def _fits(name: str) -> bool:
    return len(name) <= LONGEST and _size(name) <= LONGEST_BYTES


def _size(name: str) -> int:
    return len(_encoded(name))


def _short_digest(name: str) -> str:
    return hashlib.sha256(_encoded(name)).hexdigest()[:8]


def _encoded(name: str) -> bytes:
    """Give the bytes of a name; on Linux a file may have one that is not text, of which Python makes surrogates."""
    return name.encode("utf-8", "surrogatepass")


def list_beside(inbox: Path, name: str) -> Path:
    """Return where a list about an inbox is kept: beside the folder, named after it, however the folder was named."""
    folder = Path(os.path.normpath(inbox.absolute()))
    return folder.parent / f"{folder.name} {name}"


def existing_list(inbox: Path | str | None, name: str) -> Path | None:
    """Return the list beside an inbox, or None where there is none, as for an inbox at an address."""
    if inbox is None or is_remote(inbox):
        return None
    path = list_beside(Path(inbox), name)
    return path if path.is_file() else None


def is_remote(place: Path | str) -> bool:
    """Tell whether a folder or file is named by an address (``s3://…``) rather than by a path."""
    return "://" in str(place)
