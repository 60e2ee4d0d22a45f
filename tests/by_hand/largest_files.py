"""The largest files that the reader's limits let through, and a little beyond: each within 2 s and 100 MB.

    python -m tests.by_hand.largest_files                 all of them; a minute
    python -m tests.by_hand.largest_files texts cells

Each is checked, and its marked copy made, in a process of its own; the figures are processor time, and what that
process had at most over what it began with. Linux only.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.attack.test_budget import SHEET, STYLES, WORKBOOK, codes, formats, hidden_columns, merges, names, rows, rules
from tests.reading.return_edits import clean, respelt
from xlkpi.commands.check import annotated_copy
from xlkpi.errors import XlkpiError
from xlkpi.reading.returns.check_return import check_return

SECONDS, MEGABYTES = 2.0, 100
BLOCK = "".join(random.Random(1).choices("abcdefghij klmnop", k=90_000))
COLUMNS = ("Z", *(f"A{letter}" for letter in "ABCDEFGHI"))


def texts(megabytes: int) -> bytes:
    """Shared texts as long as a cell may have."""
    entries = "".join(f"<si><t>{number}{BLOCK}</t></si>" for number in range(megabytes * 11))
    return respelt("xl/sharedStrings.xml", ("</sst>", f"{entries}</sst>"))


def cells(count: int, inside: str = "{}.5", kind: str = "n") -> bytes:
    """Cells below the table, ten in a row."""
    lines = (
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="{kind}"><v>{inside.format(row)}</v></c>' for column in COLUMNS)
        + "</row>"
        for row in range(90, 90 + count // 10)
    )
    return rows("".join(lines))


def odd(data: bytes) -> bytes:
    """The same sheet, spelt so that the parser reads it."""
    return respelt(SHEET, ("<sheetData>", "<sheetData >"), data=data)


def with_part(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A return with one part more, which nothing asks for."""
    target = io.BytesIO(clean())
    with zipfile.ZipFile(target, "a", method) as package:
        package.writestr(name, content)
    return target.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "texts": lambda: texts(18),
    "texts, too many": lambda: texts(60),
    "cells": lambda: cells(98_000),
    "cells, odd": lambda: odd(cells(98_000)),
    "cells, too many": lambda: odd(cells(140_000)),
    "cells with texts": lambda: cells(98_000, "{}" + BLOCK[:100], "str"),
    "cells with texts, odd": lambda: odd(cells(98_000, "{}" + BLOCK[:100], "str")),
    "names": lambda: names(60_000),
    "names, as many as there may be": lambda: names(99_000),
    "tags of the workbook": lambda: respelt(WORKBOOK, ("</sheets>", "</sheets>" + '<x a="12345678"/>' * 290_000)),
    "formats": lambda: respelt(
        STYLES, ("</cellXfs>", '<xf numFmtId="0" fontId="0" xfId="0"/>' * 240_000 + "</cellXfs>")
    ),
    "formats that are used": lambda: formats(60_000),
    "number formats": lambda: codes(4_900),
    "merged ranges": lambda: merges(9_900),
    "rules": lambda: rules(99_000),
    "hidden columns": lambda: hidden_columns(16_000),
    "a picture": lambda: with_part("xl/media/image1.png", os.urandom(36 << 20), zipfile.ZIP_STORED),
    "a part of texts": lambda: with_part("xl/comments1.xml", f"<c>{BLOCK * 160}</c>".encode()),
}


def main() -> int:
    """Measure each kind; status 1 where one takes more than it may."""
    parser = argparse.ArgumentParser(prog="python -m tests.by_hand.largest_files", description="Time and memory.")
    parser.add_argument("kinds", nargs="*", help=f"of {'; '.join(KINDS)}; by default all")
    wanted = parser.parse_args().kinds or list(KINDS)
    if unknown := [kind for kind in wanted if kind not in KINDS]:
        parser.error(f"unknown: {'; '.join(unknown)}")
    forked = multiprocessing.get_context("fork")
    over = 0
    _check_and_mark(clean())
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XLKPI_LOG"] = f"{scratch}/log"
        for kind in wanted:
            path = Path(scratch, "return.xlsx")
            with forked.Pool(1) as pool:
                pool.apply(_write, (path, kind))
            with forked.Pool(1) as pool:
                seconds, megabytes, what = pool.apply(_measure, (path,))
            is_over = seconds > SECONDS or megabytes > MEGABYTES
            over += is_over
            size = path.stat().st_size >> 10
            print(f"{kind:24} {size:7,} KB {seconds:5.2f} s {megabytes:4} MB  {'OVER: ' * is_over}{what}", flush=True)
    return 1 if over else 0


def _write(path: Path, kind: str) -> None:
    path.write_bytes(KINDS[kind]())


def _measure(path: Path) -> tuple[float, int, str]:
    """The longer of the two, checking and marking; and the most memory of both."""
    before = _memory("VmRSS")
    began = time.process_time()
    checked = check_return(path)
    took = time.process_time() - began
    what = checked.findings[0].message[:70] if checked.unreadable else checked.status.value
    began = time.process_time()
    try:
        if not checked.unreadable:
            annotated_copy(checked, path.read_bytes())
    except XlkpiError as problem:
        what = f"{what}; no marked copy: {problem}"
    return max(took, time.process_time() - began), _memory("VmHWM") - before, what


def _check_and_mark(data: bytes) -> None:
    annotated_copy(check_return("return.xlsx", data=data), data)


def _memory(line: str) -> int:
    """Megabytes of this process, now or at most."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(each for each in status.splitlines() if each.startswith(line)).split()[1]) >> 10


if __name__ == "__main__":
    sys.exit(main())
