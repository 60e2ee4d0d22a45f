"""The reference page of findings: every message, with made-up facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from markdown_tables import plain, table

from xlkpi.errors import Unreadable
from xlkpi.findings import Code, Severity, render

EXAMPLES = Path(__file__).with_name("reference_examples.toml")
SEVERITY_WORDS = {
    Severity.MUST_FIX: "The return is not complete until this is fixed.",
    Severity.QUERY: "Correct it, or explain it in “Reason or comment”. With an explanation a query about figures"
    " becomes a note.",
    Severity.NOTE: "Good to know; nothing has to be done.",
}


def findings_page() -> Iterable[str]:
    """Yield the page's lines."""
    yield "Every message that `xlkpi check` and the master can give, with made-up figures. A row of the workbook shows"
    yield "the same words while you type. The code on the left is what `--json` prints."
    yield ""
    for severity in Severity:
        yield from (f"## {severity.value.capitalize()}", "", SEVERITY_WORDS[severity], "")
        codes = [code for code in Code if code.severity is severity]
        yield from table(("Code", "What it says"), ((f"`{code.name}`", plain(_example(code))) for code in codes))
    yield from ("## Why a file cannot be read", "", "What `UNREADABLE` says about a file, and what to do.", "")
    rows = ((f"`{reason.code}`", reason.description.replace("{detail}", "…"), reason.remedy) for reason in Unreadable)
    yield from table(("Reason", "The file …", "What to do"), rows)


def _example(code: Code) -> str:
    facts = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))
    try:
        return render(code, {**facts["any"], **facts["own"].get(code.name, {})})
    except KeyError as missing:
        message = f"The message {code.name} needs a made-up {missing}: add it to scripts/{EXAMPLES.name}."
        raise RuntimeError(message) from missing
