"""The pages of docs/reference, made from the code: the part ``reference`` of scripts/regenerate.py.

A test compares docs/reference with what this makes, so the pages cannot say anything else than the program does.
"""

from __future__ import annotations

from markdown_tables import page
from reference_commands import commands_page
from reference_findings import findings_page
from reference_indicators import indicators_page
from reference_names import names_page

from xlkpi.catalogue.load import load_catalogue


def reference_pages() -> dict[str, str]:
    """Every reference page by its file name, as the code at hand has it."""
    catalogue = load_catalogue()
    return {
        "findings.md": page("Findings", findings_page()),
        "indicators.md": page("Indicators", indicators_page(catalogue)),
        "commands.md": page("Commands", commands_page()),
        "names.md": page("Names and columns", names_page(catalogue)),
    }
