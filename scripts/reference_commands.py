"""The reference page of commands: arguments, exit statuses and the JSON they print."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from markdown_tables import table
from pydantic import BaseModel

from xlkpi.cli.json_check import EntryOut, FindingOut, ReturnOut
from xlkpi.cli.json_consolidate import ConsolidationOut, ListFindingOut
from xlkpi.cli.json_escalate import ClosedMatterOut, EscalationOut, OpenMatterOut, StepOut
from xlkpi.cli.json_feedback import FeedbackOut, ProviderFeedbackOut
from xlkpi.cli.json_finance import FinanceOut, PromptPaymentOut, ProviderOut
from xlkpi.cli.json_status import StatusOut, TaskOut
from xlkpi.cli.main import make_parser

JSON: Mapping[str, tuple[str, Mapping[str, type[BaseModel]]]] = {
    "check": ("A list with one object per file.", {"A file": ReturnOut, "An entry": EntryOut, "A finding": FindingOut}),
    "consolidate": ("One object.", {"The document": ConsolidationOut, "A finding in `lists`": ListFindingOut}),
    "finance": (
        "One object.",
        {"The document": FinanceOut, "A provider": ProviderOut, "`prompt_payment`": PromptPaymentOut},
    ),
    "feedback": ("One object.", {"The document": FeedbackOut, "A provider": ProviderFeedbackOut}),
    "escalate": (
        "One object.",
        {
            "The document": EscalationOut,
            "A matter": OpenMatterOut,
            "A step": StepOut,
            "A closed matter": ClosedMatterOut,
        },
    ),
    "status": ("One object.", {"The document": StatusOut, "A task": TaskOut}),
}
"""What ``--json`` prints: by command the shape of the whole, and the objects in it."""
STATUSES = (
    ("0", "nothing to fix"),
    ("1", "something must be fixed; the output was still written"),
    ("2", "the command was not understood"),
    ("3", "a file that was named could not be read at all"),
    ("4", "an output could not be written; what was there before is untouched"),
    ("70", "a fault of the program itself; the log has the details"),
    ("130, 143", "stopped with Ctrl-C, or ended from outside; likewise untouched"),
)


def commands_page() -> Iterable[str]:
    """Yield the page's lines."""
    parser = make_parser()
    yield from ("What the program does is on stdout, progress and remarks are on stderr.", "")
    yield from ("## Exit status", "", *table(("Status", "Meaning"), STATUSES))
    for name, command in _sub_commands(parser).items():
        yield from (f"## xlkpi {name}", "", str(command.description), "")
        yield from ("```", f"xlkpi {name} {_usage(command)}".rstrip(), "```", "")
        rows = [(f"`{_argument(action)}`", _description(action)) for action in _arguments(command)]
        yield from table(("Argument", "What it is"), rows) if rows else ()
    for name, (content, models) in JSON.items():
        yield from (f"## {name} --json", "", content, "")
        for title, model in models.items():
            yield from (f"### {title}", "", " ".join((model.__doc__ or "").split()), "", *_keys(model))


def _keys(model: type[BaseModel]) -> list[str]:
    """Make the table of a model's keys: its JSON schema says what each contains."""
    keys = model.model_json_schema(mode="serialization")["properties"]
    rows = ((f"`{key}`", _type(facts), str(facts.get("description", ""))) for key, facts in keys.items())
    return table(("Key", "Type", "What it is"), rows)


def _type(facts: Mapping[str, Any]) -> str:
    if "anyOf" in facts:
        return " or ".join(map(_type, facts["anyOf"]))
    if "enum" in facts:
        return ", ".join(f"“{word}”" for word in facts["enum"])
    if facts.get("type") == "array":
        return f"list of {_type(facts['items'])}"
    words = {"string": "text", "integer": "whole number", "number": "number", "null": "null"}
    return words.get(str(facts.get("type")), "object")


def _sub_commands(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    chosen = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return chosen.choices


def _arguments(command: argparse.ArgumentParser) -> list[argparse.Action]:
    hidden = argparse.SUPPRESS  # an earlier name of an option, which is still understood
    return [a for a in command._actions if not isinstance(a, argparse._HelpAction) and a.help != hidden]


def _argument(action: argparse.Action) -> str:
    name = "|".join(map(str, action.choices)) if action.choices else str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return f"{name}..." if action.nargs == "+" else name
    return action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {name}"


def _usage(command: argparse.ArgumentParser) -> str:
    words = ((_argument(action), action.required and action.nargs != "?") for action in _arguments(command))
    return " ".join(word if required else f"[{word}]" for word, required in words)


def _description(action: argparse.Action) -> str:
    text = action.help or ""
    default = action.default if isinstance(action.default, str) else ""
    return f"{text} (default: {default})" if default else text
