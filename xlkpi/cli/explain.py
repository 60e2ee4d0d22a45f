"""``xlkpi explain``: an indicator's definition, bands, both readings and why."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, load_catalogue
from xlkpi.cli.arguments import UsageError
from xlkpi.cli.terminal import DONE
from xlkpi.commands.explain import explanation, unknown_indicator
from xlkpi.core.contract_places import find_contract_root


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi explain``."""
    parser.add_argument("indicator", help="the whole code, as the return shows it")


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation of one indicator."""
    catalogue = _catalogue()
    try:
        indicator = catalogue.find(arguments.indicator)
    except KeyError:
        raise UsageError(unknown_indicator(catalogue, arguments.indicator)) from None
    print(explanation(catalogue, indicator))
    return DONE


def _catalogue() -> Catalogue:
    """Load the catalogue of the contract folder we are in, else ours; nothing heavy is loaded for ours."""
    if find_contract_root(Path().absolute()) is None:
        return load_catalogue()
    from xlkpi.council import terms_near

    return terms_near(Path().absolute()).in_force()
