"""Parts packed into a zip file on a thread of its own, while the next pieces are still being spelt."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import BinaryIO

from xlkpi.writing.package_parts import EPOCH

LEVEL = 5  # of 15,000 rows: 6 saves 3 in 100 bytes for a fifth more time, 9 a further 10 for five times as much
MOST_WAITING = 16
"""Pieces that may wait to be packed, so that no large part is ever in memory as a whole."""


class Packing:
    """A zip file being written. Python packs without holding its lock, so that it costs the speller next to nothing."""

    def __init__(self, target: BinaryIO) -> None:
        """Begin the file; use `packing`, which also ends it."""
        self._target = target
        self._waiting: SimpleQueue[tuple[str, bytes] | None] = SimpleQueue()
        self._room = Semaphore(MOST_WAITING)
        self._problem: BaseException | None = None
        self._thread = Thread(target=self._pack, daemon=True)
        self._thread.start()

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Write a part piece by piece; all of one part before the next."""
        for piece in content:
            self._room.acquire()
            self._waiting.put((name, piece))

    def end(self) -> None:
        """Wait until all is packed. Raises what packing raised."""
        self._waiting.put(None)
        self._thread.join()
        if self._problem is not None:
            raise self._problem

    def _pack(self) -> None:
        try:
            with zipfile.ZipFile(self._target, "w") as out:
                waiting = self._next()
                while waiting is not None:
                    waiting = self._part(out, *waiting)
        except BaseException as problem:  # noqa: BLE001 - reported where the file is ended
            self._problem = problem
            while self._next() is not None:  # whoever spells must not wait for ever
                pass

    def _part(self, out: zipfile.ZipFile, name: str, piece: bytes) -> tuple[str, bytes] | None:
        """Pack one part, and give the first piece of the next."""
        part = zipfile.ZipInfo(name, EPOCH)
        part.compress_type = zipfile.ZIP_DEFLATED
        part._compresslevel = LEVEL  # type: ignore[attr-defined]
        with out.open(part, "w") as file:
            file.write(piece)
            while (waiting := self._next()) is not None and waiting[0] == name:
                file.write(waiting[1])
        return waiting

    def _next(self) -> tuple[str, bytes] | None:
        waiting = self._waiting.get()
        if waiting is not None:
            self._room.release()
        return waiting


@contextmanager
def packing(target: BinaryIO) -> Iterator[Packing]:
    """A zip file that is whole when the block ends; every part at a fixed date, so that the same gives the same."""
    out = Packing(target)
    try:
        yield out
    finally:
        out.end()
