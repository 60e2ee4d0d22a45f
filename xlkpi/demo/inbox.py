"""Laying deliveries out as files in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xlkpi.demo.deliveries import Delivery
from xlkpi.writing.files import write_whole

Make = Callable[[Delivery], bytes]
Convert = Callable[[bytes], bytes]


def write_inbox(
    folder: Path, deliveries: Sequence[Delivery], make: Make, convert: Convert | None = None
) -> tuple[Path, ...]:
    """Write every delivery under ``folder``, in order, and return the paths.

    ``make`` gives the workbook of a delivery's provider, period and filled; ``convert`` saves a workbook again as
    LibreOffice does, and without it those files stay as they were made. A copy has the same bytes as its original.
    Raises UnwritableFile where a file cannot be written.
    """
    contents: dict[str, bytes] = {}
    for one in deliveries:
        if one.content is not None:
            contents[one.name] = one.content
        elif not one.copy_of:
            made = make(one)
            contents[one.name] = convert(made) if one.convert and convert else made
    for one in deliveries:
        if one.copy_of:
            contents[one.name] = contents[one.copy_of]
    for one in deliveries:
        write_whole(folder / one.name, contents[one.name])
    return tuple(folder / one.name for one in deliveries)
