"""The formula grids with every y up to 120, and the master with every edge under both readings: some ten minutes.

    python -m tests.by_hand.grids            LibreOffice, IronCalc, core, the functions, the master
    python -m tests.by_hand.grids -k core    what follows goes to pytest

The suite takes every x up to y = 40, and above it the y at which shares lie on an edge, and their neighbours.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRIDS = (
    "tests/judge/test_formulas_grid.py",
    "tests/judge/test_master_grid.py",
    "tests/hosts/excel/test_return_in_libreoffice.py",
)


def main(arguments: list[str]) -> int:
    """Run the tests of the grids over all of them; the status is pytest's own."""
    command = [sys.executable, "-m", "pytest", "-n", "2", *GRIDS, *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "XLKPI_WHOLE_GRID": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
