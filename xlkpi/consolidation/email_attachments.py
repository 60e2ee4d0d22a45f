"""Emails saved into the inbox: the files attached to them, and when they were received.

The time of receipt is that of the mail server nearest to the reader, in the topmost header Received. The header Date is
the sender's own clock, and counts where there is no other.
"""

from __future__ import annotations

import binascii
import email
import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from xlkpi.core.day import FIRST_YEAR, LAST_YEAR

LARGEST, MOST_PARTS, MOST_ATTACHED = 30_000_000, 100, 50
"""What an email may have: bytes, parts in all, and files that are read. Larger ones are reported whole."""
MOST_LINES, MOST_COLONS, MOST_COMPARED = 300_000, 100_000, 2_000_000
"""Of what is left without the lines of its files: lines, colons, each of which may be a header's, and lines compared
with the boundaries of parts, each with all of them."""

LONGEST_HEADER = 10_000
"""Bytes of a header that says what a part is; taking a longer one apart would take too long."""
_BOUNDARY = re.compile(rb"boundary[\s*0-9]*=", re.IGNORECASE)
_FILE_LINES = re.compile(rb"^(?:(?:[A-Za-z0-9+/]{4}){15,25}+\r?\n)++", re.MULTILINE)
"""Lines of a file in base64: taking them apart line by line would need seven times their size."""
SHORTEST_RUN = 7_600
"""Bytes of such lines, a hundred as mail programs write them, from which on they are put aside. The expression itself
asks for no number of lines: from each line of a shorter run it would look at all those that follow."""
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


def read_attachments(data: bytes) -> tuple[Attachment, ...]:
    """Return the files attached to an email, in its order; none where it is not one, or is too large to take apart.

    An email attached to an email was received when its own headers say so.
    """
    if len(data) > LARGEST:
        return ()
    lines = _FileLines(data)
    if _takes_too_long(lines.rest):
        return ()
    try:
        # By the library's first policy, its default: a newer one takes seconds for a header of some kilobytes.
        message = email.message_from_bytes(lines.rest)
        attached = list(_attached(message, time_received(message), lines))
    except Exception:  # noqa: BLE001 - the library's own, for any of the many ways of being no email
        return ()
    return tuple(_named_apart(attached)) if len(attached) <= MOST_ATTACHED else ()


def _takes_too_long(data: bytes) -> bool:
    parts, lines = sum(1 for _ in _BOUNDARY.finditer(data)), data.count(b"\n")
    if parts > MOST_PARTS or lines > MOST_LINES or lines * parts > MOST_COMPARED or data.count(b":") > MOST_COLONS:
        return True
    return any(len(header[0]) > LONGEST_HEADER for header in _CONTENT_HEADER.finditer(data))


class _FileLines:
    """The lines of files in an email, put aside while the rest of it is taken apart: each run leaves one line."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._mark = secrets.token_hex(20).encode("ascii")
        runs = (run.span() for run in _FILE_LINES.finditer(data))
        self._runs = [(start, end) for start, end in runs if end - start >= SHORTEST_RUN]
        self.rest = b"".join(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        at = 0
        for number, (start, end) in enumerate(self._runs):
            yield self._data[at:start]
            yield b"%s%d\n" % (self._mark, number)
            at = end
        yield self._data[at:]

    def content(self, part: Message) -> object:
        """Give the content of a part that is one file."""
        payload = part.get_payload()
        if not isinstance(payload, str) or self._mark.decode("ascii") not in payload:
            return part.get_payload(decode=True)
        text = payload.encode("ascii", "surrogateescape")
        mark = re.compile(self._mark + rb"([0-9]+)(?:\r?\n|\Z)")
        whole = mark.sub(lambda match: self._data[slice(*self._runs[int(match[1])])], text)
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
            try:
                return binascii.a2b_base64(whole + b"==")  # what is beyond its end is not read
            except binascii.Error:
                return whole  # as the library does
        part.set_payload(whole.decode("ascii", "surrogateescape"))
        return part.get_payload(decode=True)


def _attached(message: Message, received_at: datetime | None, lines: _FileLines) -> Iterator[Attachment]:
    """Yield the attached files of a part, and of the emails in it."""
    if message.get_content_type() == "message/rfc822":
        for inner in message.get_payload():
            if isinstance(inner, Message):
                yield from _attached(inner, time_received(inner) or received_at, lines)
    elif message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _attached(part, time_received(part) or received_at, lines)
    else:
        name = _decoded(message.get_filename() or "")
        added = message.get_content_type().startswith(NOT_FILES) or _ADDED_NAME.fullmatch(name)
        if name and not added:
            data = lines.content(message)
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
