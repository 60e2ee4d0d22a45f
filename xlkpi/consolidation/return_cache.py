"""A cache of returns that were read, by the file's sha256 and the reader's own version.

A second run over 500 returns and a late one reads only the late one. The cache is a convenience: where it cannot be
used (a full disk, a folder we may not write to, a damaged file) everything is read again, without a message. It is
never believed either: each record carries an HMAC under a key of this user, and one that differs by a bit is read
again. What it keeps is personal data (docs/privacy.md), so it is bounded in size and in age.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import xlkpi
from xlkpi.consolidation.cache_folder import (
    STORE,
    cache_folder,
    make_private_file,
    make_private_folder,
    read_cache_key,
)
from xlkpi.problem_log import days_to_keep

MOST_RETURNS, MOST_BYTES = 50_000, 250_000_000

FORM = 2
"""The form of the tables. A file of another form is replaced."""

TABLES = (
    "create table returns (sha256 text primary key, reader text not null, day integer not null, bytes integer not null,"
    " seal blob not null, packed blob not null)",
    "create index by_day on returns (day, bytes)",
)
FIND = "select sha256, day, seal, packed from returns where day between ? and ? and reader = ? and sha256 in"
ROOMS_READ_WITH = ("core", "catalogue", "layout", "ooxml", "reading", "findings", "errors.py")
_AT_ONCE = 500  # below SQLite's oldest limit on the values of one query
_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}


class ReturnCache:
    """Packed returns by sha256, in one file; only those of the same reader that are sealed are ever returned."""

    def __init__(self, folder: Path | None = None, terms: str = "") -> None:
        """Cache in this folder; by default in the user's own cache folder. ``terms`` is the digest of a contract's."""
        self._folder = folder
        self._reader = f"{reader_version()} {terms}".strip()
        self._open: sqlite3.Connection | None = None
        self._key = b""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of this reader is cached, so that looking files up is not worth it."""
        return not self._ask("select 1 from returns where reader = ? limit 1", (self._reader,))

    def find(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Return the packed return of each digest that is cached, sealed by us and not too old."""
        wanted = list(dict.fromkeys(digests))
        cached: dict[str, bytes] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            for digest, *record in self._ask(f"{FIND} ({marks})", (*_days_kept(), self._reader, *some)):
                if self._is_ours(digest, *record):
                    cached[digest] = record[-1]
        return cached

    def keep(self, packed: Mapping[str, bytes]) -> None:
        """Cache these, and delete what other versions cached, what is too old and the oldest beyond the limits."""
        try:
            self._write(packed)
        except Exception as problem:  # noqa: BLE001 - a damaged file has many ways to fail, and none may stop a run
            # A file that will never work again is replaced; one that another run just writes to is left alone.
            if getattr(problem, "sqlite_errorcode", 0) & 0xFF not in _PASSING:
                self._discard()
                with suppress(Exception):
                    self._write(packed)

    def count(self) -> tuple[int, int]:
        """Return how many returns are cached, and the oldest one's day as a number of days since 1970."""
        query = "select count(*), coalesce(min(day), 0) from returns where day between 0 and ?"
        rows = self._ask(query, (_today() + 1,))
        return rows[0] if rows else (0, 0)

    def delete_older_than(self, days: int) -> None:
        """Delete the returns that were read more than so many days ago."""
        with suppress(Exception), self._connected() as store:
            store.execute("delete from returns where day < ?", (_today() - days,))

    def close(self) -> None:
        """Close the file."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _write(self, packed: Mapping[str, bytes]) -> None:
        today, reader = _today(), self._reader
        with self._connected() as store:
            store.execute("delete from returns where day not between ? and ?", _days_kept())
            if not packed:
                return
            store.execute("delete from returns where reader <> ?", (reader,))
            rows = (
                (digest, reader, today, len(data), self._seal(digest, today, data), data)
                for digest, data in packed.items()
            )
            store.executemany(
                "insert or replace into returns (sha256, reader, day, bytes, seal, packed) values (?, ?, ?, ?, ?, ?)",
                rows,
            )
            _delete_beyond_limits(store)

    def _ask(self, query: str, values: tuple[str | int, ...]) -> list[Any]:
        try:
            return list(self._connected().execute(query, values))
        except Exception:  # noqa: BLE001 - as in keep
            return []

    def _seal(self, digest: str, day: int, packed: bytes) -> bytes:
        label = f"{digest} {self._reader} {day} ".encode()
        return hmac.digest(self._key, label + packed, "sha256")

    def _is_ours(self, digest: object, day: object, seal: object, packed: object) -> bool:
        """Tell whether a record is as we wrote it; a changed bit may even have changed the type of a value."""
        if not (isinstance(seal, bytes) and isinstance(digest, str) and isinstance(day, int)):
            return False
        return isinstance(packed, bytes) and hmac.compare_digest(seal, self._seal(digest, day, packed))

    def _connected(self) -> sqlite3.Connection:
        if self._open is None:
            folder = self._folder or cache_folder()
            make_private_folder(folder)
            self._key = read_cache_key(folder)
            make_private_file(folder / STORE)
            self._open = _open_store(folder / STORE)
        return self._open

    def _discard(self) -> None:
        with suppress(Exception):
            self.close()
            (self._folder or cache_folder()).joinpath(STORE).unlink(missing_ok=True)


def _open_store(path: Path) -> sqlite3.Connection:
    """Open the file, with our tables in it. Raises sqlite3.Error and OSError."""
    store = sqlite3.connect(path, timeout=2)
    try:
        store.execute("pragma synchronous = off")  # losing the cache loses nothing
        store.execute("pragma secure_delete = on")  # what is deleted is personal data
        (form,) = store.execute("pragma user_version").fetchone()
        if form != FORM:
            _make_tables(store)
    except BaseException:
        store.close()
        raise
    return store


def _make_tables(store: sqlite3.Connection) -> None:
    """Empty a file of another form, which may be that of an earlier version, and make our tables."""
    store.execute("pragma auto_vacuum = full")  # the file shrinks with what is deleted
    with store:
        store.execute("begin immediate")
        names = store.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (name,) in names:
            store.execute(f'drop table "{name}"')
        for table in TABLES:
            store.execute(table)
        store.execute(f"pragma user_version = {FORM}")
    if names:
        store.execute("vacuum")


def _delete_beyond_limits(store: sqlite3.Connection) -> None:
    """Delete the oldest records beyond the limits: the most returns, and the most bytes."""
    newest = (
        "select rowid, sum(bytes) over (order by rowid desc) as so_far, row_number() over (order by rowid desc) as n"
    )
    store.execute(
        f"delete from returns where rowid in (select rowid from ({newest} from returns) where so_far > ? or n > ?)",  # noqa: S608
        (MOST_BYTES, MOST_RETURNS),
    )


def _today() -> int:
    return int(time.time() // 86_400)


def _days_kept() -> tuple[int, int]:
    """The first and the last day whose records are used. One from tomorrow has a wrong day, or ours is wrong."""
    return _today() - days_to_keep(), _today() + 1


@cache
def reader_version() -> str:
    """Return a digest of all code and data that reading depends on, so that no other reader's results are ever used."""
    digest = hashlib.sha256(f"{xlkpi.__version__} {sys.version_info[:2]}".encode())
    for part in _sources(Path(xlkpi.__file__).parent):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def _sources(package: Path) -> Iterator[Path]:
    for name in ROOMS_READ_WITH:
        place = package / name
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in inside if path.suffix in (".py", ".json"))
