"""Which returns a lock makes final: those that are used when the officer decides."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlkpi.commands.read_options import read_options
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.period_locks import digest_list
from xlkpi.consolidation.result import FileStatus
from xlkpi.council import Council
from xlkpi.council.decisions import Decision


def list_final_returns(lock: Decision, inbox: Path, council: Council, as_of: date) -> str:
    """List the contents of the returns that are used in the locked period, as the lock's value in the log.

    Raises UnreadableFile where the inbox cannot be read.
    """
    result = collect_period(ReturnSources(inbox), council, read_options(council.terms), period=lock.period, as_of=as_of)
    used = (row for row in result.files if row.status is FileStatus.USED)
    meant = [row.sha256 for row in used if lock.provider_id.casefold() in ("", row.provider_id.casefold())]
    return digest_list(meant)
