"""Parts packed on a thread of its own: nothing lost, nothing out of order, and no end that hangs."""

from __future__ import annotations

import io
import threading
import zipfile

import pytest

from xlkpi.writing.workbook.zip_stream import MOST_WAITING, packing

MANY = 10 * MOST_WAITING


class FullDisk(io.BytesIO):
    """Takes the first bytes and then no more."""

    def write(self, data):
        if self.tell() + len(data) > 1000:
            raise OSError(28, "No space left on device")
        return super().write(data)


def noise(number: int) -> bytes:
    """Bytes that cannot be packed."""
    return bytes((number * 7919 + place * place * 31 + place * 7) % 251 for place in range(2000))


def packed(parts):
    target = io.BytesIO()
    with packing(target) as out:
        for name, pieces in parts:
            out.put(name, pieces)
    return target.getvalue()


def test_every_piece_is_there_in_order_and_the_same_twice():
    parts = [(f"part {n}", [noise(n * MANY + piece) for piece in range(MANY)]) for n in range(3)]
    packed_content = packed([*parts, ("nothing", [b""])])
    with zipfile.ZipFile(io.BytesIO(packed_content)) as read:
        assert read.testzip() is None
        assert read.namelist() == ["part 0", "part 1", "part 2", "nothing"]
        assert all(read.read(name) == b"".join(pieces) for name, pieces in parts)
        assert read.read("nothing") == b""
        assert {info.date_time for info in read.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert all(info.compress_size < info.file_size for info in read.infolist()[:3])
    assert packed([*parts, ("nothing", [b""])]) == packed_content


def test_what_packing_raises_is_raised_however_much_is_still_to_come():
    before = threading.active_count()
    with pytest.raises(OSError, match="No space left"), packing(FullDisk()) as out:
        out.put("part", map(noise, range(MANY)))
    assert threading.active_count() == before


def test_a_plan_that_cannot_be_spelt_ends_the_thread_too():
    before = threading.active_count()

    def pieces():
        yield b"one"
        raise LookupError("two")

    with pytest.raises(LookupError, match="two"), packing(io.BytesIO()) as out:
        out.put("part", pieces())
    assert threading.active_count() == before
