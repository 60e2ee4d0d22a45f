"""``xlkpi doctor``: what is installed where, what is missing, how to mend it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import xlkpi
from xlkpi.cli.exit_status import DONE, FIX
from xlkpi.installer.doctor import doctor


def run(_: argparse.Namespace) -> int:
    """Print what ``install_addin.py doctor`` prints; the status is 1 where something must be mended.

    Where nothing is installed, as on a developer's machine, this very Python is looked at.
    """
    found = doctor(Path(xlkpi.__file__).resolve().parents[1], python=Path(sys.executable))
    for line in found.lines():
        print(line)
    return DONE if found.healthy else FIX
