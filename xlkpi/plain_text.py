"""Text that only says what it shows: no sign in it steers a terminal, turns the order of letters or cannot be seen.

Names, comments and file names come from outside and go into terminals, logs, emails, lists and workbooks of ours. Every
way out calls this module. Standard library only, Python 3.9.
"""

from __future__ import annotations

import re
from typing import Any, TextIO, cast

IN_PLACE = "\ufffd"
"""What is shown instead of a sign that acts, so that a reader sees that something was there."""

ACTING_MARKS = (
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    r"\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"  # annotations, tags
)
ACTING_SIGNS = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, the escape of terminals among them
    rf"{ACTING_MARKS}\ud800-\udfff"  # halves of letters
)
UNSEEN_SIGNS = r"\xad\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff"
"""Signs of no width: they go, because nothing is lost that a reader could see."""
LINE_BREAKS = r"\x0b\x0c\r\x85\u2028\u2029"

_ACTING = re.compile(f"[{ACTING_SIGNS}]")
_UNSEEN = re.compile(f"[{UNSEEN_SIGNS}]")
_STEERING = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_BREAK = re.compile(f"\r\n|[{LINE_BREAKS}]")


def make_visible(text: str) -> str:
    """Show signs that act as U+FFFD, leave out those of no width, and make every line break a line feed."""
    if text.isprintable():
        return text
    return _ACTING.sub(IN_PLACE, _UNSEEN.sub("", _BREAK.sub("\n", text)))


def is_steered(text: str) -> bool:
    """Tell whether a text has a sign that no keyboard or address book leaves: an escape, an override, an isolate."""
    return not text.isprintable() and bool(_STEERING.search(text))


def escape_in_json(document: str) -> str:
    """Write the same signs in a JSON document as its escapes: a terminal shows them, a program reads them."""
    if document.isascii():
        return document
    signs = re.compile(f"[{ACTING_SIGNS}{UNSEEN_SIGNS}{LINE_BREAKS}]")
    return signs.sub(lambda match: _escape(match.group()), document)


def _escape(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


class PlainStream:
    """A stream for people: what is written to it is made visible; anything else is asked of the stream itself."""

    def __init__(self, stream: TextIO) -> None:
        """Write to this stream, which is ``stream`` for those that draw on a terminal."""
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text, its tabs and line feeds as they are."""
        self.stream.write(make_visible(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        """Give everything else of the stream."""
        return getattr(self.stream, name)


def plain_stream(stream: TextIO | None) -> TextIO | None:
    """Wrap a stream for people in one whose texts are made visible; a program without a window has none."""
    return None if stream is None else cast(TextIO, PlainStream(stream))
