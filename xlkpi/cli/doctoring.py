"""``xlkpi doctor``: what is installed where, what is missing, how to mend it."""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from xlkpi.catalogue.load import load_catalogue
from xlkpi.cli.status import DONE, FIX

NEEDED = ("XlsxWriter", "openpyxl", "pandas", "pydantic", "lxml", "rich")
MAC_OFFICE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


def run(_: argparse.Namespace) -> int:
    """Print one line a part; the status is 1 where something needed is missing."""
    catalogue = load_catalogue()
    print(f"xlkpi        {version_of('xlkpi')}, catalogue {catalogue.version}, {len(catalogue.indicators)} indicators")
    print(f"Python       {platform.python_version()} at {sys.executable}")
    print(f"System       {platform.platform()}")
    missing = [name for name in NEEDED if not version_of(name)]
    for name in NEEDED:
        print(f"{name:<12} {version_of(name) or 'missing: run python3 install_addin.py demo again'}")
    print(f"LibreOffice  {office() or 'not found: needed for the tests only; install it from libreoffice.org'}")
    return FIX if missing else DONE


def version_of(package: str) -> str:
    """The installed version of a package; empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def office() -> str:
    """Where LibreOffice's program is; empty where it is not found."""
    return shutil.which("soffice") or shutil.which("libreoffice") or (str(MAC_OFFICE) if MAC_OFFICE.exists() else "")
