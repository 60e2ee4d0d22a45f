"""The deliveries as files in a folder."""

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
    for delivery in deliveries:
        if delivery.content is not None:
            contents[delivery.name] = delivery.content
        elif not delivery.copy_of:
            workbook = make(delivery)
            contents[delivery.name] = convert(workbook) if delivery.convert and convert else workbook
    for delivery in deliveries:
        if delivery.copy_of:
            contents[delivery.name] = contents[delivery.copy_of]
    for delivery in deliveries:
        write_whole(folder / delivery.name, contents[delivery.name])
    return tuple(folder / delivery.name for delivery in deliveries)
