"""``xlkpi explain``: an indicator's definition, bands, both readings and why."""

from __future__ import annotations

import argparse

from xlkpi.catalogue.load import load_catalogue
from xlkpi.cli.exit_status import DONE
from xlkpi.cli.periods import UsageError
from xlkpi.commands.explain import explanation, unknown_indicator


def run(asked: argparse.Namespace) -> int:
    """Print the explanation of one indicator."""
    catalogue = load_catalogue()
    try:
        indicator = catalogue.find(asked.indicator)
    except KeyError:
        raise UsageError(unknown_indicator(catalogue, asked.indicator)) from None
    print(explanation(catalogue, indicator))
    return DONE
