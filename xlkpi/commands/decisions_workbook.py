"""``xlkpi decide --workbook``: a workbook for the log of decisions, with lists to choose from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlkpi.commands.outputs import as_workbook
from xlkpi.council import Named, locate_lists, read_council
from xlkpi.council.contract_folder import find_contract_folder
from xlkpi.sheets.decisions_workbook.plan_decisions_workbook import DecisionChoices, plan_decisions_workbook
from xlkpi.writing.files import free_to_write
from xlkpi.writing.own_outputs import OutputWriter, write_own
from xlkpi.writing.workbook import render_workbook


def make_decisions_workbook(
    out: Path | str, *, register: Named = None, folder: Named = None, overwrite: bool = False
) -> Path:
    """Write an empty log of decisions as .xlsx, which every command reads as it reads the CSV.

    The lists offer the providers of the register (else of the contract folder's), the indicators and the periods around
    today. Raises UnreadableFile where the register cannot be read, UnwritableFile where the workbook could not be
    written or would replace one that somebody has filled in, ValueError where it is not named .xlsx.
    """
    path = as_workbook(Path(out), "workbook")
    free_to_write(path)
    OutputWriter(overwrite).refuse_foreign(path)
    council = read_council(locate_lists(register=register, contract=find_contract_folder(folder or Path())))
    today = date.today()  # noqa: DTZ011 - the day where the officer sits
    ids = tuple(provider.provider_id for provider in council.register.providers or ())
    choices = DecisionChoices(
        ids, council.terms.codes, council.terms.scheme.last_ended(today), council.terms.words.council
    )
    write_own(path, render_workbook(plan_decisions_workbook(choices, today)))
    return path
