"""Running the command: as a process of its own, or in this one where only its words matter."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.house.project_files import ROOT


def xlkpi(*arguments, cwd=None, **environment):
    """The finished process; its output is text in UTF-8."""
    command = [sys.executable, "-m", "xlkpi", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd, env=env)
