"""``xlkpi explain``: an indicator's definition, bands, both readings and why."""

from __future__ import annotations

import argparse

from xlkpi.catalogue.load import load_catalogue
from xlkpi.cli.arguments import UsageError
from xlkpi.cli.terminal import DONE
from xlkpi.commands.explain import explanation, unknown_indicator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi explain``."""
    parser.add_argument("indicator", help='the whole code, as "KPI S2"')


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of one indicator."""
    catalogue = load_catalogue()
    try:
        indicator = catalogue.find(arguments.indicator)
    except KeyError:
        raise UsageError(unknown_indicator(catalogue, arguments.indicator)) from None
    print(explanation(catalogue, indicator))
    return DONE
