"""How the commands read returns: judged by the Council's contract, cached, and with the seals checked."""

from __future__ import annotations

from collections.abc import Callable

from xlkpi.catalogue.load import ContractTerms
from xlkpi.consolidation.read_returns import Progress, ReadOptions
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.reading.returns.check_return import make_check
from xlkpi.reading.returns.seal_key import find_key


def read_options(
    terms: ContractTerms,
    *,
    jobs: int | None = None,
    scheduler: str = "",
    keep: bool = True,
    progress: Progress | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> ReadOptions:
    """Say how returns are read: each judged by what is in force for its period. ``keep`` caches what was read."""
    cache = ReturnCache(terms=terms.digest) if keep else None
    return ReadOptions(make_check(terms), jobs, scheduler, cache, progress, meanwhile, find_key())
