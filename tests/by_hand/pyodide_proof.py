"""The wheel and the code for xlwings Lite in Pyodide, the Python it runs on: every result as this Python gives it.

    npm install pyodide                          # here, or where XLKPI_NODE_MODULES says; it needs node
    python -m tests.by_hand.pyodide_proof

Compares the digest of the grid, the findings of every sample return, and the results of the code for arguments in
every shape. Ends with status 1 if one differs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.hosts.lite import lite_cases
from tests.house.project_files import ROOT
from tests.judge.packages.other_judges import node_modules
from xlkpi.hosts.lite.build_starters import CODE
from xlkpi.hosts.lite.build_wheel import wheel_bytes, wheel_name

RUNNER = Path(__file__).with_name("pyodide_run.mjs")
PROGRAM = """
import json, sys, time, zipfile
from pathlib import Path

started = time.monotonic()
zipfile.ZipFile("/inputs/{wheel}").extractall("/wheel")
sys.path[:0] = ["/wheel", "/inputs"]
import lite_cases

told = {{"python": sys.version.split()[0], "grid": lite_cases.grid()}}
told["seconds of grid"] = round(time.monotonic() - started, 1)
started = time.monotonic()
samples = {{path.name: path.read_bytes() for path in sorted(Path("/inputs").glob("*.xls[xm]"))}}
told["findings"] = lite_cases.findings(samples)
told["seconds per return"] = round((time.monotonic() - started) / len(samples), 2)
with lite_cases.loaded(Path("/inputs/{code}").read_text(encoding="utf-8")) as names:
    told["shapes"] = lite_cases.shapes(names)
print(json.dumps(told))
"""


def main() -> int:
    """Run the proof; 0 when everything is the same, 1 when something differs, 2 when Pyodide is not here."""
    folder = node_modules() / "pyodide"
    if not shutil.which("node") or not (folder / "pyodide.mjs").is_file():
        print(f"There is no Pyodide in {folder}, or no node. Run: npm install pyodide", file=sys.stderr)
        return 2
    samples = {path.name: path.read_bytes() for path in sorted((ROOT / "workbooks/inbox").rglob("*.xls[xm]"))}
    there = run_in_pyodide(folder, samples)
    here = {"grid": lite_cases.grid(), "findings": json.loads(json.dumps(lite_cases.findings(samples)))}
    with lite_cases.loaded((ROOT / "udfs/lite" / CODE).read_text(encoding="utf-8")) as names:
        here["shapes"] = json.loads(json.dumps(lite_cases.shapes(names)))
    differing = [part for part, wanted in here.items() if there[part] != wanted]
    print(f"Python {there['python']} in Pyodide, {sys.version.split()[0]} here.")
    print(f"{there['grid']['results']:,} results of the grid in {there['seconds of grid']} s; {len(samples)} returns,")
    count = sum(len(finding[0]) for finding in there["findings"].values())
    print(f"{count} findings, {there['seconds per return']} s per return.")
    print(f"Different: {', '.join(differing)}." if differing else "Everything is the same.")
    return int(bool(differing))


def run_in_pyodide(folder: Path, samples: dict[str, bytes]) -> Any:
    """What the cases give there."""
    with tempfile.TemporaryDirectory() as scratch:
        inputs = Path(scratch)
        for name, content in samples.items():
            (inputs / name).write_bytes(content)
        (inputs / wheel_name()).write_bytes(wheel_bytes())
        shutil.copy(ROOT / "udfs/lite" / CODE, inputs)
        shutil.copy(lite_cases.__file__, inputs)
        (inputs / "program.py").write_text(PROGRAM.format(wheel=wheel_name(), code=CODE), encoding="utf-8")
        started = time.monotonic()
        command = ["node", str(RUNNER), str(folder.resolve()), str(inputs)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=dict(os.environ))
        print(f"{time.monotonic() - started:.0f} s with the start of Pyodide.")
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
