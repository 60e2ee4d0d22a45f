"""A cache of returns that were read, by the file's sha256 and the reader's own version.

A second run over 500 returns and a late one reads only the late one. The cache is a convenience: where it cannot be
used (a full disk, a folder we may not write to, a damaged file) everything is read again, without a message.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import xlkpi
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import State
from xlkpi.findings import Code, Finding, Severity
from xlkpi.reading.returns.checked_return import CheckedReturn

STORE, FOLDER_VARIABLE = "returns.sqlite3", "XLKPI_CACHE"
MOST_RETURNS = 50_000
TABLE = "create table if not exists kept (sha256 text primary key, reader text not null, packed blob not null)"
ROOMS_READ_WITH = ("core", "catalogue", "layout", "ooxml", "reading", "findings", "errors.py")
_AT_ONCE = 500  # below SQLite's oldest limit on the values of one query


class ReturnCache:
    """Packed returns by sha256, in one file; only those of the same reader are ever returned."""

    def __init__(self, folder: Path | None = None) -> None:
        """Cache in this folder; by default in the user's own cache folder."""
        self._folder = folder
        self._open: sqlite3.Connection | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of this reader is cached, so that looking files up is not worth it."""
        return not self._ask("select 1 from kept where reader = ? limit 1", (reader_version(),))

    def find(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Return the packed return of each digest that is cached."""
        wanted = list(dict.fromkeys(digests))
        cached: dict[str, bytes] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"select sha256, packed from kept where reader = ? and sha256 in ({marks})"  # noqa: S608 - marks only
            cached.update(self._ask(query, (reader_version(), *some)))
        return cached

    def keep(self, packed: Mapping[str, bytes]) -> None:
        """Cache these, and delete what other versions cached and the oldest beyond the limit."""
        if not packed:
            return
        reader = reader_version()
        with suppress(sqlite3.Error, OSError), self._connected() as store:
            store.execute("delete from kept where reader <> ?", (reader,))
            rows = ((digest, reader, data) for digest, data in packed.items())
            store.executemany("insert or replace into kept (sha256, reader, packed) values (?, ?, ?)", rows)
            store.execute(
                "delete from kept where rowid <= (select max(rowid) from kept) - ?",
                (MOST_RETURNS,),
            )

    def close(self) -> None:
        """Close the file."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _ask(self, query: str, values: tuple[str, ...]) -> list[Any]:
        try:
            return list(self._connected().execute(query, values))
        except (sqlite3.Error, OSError):
            return []

    def _connected(self) -> sqlite3.Connection:
        if self._open is None:
            folder = self._folder or cache_folder()
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            store = sqlite3.connect(folder / STORE, timeout=2)
            try:
                store.execute("pragma synchronous = off")  # losing the cache loses nothing
                store.execute(TABLE)
            except sqlite3.Error:
                store.close()
                raise
            self._open = store
        return self._open


def cache_folder() -> Path:
    """Return the folder of the cache: the one that XLKPI_CACHE names, else in the user's own cache folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the folder is named

    return user_cache_path("xlkpi", appauthor=False)


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


def pack(checked: CheckedReturn) -> bytes:
    """Pack a checked return as bytes, without the name of its file."""
    return pickle.dumps(replace(checked, file=""), protocol=5)


def unpack(packed: bytes, file: str) -> CheckedReturn:
    """Unpack a return, as that of this file. Raises pickle.UnpicklingError for anything else."""
    checked = _ReturnUnpickler(io.BytesIO(packed)).load()
    if not isinstance(checked, CheckedReturn):
        raise pickle.UnpicklingError(type(checked).__name__)
    object.__setattr__(checked, "file", file)  # nobody else has it yet, and a copy would cost as much again
    return checked


class _ReturnUnpickler(pickle.Unpickler):
    """Makes our own data and the few plain values in it, and nothing else that the bytes ask for."""

    def find_class(self, module: str, name: str) -> Any:
        """Return the class of that name, if it is one of ours."""
        ours = module in _OUR_MODULES and name[:1].isupper() and "." not in name
        if ours or (module, name) in _PLAIN:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member
        raise pickle.UnpicklingError(f"{module}.{name}")


def _member(kind: type[Enum], name: str) -> Enum:
    """Return a member of an enum, which some Pythons pickle in this way."""
    return kind[name]


_OUR_MODULES = frozenset(
    part.__module__ for part in (CheckedReturn, ActionPlanEntry, Period, State, Code, Finding, Severity)
)
"""Where the classes of a checked return are defined, wherever those modules move to."""

_PLAIN = frozenset((("fractions", "Fraction"), ("datetime", "date")))
