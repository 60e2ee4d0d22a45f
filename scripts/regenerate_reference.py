"""Make the reference pages of docs/reference from the code: the part ``reference`` of ``scripts/regenerate.py``.

A test compares docs/reference with what this makes, so the pages cannot say anything else than the program does.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, load_catalogue
from xlkpi.cli.finance_json import FinanceOut, PromptPaymentOut, ProviderOut
from xlkpi.cli.json_out import EntryOut, FindingOut, ReturnOut
from xlkpi.cli.main import make_parser
from xlkpi.consolidation.result import DataRow
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.lot import LOTS, Provider
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Frequency
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.council.lists.finance_columns import EXTRACT, LEDGER
from xlkpi.council.register.columns import REGISTER
from xlkpi.council.s2_decisions import S2_COLUMNS
from xlkpi.council.settings_model import Council, SettingsFile
from xlkpi.errors import Unreadable
from xlkpi.findings import Code, Severity, render
from xlkpi.layout.addresses import PLAN
from xlkpi.layout.plan import plan_return
from xlkpi.layout.plan_model import ReturnPlan, SlotKind

SCRIPTS = Path(__file__).resolve().parent
REFERENCE = SCRIPTS.parent / "docs" / "reference"
MADE = "<!-- Made from the code. Do not edit: change the code and run python scripts/regenerate.py -->"
SEVERITY_WORDS = {
    Severity.MUST_FIX: "The return is not complete until this is put right.",
    Severity.QUERY: "Correct it, or explain it in “Reason or comment”. With an explanation a query about figures"
    " becomes a note.",
    Severity.NOTE: "Good to know; nothing has to be done.",
}


def pages() -> dict[str, str]:
    """Every reference page by its file name, as the code at hand has it."""
    catalogue = load_catalogue()
    return {
        "findings.md": _page("Findings", _findings()),
        "indicators.md": _page("Indicators", _indicators(catalogue)),
        "commands.md": _page("Commands", _commands()),
        "names.md": _page("Names and columns", _names(catalogue)),
    }


def write() -> None:
    """Write the pages to docs/reference."""
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join((MADE, "", f"# {title}", "", *lines)).rstrip("\n") + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    cells = [header, ["---"] * len(header), *([_cell(text) for text in row] for row in rows)]
    return [*("| " + " | ".join(row) + " |" for row in cells), ""]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _plain(text: str) -> str:
    """A text of the Schedule, whose stars Markdown would read as emphasis."""
    return text.replace("*", "\\*").replace("<", "&lt;")


def _findings() -> Iterable[str]:
    yield "Every message that `xlkpi check` and the master can give, with made-up figures. A row of the workbook shows"
    yield "the same words while you type. The code on the left is what `--json` prints."
    yield ""
    for severity in Severity:
        yield from (f"## {severity.value.capitalize()}", "", SEVERITY_WORDS[severity], "")
        codes = [code for code in Code if code.severity is severity]
        yield from _table(("Code", "What it says"), ((f"`{c.name}`", _plain(_example(c))) for c in codes))
    yield from ("## Why a file cannot be read", "", "What `UNREADABLE` says of a file, and what to do.", "")
    rows = ((f"`{one.code}`", one.description.replace("{detail}", "…"), one.remedy) for one in Unreadable)
    yield from _table(("Reason", "The file …", "What to do"), rows)


def _example(code: Code) -> str:
    facts = tomllib.loads((SCRIPTS / "regenerate_examples.toml").read_text(encoding="utf-8"))
    return render(code, {**facts["any"], **facts["own"].get(code.name, {})})


def _indicators(catalogue: Catalogue) -> Iterable[str]:
    yield f"Catalogue {catalogue.version}: the {len(catalogue.indicators)} indicators of the Schedule, word for word."
    yield "A star stands for “in reporting period”. The bands are those in force; where the Schedule can be read in two"
    yield "ways, see [the readings](#readings)."
    yield ""
    header = ("Code", "What is measured", "x counts", "y counts", "Green", "Amber", "Red", "Reported", "Measured by")
    for section in catalogue.sections:
        lots = f"lots {', '.join(section.lots)}" if set(section.lots) <= set(LOTS) else "providers with transport"
        yield from (f"## {section.title}", "", f"{section.heading}; {lots if section.lots else 'all lots'}.", "")
        yield from _table(header, (_indicator(one) for one in catalogue.of_section(section.key)))
    yield from ("## Readings", "", "Where the Schedule contradicts itself. “As KCC reads it” is in force unless the")
    yield from ("officer's settings say `as written`.", "")
    differing = [one for one in catalogue.indicators.values() if one.why]
    rows = ((one.code, *_differences(one.written, one.effective), one.why) for one in differing)
    header = ("Code", "As written", "As KCC reads it", "Why")
    yield from _table(header, ([_plain(cell) for cell in row] for row in rows))
    yield from _relations(catalogue)


def _indicator(one: Indicator) -> Sequence[str]:
    now = one.effective
    bands = [now.green, now.amber, now.red] if now.bands else ["–", "–", "–"]
    texts = [one.description, now.x, now.y, *bands, now.frequency.value, one.measured]
    return [f"`{one.code}`", *(_plain(text) for text in texts)]


def _differences(written: Definition, effective: Definition) -> tuple[str, str]:
    """What each of two readings says where the other says something else."""
    both = (_parts(written), _parts(effective))
    differing = [what for what, text in both[0].items() if text != both[1][what]]
    first, second = ("; ".join(f"{what} {parts[what]}" for what in differing) for parts in both)
    return first, second


def _parts(one: Definition) -> Mapping[str, str]:
    often = "not stated: open in every return" if one.frequency is Frequency.OPEN else one.frequency.value
    bands = {what: getattr(one, what) for what in ("green", "amber", "red")}
    return {"outturn": one.outturn.value, **bands, "y": one.y, "reported": often}


def _relations(catalogue: Catalogue) -> Iterable[str]:
    found = catalogue.relations
    yield from ("## Figures that belong together", "", "A return in which they disagree gets a query.", "")
    rows = [("have the same y", ", ".join(group.indicators), group.counts) for group in found.same_y]
    rows += [("their x add up to y at most", ", ".join(group.indicators), group.because) for group in found.x_sums]
    part = "x of the first is at most x of the second"
    rows += [(part, f"{one.part}, {one.whole}", one.because) for one in found.x_parts]
    yield from _table(("Rule", "Indicators", "Because"), rows)


def _commands() -> Iterable[str]:
    parser = make_parser()
    yield from ("What the program does is on stdout, progress and remarks are on stderr.", "")
    statuses = (("0", "nothing to fix"), ("1", "something must be fixed; the output was still written"))
    statuses += (("2", "the command was not understood"), ("3", "a file that was named could not be read at all"))
    statuses += (("4", "an output could not be written; what stood there before is untouched"),)
    statuses += (("130, 143", "stopped with Ctrl-C, or told to end; likewise untouched"),)
    yield from ("## Exit status", "", *_table(("Status", "Meaning"), statuses))
    for name, command in _sub_commands(parser).items():
        yield from (f"## xlkpi {name}", "", f"{_capital(str(command.description))}.", "")
        yield from ("```", f"xlkpi {name} {_usage(command)}".rstrip(), "```", "")
        rows = [(f"`{_spelt(one)}`", _told(one)) for one in _arguments(command)]
        yield from _table(("Argument", "What it is"), rows) if rows else ()
    yield from ("## check --json", "", "A list with one object a file.", "")
    for title, model in (("a file", ReturnOut), ("an entry", EntryOut), ("a finding", FindingOut)):
        yield f"- {title}: {', '.join(f'`{field}`' for field in model.model_fields)}"
    yield from ("", "## finance --json", "", "One object.", "")
    for title, out in (("the document", FinanceOut), ("a provider", ProviderOut), ("prompt_payment", PromptPaymentOut)):
        keys = (field.serialization_alias or name for name, field in out.model_fields.items())
        yield f"- {title}: {', '.join(f'`{key}`' for key in keys)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sub_commands(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    chosen = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return chosen.choices


def _arguments(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in command._actions if not isinstance(action, argparse._HelpAction)]


def _spelt(action: argparse.Action) -> str:
    name = "|".join(map(str, action.choices)) if action.choices else str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return f"{name}..." if action.nargs == "+" else name
    return action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {name}"


def _usage(command: argparse.ArgumentParser) -> str:
    words = ((_spelt(one), one.required and one.nargs != "?") for one in _arguments(command))
    return " ".join(word if required else f"[{word}]" for word, required in words)


def _told(action: argparse.Action) -> str:
    text = action.help or "the return files, .xlsx"
    default = action.default if isinstance(action.default, str) else ""
    return f"{text} (default: {default})" if default else text


def _names(catalogue: Catalogue) -> Iterable[str]:
    everyone = Provider("P001", "A provider", lots=LOTS, transport=True)
    plan = plan_return(catalogue, everyone, Period(2026, 4))
    yield "What other programs may rely on: cells are found by these names, never by their addresses."
    yield from ("", "## Sheets of a return", "", "A return has the sheets of the lots its provider holds.", "")
    yield from _table(("Sheet", "Shown"), ((s.name, "hidden" if s.hidden else "yes") for s in plan.sheets))
    yield from _defined_names(plan, catalogue)
    yield from ("## Columns of the register", "", "CSV or .xlsx, one row a provider.", "")
    yield from _table(
        ("Column", "Needed"), ((f"`{c}`", "yes" if c in REGISTER.required else "") for c in REGISTER.names)
    )
    yield from ("## Settings", "", "The file `xlkpi.toml` beside the register.", "")
    rows = [(f"`[{table}]`", "an indicator's code") for table in SettingsFile.model_fields if table != "council"]
    rows += [("`[council]`", f"`{key}`") for key in Council.model_fields]
    yield from _table(("Table", "Setting"), rows)
    yield from _finance_names()
    yield from ("## Columns of the master's sheet Data", "", "One row an entry.", "")
    yield from (f"{number}. `{field.name}`" for number, field in enumerate(fields(DataRow), start=1))


def _finance_names() -> Iterable[str]:
    header = ("Column", "Needed")
    for title, columns, one in (
        ("the invoice ledger", LEDGER, "invoice"),
        ("the case-system extract", EXTRACT, "indicator of a provider and period"),
        ("the list of S2 decisions", S2_COLUMNS, "decision"),
    ):
        yield from (f"## Columns of {title}", "", f"CSV or .xlsx, one row an {one}.".replace("an dec", "a dec"), "")
        yield from _table(header, ((f"`{name}`", "yes" if name in columns.required else "") for name in columns.names))
    yield from ("## Settings of the finance check", "", "The file `xlkpi-ledger.toml` beside the ledger.", "")
    yield from _table(("Setting", "Without it"), _finance_settings())


def _finance_settings() -> Iterable[Sequence[str]]:
    for name, field in FinanceSettings.model_fields.items():
        table = field.default_factory is not None
        yield (f"`[{name}]`" if table else f"`{name}`", "empty" if table else str(field.default))


def _defined_names(plan: ReturnPlan, catalogue: Catalogue) -> Iterable[str]:
    kinds = {SlotKind.LIVE: "worked out", SlotKind.INPUT: "typed in", SlotKind.STAMPED_INPUT: "typed in"}
    slugs = {one.slug for one in catalogue.indicators.values()}
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
    yield from ("", *_table(header, each.values()))
    yield from ("## Names of the whole return", "", *_table(header, once))


if __name__ == "__main__":
    write()
