"""Look at the cache of returns that were read, and delete what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from xlkpi.consolidation.cache_folder import FILES, STORE, cache_folder
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.errors import UnwritableFile
from xlkpi.problem_log import days_to_keep


@dataclass(frozen=True)
class CacheSize:
    """Where the cache is, how much is in it, and for how many days each return is kept after it is read."""

    folder: Path
    returns: int
    size: int
    oldest: date | None
    days: int


def measure_cache() -> CacheSize:
    """Measure the user's cache. Nothing is made where there is none."""
    folder = cache_folder()
    store = folder / STORE
    if not store.is_file():
        return CacheSize(folder, 0, 0, None, days_to_keep())
    cache = ReturnCache(folder)
    returns, day = cache.count()
    cache.close()
    oldest = date(1970, 1, 1) + timedelta(days=day) if returns else None
    return CacheSize(folder, returns, store.stat().st_size, oldest, days_to_keep())


def clear_cache(older_than: int | None = None) -> None:
    """Delete the cache with its key, or only the returns read more than so many days ago.

    Raises UnwritableFile where a file cannot be deleted, as where another run uses it on Windows.
    """
    folder = cache_folder()
    if older_than is not None:
        if (folder / STORE).is_file():
            cache = ReturnCache(folder)
            cache.delete_older_than(older_than)
            cache.close()
        return
    for name in FILES:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as problem:
            raise UnwritableFile(folder / name, problem.strerror or str(problem)) from problem
