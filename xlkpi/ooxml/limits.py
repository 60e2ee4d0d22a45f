"""How large a workbook may be.

Whoever opens one keeps to the limits of the unpacked package, so that a hostile zip cannot fill memory. Whoever writes
one keeps to what spreadsheet programs accept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Sequence

PART_LIMIT = 64 << 20
"""Bytes one part may unpack to."""
READ_LIMIT = 20 << 20
"""Bytes one part may unpack to that is read whole, such as the texts of all cells; pictures are not read."""
SHEET_PART_LIMIT = 448 << 20
"""Bytes a sheet may unpack to: formats in 14 columns down to the last row take 360 MB, and are left out unread."""
PACKAGE_LIMIT = 512 << 20
"""Bytes all parts together may unpack to."""
BYTES_PER_CELL = 240
"""Bytes that a workbook's sheets, texts and formats may unpack to for every cell that it may have, blank rows apart."""
COPY_LIMIT = 32 << 20
"""Bytes all parts of a file may unpack to that a marked copy is made of; they are in memory together."""
COPY_TREE_LIMIT = 40 << 20
"""Bytes that the parts may take in memory which a marked copy changes; those of a return take some five million."""
BYTES_PER_TAG, BYTES_PER_ATTRIBUTE = 150, 220
"""What a tag and an attribute of such a part take, as measured."""
LIST_FILE_LIMIT = 256 << 20
"""Bytes a workbook that is a list may have, all in memory at once; the ledger of a million invoices has about 60 MB."""
LIST_LIMIT = 2 << 30
"""Bytes all parts of a list may unpack to: a ledger of a million invoices takes about 600 MB."""
STRINGS_LIMIT = 256 << 20
"""Bytes the texts of a list may unpack to; they are in memory while it is read."""
SMALL_PART_LIMIT = 16 << 20
"""Bytes a part may unpack to that is read as a tree."""
RATIO_LIMIT = 400
"""How many times its packed size a part over `RATIO_FROM` bytes may unpack to: rows of formatting reach about 60."""
RATIO_FROM = 4 << 20
SHEETS_FOLDER = "xl/worksheets/"
"""Where programs put the sheets of a workbook."""
MEMBER_LIMIT = 10_000
"""Parts a package may have."""
FILE_LIMIT = 40 << 20
"""Bytes a file may have before it is even read; a return has some tens of thousands."""
CELL_LIMIT = 100_000
"""Filled cells that a return may have in all its sheets: it has a few thousand."""
MASTER_CELL_LIMIT = 1_000_000
"""Filled cells that a master may have, which the officer's own program wrote: a large county's has half a million."""
TAGS_PER_CELL = 8
"""How many "<" a sheet may have for every cell that it may have: four make a cell, one a blank cell."""
TREE_TAG_LIMIT = 100_000
"""How many "<" a part may have that is read as a tree."""
WORKBOOK_TAG_LIMIT = 300_000
"""How many "<" the workbook part may have, which is not read as a tree: two make a name."""
TAG_LIMIT = 1 << 20
"""Bytes from one "<" to the next: those of a text, or the attributes of a tag, which are all in memory at once."""
MERGE_LIMIT = 10_000
"""Merged ranges, and array formulas, that one sheet may have; a return has some tens."""
RULE_LIMIT = 100_000
"""Ranges under data validation that one sheet may have; a return has some hundreds."""
SHEET_LIMIT = 500
"""Sheets that a workbook may list; a return has about ten."""
NAME_LIMIT = 100_000
"""Defined names that a workbook may list; a return has some hundreds, one copied for years some ten thousand."""
LINK_LIMIT = 10_000
"""Relationships of all parts together, and lists of them; a return has some tens, or as many as it has links."""
FORMAT_LIMIT = 5_000
"""Number formats that cells may have; Excel allows a few hundred, of 255 characters."""
TEXT_LIMIT = 100_000
"""Characters that a text in a cell may have; Excel allows a third of that, other programs more."""
PROLOGUE_LIMIT = 64 << 10
"""Bytes that may come before a part's first element has begun: a real part has some hundreds."""
DIGIT_LIMIT = 15
"""Digits of a whole number that a spreadsheet can show exactly."""

# What the format and the programs themselves allow.
LONGEST_CELL_TEXT = 32_767
LONGEST_SHEET_NAME = 31
LONGEST_FORMAT = 255
HIGHEST_ROW = 409.0
"""Points."""


class OversizePart(Exception):
    """The file unpacks to more than the limits; the message is the `detail` of an `UnreadableFile`."""


def refuse_oversize(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Judge a package by its directory, before anything is unpacked.

    Raises:
        OversizePart: its parts, one or together, unpack to more than the limits.
    """
    _refuse_package(infos, PACKAGE_LIMIT)
    for info in infos:
        refuse_oversize_part(info, SHEET_PART_LIMIT if info.filename.startswith(SHEETS_FOLDER) else PART_LIMIT)


def refuse_oversize_list(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Judge a list's package by its directory: its sheets, which are read row by row, may be large, other parts not.

    Raises:
        OversizePart: as above.
    """
    _refuse_package(infos, LIST_LIMIT)
    for info in infos:
        if not info.filename.startswith(SHEETS_FOLDER):
            refuse_oversize_part(info, STRINGS_LIMIT if info.filename == "xl/sharedStrings.xml" else PART_LIMIT)


def refuse_oversize_copy(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Judge a package that is to be in memory whole, because a marked copy of it is made.

    Raises:
        OversizePart: as above.
    """
    _refuse_package(infos, COPY_LIMIT)


def _refuse_package(infos: Sequence[zipfile.ZipInfo], limit: int) -> None:
    if len(infos) > MEMBER_LIMIT:
        raise OversizePart(f"it has {len(infos)} parts")
    total = sum(info.file_size for info in infos)
    if total > limit:
        raise OversizePart(f"it unpacks to {total >> 20} MB")
    for info in infos:
        if info.file_size > RATIO_FROM and info.file_size > RATIO_LIMIT * info.compress_size:
            times = info.file_size // max(info.compress_size, 1)
            raise OversizePart(f"its part {info.filename} unpacks to {times} times its size")


def refuse_oversize_part(info: zipfile.ZipInfo, limit: int) -> None:
    """Judge one part.

    Raises:
        OversizePart: it unpacks to more than `limit`.
    """
    if info.file_size > limit:
        raise OversizePart(f"its part {info.filename} unpacks to {info.file_size >> 20} MB")
