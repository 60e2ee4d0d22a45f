"""A command in a contract folder: which folder, which period, and where what it makes is written."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlkpi.catalogue.load import SHIPPED, load_words
from xlkpi.commands.request import parsed_period
from xlkpi.core.contract_places import LEDGER, OUT, REGISTER, is_contract_root
from xlkpi.core.period import Period
from xlkpi.council.contract_folder import ContractFolder, find_contract_folder
from xlkpi.errors import Unreadable, UnreadableFile


@dataclass(frozen=True)
class ContractRun:
    """One run of a command in a contract folder. ``is_named`` tells whether somebody named its period."""

    contract: ContractFolder
    period: Period
    is_named: bool = False

    @property
    def out(self) -> Path:
        """The folder for everything that is made for the period."""
        return self.contract.root / OUT / str(self.period)

    @property
    def register(self) -> Path:
        """The register of the folder. Raises UnreadableFile where there is none, SettingsError where there are two."""
        register = self.contract.register
        if register is None:
            raise UnreadableFile(self.contract.root / f"{REGISTER}.csv", Unreadable.MISSING)
        return register

    @property
    def ledger(self) -> Path:
        """The folder with the invoice ledger."""
        return self.contract.root / LEDGER

    @property
    def returns(self) -> Path:
        """The folder for the workbooks to send out."""
        return self.out / "returns"

    @property
    def master(self) -> Path:
        """The master of the period."""
        return self.out / f"{_name_of(self.contract)} master {self.period}.xlsx"

    @property
    def finance(self) -> Path:
        """The finance workbook of the period."""
        return self.out / f"Finance check {self.period}.xlsx"

    @property
    def feedback(self) -> Path:
        """The folder for scorecards and emails."""
        return self.out / "feedback"

    @property
    def letters(self) -> Path:
        """The folder for letters."""
        return self.out / "letters"

    def describe(self) -> str:
        """Describe which folder and period were taken, and why this period."""
        why = "as named" if self.is_named else "the latest that has ended"
        return f"Contract folder: {self.contract.root}. Period: {self.period}, {why}."


def find_contract_run(
    place: Path | str | None, period: Period | str | None = None, today: date | None = None
) -> ContractRun:
    """Find the contract folder at a place, None for where the user is, and settle the period.

    Raises NoContractFolder where the place is in none. A named place must be the contract folder itself: its inbox,
    named, is an inbox like any other. Raises NotAPeriod for a text that is not a period of the contract, SettingsError
    where its catalogue folder cannot be used.
    """
    contract = find_contract_folder(Path.cwd()) if place is None else _itself(place)
    if contract is None:
        raise NoContractFolder
    day = today or date.today()  # noqa: DTZ011 - the day where the officer sits
    named = parsed_period(period, contract.scheme)
    return ContractRun(contract, named or contract.scheme.last_ended(day), named is not None)


def _itself(place: Path | str) -> ContractFolder | None:
    return ContractFolder(Path(place).absolute()) if is_contract_root(Path(place)) else None


class NoContractFolder(ValueError):
    """The place is not in a contract folder; a command ends with status 2."""

    usage = True

    def __str__(self) -> str:
        """Say what to do."""
        return "This is not a contract folder. Go to one, or make one with: xlkpi new FOLDER"


def _name_of(contract: ContractFolder) -> str:
    """Name the Council as its files do: in short where that is one word. A catalogue with faults is refused later."""
    with suppress(ValueError, TypeError, OSError):
        words = load_words(contract.catalogue or SHIPPED)
        return words.council if " " in words.short else words.short
    return "Council"
