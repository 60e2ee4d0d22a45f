"""The reference page of names: what other programs may rely on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markdown_tables import table

from xlkpi.catalogue.load import Catalogue, terms_of
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council.decisions.log_row import LOG_COLUMNS, READ_COLUMNS
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.council.lists.finance_columns import EXTRACT, LEDGER
from xlkpi.council.register.register_columns import REGISTER
from xlkpi.council.settings_model import CouncilTable, SettingsFile
from xlkpi.layout.addresses import PLAN
from xlkpi.layout.plan import plan_return
from xlkpi.layout.plan_model import ReturnPlan, SlotKind
from xlkpi.sheets.master.data import DATA_COLUMNS


def names_page(catalogue: Catalogue) -> Iterable[str]:
    """Yield the page's lines."""
    everyone = Provider("P001", "A provider", lots=terms_of(catalogue).lots, transport=True)
    plan = plan_return(catalogue, everyone, Period(2026, 4))
    yield "What other programs may rely on: cells are found by these names, never by their addresses."
    yield from ("", "## Sheets of a return", "", "A return has the sheets of its provider's lots.", "")
    yield from table(("Sheet", "Shown"), ((sheet.name, "hidden" if sheet.hidden else "yes") for sheet in plan.sheets))
    yield from _defined_names(plan, catalogue)
    yield from ("## Columns of the register", "", "CSV or .xlsx, one row per provider.", "")
    yield from table(
        ("Column", "Needed"), ((f"`{name}`", "yes" if name in REGISTER.required else "") for name in REGISTER.names)
    )
    yield from ("## Settings", "", "The file `xlkpi.toml` beside the register.", "")
    rows = [(f"`[{table}]`", "an indicator's code") for table in SettingsFile.model_fields if table != "council"]
    rows += [("`[council]`", f"`{key}`") for key in CouncilTable.model_fields]
    yield from table(("Table", "Setting"), rows)
    yield from _finance_names()
    yield from ("## Columns of the master's sheet Data", "", "One row per entry.", "")
    yield from (f"{number}. `{column.header}`" for number, column in enumerate(DATA_COLUMNS, start=1))


def _finance_names() -> Iterable[str]:
    header = ("Column", "Needed")
    for title, columns, subject in (
        ("the invoice ledger", LEDGER, "invoice"),
        ("the case-system extract", EXTRACT, "indicator of a provider and period"),
        ("the log of decisions", replace(READ_COLUMNS, names=LOG_COLUMNS), "decision"),
    ):
        yield from (f"## Columns of {title}", "", f"CSV or .xlsx, one row per {subject}.", "")
        yield from table(header, ((f"`{name}`", "yes" if name in columns.required else "") for name in columns.names))
    where = "In `xlkpi.toml`, with the numbers under `[finance]`; or in `xlkpi-ledger.toml` beside the ledger."
    yield from ("## Settings of the finance check", "", where, "")
    yield from table(("Setting", "Without it"), _finance_settings())


def _finance_settings() -> Iterable[Sequence[str]]:
    for name, field in FinanceSettings.model_fields.items():
        table = field.default_factory is not None
        yield (f"`[{name}]`" if table else f"`{name}`", "empty" if table else str(field.default))


def _defined_names(plan: ReturnPlan, catalogue: Catalogue) -> Iterable[str]:
    kinds = {SlotKind.LIVE: "recalculated", SlotKind.INPUT: "typed in", SlotKind.STAMPED_INPUT: "typed in"}
    slugs = {indicator.slug for indicator in catalogue.indicators.values()}
    each: dict[str, Sequence[str]] = {}
    once = []
    for name, (sheet, slot) in plan.named().items():
        owner, _, part = name.partition(".")
        content = kinds.get(slot.kind, "fixed")
        if owner in slugs:
            where = "Action plan (KPIs only)" if sheet == PLAN else "its section"
            each.setdefault(part, (f"`CODE.{part}`", where, content))
        else:
            once.append((f"`{name}`", sheet, content))
    header = ("Name", "Sheet", "Content")
    yield from ("## Names of an indicator's cells", "")
    yield "The part before the dot is the code with `_` for the space: `KPI_S4a.x`, `INFO_W1.comment`."
    yield from ("", *table(header, each.values()))
    yield from ("## Names of the whole return", "", *table(header, once))
