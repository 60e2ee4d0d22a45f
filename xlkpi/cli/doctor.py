"""``xlkpi doctor``: check the installation and suggest fixes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import xlkpi
from xlkpi.cli.terminal import DONE, FIX
from xlkpi.hosts.registry import HOSTS
from xlkpi.installer.doctor import doctor


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Add no arguments: ``xlkpi doctor`` looks at this installation."""


def run(_: argparse.Namespace) -> int:
    """Print what ``install_addin.py doctor`` prints; the status is 1 where something must be fixed.

    Where nothing is installed, as on a developer's machine, it checks the Python that runs it.
    """
    examination = doctor(Path(xlkpi.__file__).resolve().parents[1], HOSTS, python=Path(sys.executable))
    for line in examination.lines():
        print(line)
    return DONE if examination.healthy else FIX
