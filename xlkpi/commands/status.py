"""``xlkpi status``: what is next under a contract, in order of day. No master is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xlkpi.commands.compare_lists import compare_with_lists
from xlkpi.commands.contract import ContractRun
from xlkpi.commands.read_options import read_options
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.result import Consolidation
from xlkpi.council import Fault, locate_lists, read_council
from xlkpi.performance.answer_tasks import list_answer_tasks
from xlkpi.performance.matter_tasks import list_matter_tasks
from xlkpi.performance.meeting_tasks import list_meeting_tasks
from xlkpi.performance.next_tasks import NextTask, list_next_tasks
from xlkpi.performance.open_matters import derive_open_matters


@dataclass(frozen=True)
class ContractStatus:
    """What is next in a contract folder, and what it was derived from."""

    run: ContractRun
    consolidation: Consolidation
    tasks: tuple[NextTask, ...]
    faults: tuple[Fault, ...]

    @property
    def as_of(self) -> date:
        """The day that it is the status of."""
        return self.consolidation.as_of

    @property
    def overdue(self) -> int:
        """Count the tasks whose day has passed."""
        return sum(task.is_overdue(self.as_of) for task in self.tasks)


def read_status(
    run: ContractRun, as_of: date | None = None, progress: Callable[[int, int], None] | None = None
) -> ContractStatus:
    """Read a contract folder and list what is next on a day, None for today.

    Raises UnreadableFile or LedgerError where a list of the folder cannot be read, SettingsError where its settings
    cannot be used.
    """
    contract = run.contract
    council = read_council(locate_lists(contract.inbox, contract=contract))
    options = read_options(council.terms, progress=progress)
    result = collect_period(ReturnSources(contract.inbox), council, options, period=run.period, as_of=as_of)
    if result.rows:  # without a return nobody is asked about differences from the ledger
        result = compare_with_lists(result, council).result
    council = result.council
    answers = list_answer_tasks(result, council)
    matters = derive_open_matters(result.record, council, result.as_of)
    others = (*list_matter_tasks(matters, council), *list_meeting_tasks(council, result.as_of), *answers)
    tasks = list_next_tasks(result, council, others, matters.returns_missing)
    lists = (council.register, council.decisions, council.meetings, council.targets)
    faults = tuple(fault for each in lists for fault in each.faults)
    return ContractStatus(run, result, tasks, faults)
