"""Emails saved into the inbox: the files attached to them, and when they were received.

The time of receipt is that of the mail server nearest to the reader, in the topmost header Received. The header Date is
the sender's own clock, and counts where there is no other.
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

from xlkpi.core.day import FIRST_YEAR, LAST_YEAR

ENDING = ".eml"
LARGEST, MOST_LINES, MOST_PARTS, MOST_ATTACHED = 60_000_000, 800_000, 100, 50
"""What an email may have: bytes, lines, parts in all, and files that are read. Larger ones are reported whole."""

LONGEST_HEADER = 10_000
"""Bytes of a header that says what a part is; taking a longer one apart would take too long."""
_CONTENT_HEADER = re.compile(rb"(?im)^content-(?:type|disposition):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")

NOT_FILES = ("image/", "text/calendar", "text/vcard", "text/x-vcard", "application/pgp-", "application/pkcs7-")
"""Attachments that mail programs add: logos, appointments, business cards, signatures."""
_ADDED_NAME = re.compile(r"ATT[0-9]+\.(?:txt|html?|bin)", re.IGNORECASE)

LONGEST_NAME, LONGEST_ENDING = 120, 10
"""How many characters of a name are kept before and after its last dot."""


@dataclass(frozen=True)
class Attachment:
    """One file attached to an email: its name, content and sha256, and when the email was received, where it says."""

    name: str
    data: bytes
    sha256: str
    received_at: datetime | None


def is_email_name(name: str) -> bool:
    """Tell whether a file is named as an email."""
    return name.casefold().endswith(ENDING)


def email_of(file: str) -> str:
    """Return the path of the email that a file is attached to; empty for a file that is not attached to one."""
    path = PurePosixPath(file).parent
    return str(path) if is_email_name(path.name) else ""


def read_attachments(data: bytes) -> tuple[Attachment, ...]:
    """Return the files attached to an email, in its order; none where it is not one, or is too large to take apart.

    An email attached to an email was received when its own headers say so.
    """
    if len(data) > LARGEST or data.count(b"\n") > MOST_LINES or data.lower().count(b"boundary=") > MOST_PARTS:
        return ()
    if any(len(header[0]) > LONGEST_HEADER for header in _CONTENT_HEADER.finditer(data)):
        return ()
    try:
        # By the library's first policy, its default: a newer one takes seconds for a header of some kilobytes.
        message = email.message_from_bytes(data)
        attached = list(_attached(message, time_received(message)))
    except Exception:  # noqa: BLE001 - the library's own, for any of the many ways of being no email
        return ()
    return tuple(_named_apart(attached)) if len(attached) <= MOST_ATTACHED else ()


def _attached(message: Message, received_at: datetime | None) -> Iterator[Attachment]:
    """Yield the attached files of a part, and of the emails in it."""
    if message.get_content_type() == "message/rfc822":
        for inner in message.get_payload():
            if isinstance(inner, Message):
                yield from _attached(inner, time_received(inner) or received_at)
    elif message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _attached(part, time_received(part) or received_at)
    else:
        name = _decoded(message.get_filename() or "")
        added = message.get_content_type().startswith(NOT_FILES) or _ADDED_NAME.fullmatch(name)
        if name and not added:
            data = message.get_payload(decode=True)
            if isinstance(data, bytes):
                yield Attachment(plain_name(name), data, hashlib.sha256(data).hexdigest(), received_at)


def _decoded(name: str) -> str:
    """Return a name that may be spelled as =?utf-8?…?=."""
    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, ValueError):
        return name


def time_received(message: Message) -> datetime | None:
    """Return when a message was received, in UTC; None where no header says so in this century."""
    for header in (*message.get_all("Received", [])[:1], *message.get_all("Date", [])[:1]):
        try:
            moment = parsedate_to_datetime(str(header).rpartition(";")[2].strip())
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            return moment
    return None


def plain_name(name: str) -> str:
    """Return the name of an attached file without folders and characters that no file should have."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip(" .")
    stem, dot, ending = printable.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return printable[:LONGEST_NAME] or "attachment"
    return f"{stem[:LONGEST_NAME]}.{ending}"


def _named_apart(attached: Iterable[Attachment]) -> Iterator[Attachment]:
    """Give each attachment of an email a name of its own."""
    taken: set[str] = set()
    for number, each in enumerate(attached, start=1):
        name = each.name if each.name.casefold() not in taken else f"{number} {each.name}"
        taken.add(name.casefold())
        yield replace(each, name=name)
