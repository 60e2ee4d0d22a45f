"""Writing Markdown: tables, and texts whose characters it would take for its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTICE = "<!-- Made from the code. Do not edit: change the code and run python scripts/regenerate.py -->"


def page(title: str, lines: Iterable[str]) -> str:
    """A page with its title, and at its top who made it."""
    return "\n".join((NOTICE, "", f"# {title}", "", *lines)).rstrip("\n") + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table, and an empty line after it."""
    cells = [header, ["---"] * len(header), *([_cell(text) for text in row] for row in rows)]
    return [*("| " + " | ".join(row) + " |" for row in cells), ""]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def plain(text: str) -> str:
    """Escape a text of the Schedule, whose stars Markdown would read as emphasis."""
    return text.replace("*", "\\*").replace("<", "&lt;")
