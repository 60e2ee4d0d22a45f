"""The contract's settings: readings in force, the Council's contacts, when returns are due, and finance's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pydantic import ValidationError

from xlkpi.catalogue import Catalogue, load_catalogue
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.council.finance_settings import FinanceSettings, take_finance_tables
from xlkpi.council.read_toml import read_toml
from xlkpi.council.settings_model import DAYS_TO_RETURN, SettingsFile, what_is_wrong
from xlkpi.errors import SettingsError


@dataclass(frozen=True)
class Settings:
    """What the officer sets once for all returns.

    ``as_written`` has the codes of indicators read to the letter, in the Schedule's order; every other one
    has the catalogue's effective reading. ``contacts`` are the Council's, in order (Schedule 1.0).
    ``finance`` is what the file says about the ledger and the case system.
    """

    as_written: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    send_to: str = ""
    days_to_return: int = DAYS_TO_RETURN
    finance: FinanceSettings = field(default_factory=FinanceSettings)

    def send_by(self, period: Period) -> date:
        """Return the last day on which the return of a period is on time."""
        return period.end + timedelta(days=self.days_to_return)


def read_settings(path: Path | str | None, catalogue: Catalogue | None = None) -> Settings:
    """Read the settings of a TOML file; None gives the defaults. ``catalogue`` has the indicators, None for ours.

    Raises UnreadableFile where the file cannot be read, SettingsError naming every place that says what xlkpi
    does not know: a setting passed over in silence would send out returns under the wrong reading.
    """
    if path is None:
        return Settings()
    file = Path(path)
    tables = read_toml(file)
    finance = take_finance_tables(file, tables)
    try:
        data = SettingsFile.model_validate(tables, context={"catalogue": catalogue})
    except ValidationError as problem:
        raise SettingsError(file, what_is_wrong(problem)) from problem
    council = data.council
    as_written = data.as_written(catalogue or load_catalogue())
    return Settings(as_written, council.contacts, council.send_to, council.days_to_return, finance)
