"""Which returns a lock makes final: those that are used when the officer decides."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.period_locks import digest_list
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.council import Council
from xlkpi.council.decisions import Decision
from xlkpi.reading.returns.check_return import check_return
from xlkpi.reading.returns.seal_key import find_key


def list_final_returns(lock: Decision, inbox: Path, council: Council, as_of: date) -> str:
    """List the contents of the returns that are used in the locked period, as the lock's value in the log.

    Raises UnreadableFile where the inbox cannot be read.
    """
    options = ReadOptions(check_return, cache=ReturnCache(), key=find_key())
    result = collect_period(ReturnSources(inbox), council, options, period=lock.period, as_of=as_of)
    used = (row for row in result.files if row.status is FileStatus.USED)
    meant = [row.sha256 for row in used if lock.provider_id.casefold() in ("", row.provider_id.casefold())]
    return digest_list(meant)
