"""``xlkpi doctor``: what is installed where, what is missing, how to mend it."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from xlkpi.catalogue.load import load_catalogue
from xlkpi.cli.status import DONE, FIX
from xlkpi.writing.office import find_office

NEEDED = ("XlsxWriter", "openpyxl", "pandas", "pydantic", "lxml", "rich")


def run(_: argparse.Namespace) -> int:
    """Print one line a part; the status is 1 where something needed is missing."""
    catalogue = load_catalogue()
    print(f"xlkpi        {version_of('xlkpi')}, catalogue {catalogue.version}, {len(catalogue.indicators)} indicators")
    print(f"Python       {platform.python_version()} at {sys.executable}")
    print(f"System       {platform.platform()}")
    missing = [name for name in NEEDED if not version_of(name)]
    for name in NEEDED:
        print(f"{name:<12} {version_of(name) or 'missing: run python3 install_addin.py demo again'}")
    print(f"LibreOffice  {find_office() or 'not found: needed for the tests only; install it from libreoffice.org'}")
    return FIX if missing else DONE


def version_of(package: str) -> str:
    """The installed version of a package; empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
