"""Running other programs, with an environment that leads them nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

# A Python told by these would look for modules, or put packages, outside the private environment.
MISLEADING = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__")


def run_program(command: tuple[str, ...], *, quiet: bool = False) -> int:
    """The exit status of a program; 1 where it cannot be run, 128 + the signal's number where it was killed."""
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    try:
        status = subprocess.run(command, check=False, env=environment, capture_output=quiet).returncode
    except OSError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 128 - status if status < 0 else status
