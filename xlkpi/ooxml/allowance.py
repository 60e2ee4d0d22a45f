"""What the parts of one workbook may take together, so that many sheets cannot take what one may not."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlkpi.ooxml.limits import BYTES_PER_CELL, CELL_LIMIT, TAG_LIMIT, TAGS_PER_CELL, OversizePart


@dataclass
class Allowance:
    """What is left of a workbook's limits while its parts are read, one after the other.

    Attributes:
        most_cells: How many filled cells it may have.
        cells: How many of them are left.
        tags: How many "<" its parts may still have, but for those not counted: what no cell comes of takes time too.
        size: How many bytes its parts may still have.
    """

    most_cells: int = CELL_LIMIT
    cells: int = field(init=False)
    tags: int = field(init=False)
    size: int = field(init=False)
    _uncounted: list[bytes] = field(init=False, default_factory=list, repr=False)

    def __post_init__(self) -> None:
        """Begin with everything left."""
        self.cells = self.most_cells
        self.tags = self.most_cells * TAGS_PER_CELL
        self.size = self.most_cells * BYTES_PER_CELL

    def take_part(self, data: bytes) -> bytes:
        """Take the tags and bytes of a part that is about to be read; gives the part.

        Raises:
            OversizePart: the workbook has more of them than its limit, or a tag is too long.
        """
        self.size -= len(data)
        if self.size < 0:
            raise OversizePart(f"its sheets have over {self.most_cells * BYTES_PER_CELL >> 20} MB")
        self._take_tags(data)
        refuse_long_tags(data)
        return data

    def _take_tags(self, data: bytes) -> None:
        """Take the tags of a part: they are counted once the parts are so large that there may be too many."""
        self._uncounted.append(data)
        if sum(map(len, self._uncounted)) > self.tags:
            self.tags -= sum(part.count(b"<") for part in self._uncounted)
            self._uncounted.clear()
            if self.tags < 0:
                raise OversizePart("it has too many cells, most of them empty")

    def take_cells(self, count: int) -> None:
        """Take the cells of a sheet.

        Raises:
            OversizePart: the workbook has more of them than its limit.
        """
        self.cells -= count
        if self.cells < 0:
            raise OversizePart(f"it contains over {self.most_cells:,} cells")


def refuse_long_tags(data: bytes) -> None:
    """Refuse a part with a tag, or a text, that is longer than any: its attributes would be in memory at once.

    Raises:
        OversizePart: there is one of more than `TAG_LIMIT` bytes; half of that always passes.
    """
    half = TAG_LIMIT // 2
    for start in range(0, len(data) - half, half):
        if data.find(b"<", start, start + half) < 0:
            raise OversizePart(f"a tag or a text in it has over {half >> 10} KB")
