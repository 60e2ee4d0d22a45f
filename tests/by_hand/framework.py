"""A framework of 60 providers over three years, on files: what is open, which step and why, quarter after quarter.

    python -m tests.by_hand.framework                       60 providers, 12 quarters; some 15 minutes
    python -m tests.by_hand.framework --copies 1 --quarters 4

Every quarter the returns are built, filled in and sent. Then master, letters, status and feedback must say what the
hand-written table of tests/performance/framework_stories.py says; the master of every other quarter the same; masters
without a return the same; and the same files, on the same day, must give the same bytes. Status 1 for any fault.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.performance.framework_checks import After
from tests.performance.framework_files import Framework
from tests.performance.framework_stories import QUARTERS


def main() -> int:
    """Play every quarter, and print each fault and how many checks of which kind were made."""
    parser = argparse.ArgumentParser(prog="python -m tests.by_hand.framework", description="Three years on files.")
    parser.add_argument("--copies", type=int, default=4, help="providers per story")
    parser.add_argument("--quarters", type=int, default=len(QUARTERS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.update(
            XLKPI_LOG=f"{scratch}/log",
            XLKPI_OUTPUTS=f"{scratch}/outputs",
            XLKPI_CACHE=f"{scratch}/cache",
            XLKPI_KEY="off",
        )
        framework = Framework(Path(scratch, "contract"), options.copies)
        framework.begin()
        faults = sum(play(framework, quarter, Path(scratch)) for quarter in range(1, options.quarters + 1))
        returns = sum(1 for _ in framework.contract.inbox.rglob("*.xlsx"))
    print(f"{len(framework.members)} providers, {options.quarters} quarters, {returns} returns, {faults} faults")
    return 1 if faults else 0


def play(framework: Framework, quarter: int, scratch: Path) -> int:
    """Play one quarter and check everything; how many faults there are."""
    began = time.process_time()
    framework.play(quarter)
    after = After(framework, quarter)
    faults = [*after.faults()]
    earlier = QUARTERS[: quarter - 1]
    for period in earlier:
        faults += after.faults_of_another_screen(period)
    faults += after.faults_of_same_bytes()
    if quarter % 4 == 0:
        faults += after.faults_of_same_bytes("--no-cache")
    masters = [After(framework, number).own_master for number in range(1, quarter + 1)]
    faults += after.faults_of_masters_alone(masters, scratch)
    for fault in faults:
        print(f"FAULT: {fault}")
    took = time.process_time() - began
    print(
        f"{after.period}: {len(after.open)} open, {1 + len(earlier)} masters; {len(faults)} faults; {took:.0f} s",
        flush=True,
    )
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
