"""``xlkpi sbom``: every package beside xlkpi, as a bill of materials for an auditor, or as a list of licences."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlkpi.cli.arguments import add_overwrite_option
from xlkpi.cli.terminal import DONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi sbom``."""
    parser.add_argument("--licences", action="store_true", help="print a list of packages and licences instead")
    parser.add_argument("--out", metavar="FILE", help="write the document to a file instead of printing it")
    add_overwrite_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the bill of materials in the form CycloneDX 1.6, or the licences, or write either to a file."""
    from xlkpi.commands.sbom import bill_of_materials, installed_packages
    from xlkpi.writing.own_outputs import OutputWriter

    packages = installed_packages()
    if arguments.licences:
        text = "".join(f"{package.name} {package.version}: {package.licence}\n" for package in packages)
    else:
        text = bill_of_materials(packages)
    if arguments.out is None:
        print(text, end="")
        return DONE
    written = OutputWriter(overwrite=arguments.overwrite).write(Path(arguments.out), text.encode())
    print(f"Wrote {written}: {len(packages)} packages.")
    return DONE
