"""What XlsxWriter cannot write: a locked structure, a language, the day of the last saving, results of empty text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from xlkpi.errors import PlanError

WORKBOOK, CORE = "xl/workbook.xml", "docProps/core.xml"
LANGUAGE = "en-GB"
EPOCH = (2026, 1, 1, 0, 0, 0)
"""The date of every part, always the same, so that the same content gives the same bytes."""
EMPTY_RESULT = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(><f>[^<]*</f><v></v></c>)')
"""A formula with an empty result, as XlsxWriter writes it: without a type, so a reader may take it for the number 0."""
LEVEL = 6
"""How hard returns and add-ins are packed."""


def finish_parts(parts: Mapping[str, bytes], *, saved_on: str = "") -> dict[str, bytes]:
    """Finish the parts of a workbook that XlsxWriter has just written.

    Its sheets cannot be added, moved, renamed and deleted. ``saved_on`` (ISO date and time) becomes the day it was
    last saved; without it, it is the day it was made.
    """
    return {name: _finish_part(name, content, saved_on) for name, content in parts.items()}


def pack_parts(parts: Mapping[str, bytes]) -> bytes:
    """Pack a workbook, every part at a fixed date, so that bytes repeat."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED, LEVEL)
    return target.getvalue()


def _finish_part(name: str, content: bytes, saved_on: str) -> bytes:
    if name == WORKBOOK:
        return _once(content, b"<bookViews>", b'<workbookProtection lockStructure="1"/><bookViews>')
    if name == CORE:
        return core_part(content, saved_on)
    if name.startswith("xl/worksheets/sheet"):
        return EMPTY_RESULT.sub(rb'\1 t="str"\2', content)
    return content


def core_part(content: bytes, saved_on: str = "") -> bytes:
    """The document's properties with its language and, where it is given, the day it was last saved."""
    close = b"</cp:coreProperties>"
    content = _once(content, close, f"<dc:language>{LANGUAGE}</dc:language>".encode() + close)
    if not saved_on:
        return content
    start = content.index(b"<dcterms:modified")
    first, last = content.index(b">", start) + 1, content.index(b"</dcterms:modified>")
    return content[:first] + saved_on.encode() + content[last:]


def _once(content: bytes, old: bytes, new: bytes) -> bytes:
    """Replace a text that must occur exactly once in a part of our own making."""
    if content.count(old) != 1:
        message = f"XlsxWriter no longer writes {old.decode()} once"
        raise PlanError(message)
    return content.replace(old, new)
