"""The reference page of commands: arguments, exit statuses and the JSON they print."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping

from markdown_tables import table
from pydantic import BaseModel

from xlkpi.cli.finance_json import FinanceOut, PromptPaymentOut, ProviderOut
from xlkpi.cli.json_out import EntryOut, FindingOut, ReturnOut
from xlkpi.cli.main import make_parser

JSON: Mapping[str, tuple[str, Mapping[str, type[BaseModel]]]] = {
    "check": ("A list with one object per file.", {"a file": ReturnOut, "an entry": EntryOut, "a finding": FindingOut}),
    "finance": (
        "One object.",
        {"the document": FinanceOut, "a provider": ProviderOut, "prompt_payment": PromptPaymentOut},
    ),
}
"""What ``--json`` prints: by command the shape of the whole, and the objects in it."""
STATUSES = (
    ("0", "nothing to fix"),
    ("1", "something must be fixed; the output was still written"),
    ("2", "the command was not understood"),
    ("3", "a file that was named could not be read at all"),
    ("4", "an output could not be written; what was there before is untouched"),
    ("130, 143", "stopped with Ctrl-C, or ended from outside; likewise untouched"),
)


def commands_page() -> Iterable[str]:
    """Yield the page's lines."""
    parser = make_parser()
    yield from ("What the program does is on stdout, progress and remarks are on stderr.", "")
    yield from ("## Exit status", "", *table(("Status", "Meaning"), STATUSES))
    for name, command in _sub_commands(parser).items():
        yield from (f"## xlkpi {name}", "", f"{_capital(str(command.description))}.", "")
        yield from ("```", f"xlkpi {name} {_usage(command)}".rstrip(), "```", "")
        rows = [(f"`{_argument(action)}`", _description(action)) for action in _arguments(command)]
        yield from table(("Argument", "What it is"), rows) if rows else ()
    for name, (content, models) in JSON.items():
        yield from (f"## {name} --json", "", content, "", *(_keys(title, model) for title, model in models.items()), "")


def _keys(title: str, model: type[BaseModel]) -> str:
    keys = (field.serialization_alias or name for name, field in model.model_fields.items())
    return f"- {title}: {', '.join(f'`{key}`' for key in keys)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sub_commands(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    chosen = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return chosen.choices


def _arguments(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in command._actions if not isinstance(action, argparse._HelpAction)]


def _argument(action: argparse.Action) -> str:
    name = "|".join(map(str, action.choices)) if action.choices else str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return f"{name}..." if action.nargs == "+" else name
    return action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {name}"


def _usage(command: argparse.ArgumentParser) -> str:
    words = ((_argument(action), action.required and action.nargs != "?") for action in _arguments(command))
    return " ".join(word if required else f"[{word}]" for word, required in words)


def _description(action: argparse.Action) -> str:
    text = action.help or "the return files, .xlsx"
    default = action.default if isinstance(action.default, str) else ""
    return f"{text} (default: {default})" if default else text
