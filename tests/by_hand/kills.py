"""Kill each command at random moments: inputs are as they were, outputs whole, and nothing is taken twice.

    python -m tests.by_hand.kills 200                 by turns of every command; some twenty minutes
    python -m tests.by_hand.kills 20 --seed 7 --only consolidate,decide

After a kill every input has the bytes it had, and every output is the old one or the new one, to the byte. The command
then runs again to its end, and leaves exactly what a run that nobody killed leaves.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.corpus.many_returns import filled, providers
from tests.installer.made_up_machine import World
from tests.installer.situations import only_files, ours

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
RETURNS = 6
INSTALL = """
import sys
from pathlib import Path
from tests.installer.made_up_machine import World
sys.exit(World.again(Path(sys.argv[1]), "linux", sys.argv[2]).run("install"))
"""
Files = Mapping[str, str]


COMMON = ("--register", "register.csv", "--out")
COMMANDS = {
    "build": ("build", "register.csv", "--period", "2026-27 Q3", "--out", "out"),
    "annotate": ("check", "in/*.xlsx", "--annotate", "out"),
    "consolidate": ("consolidate", "in", "--data", "out/data", "--as-of", "2026-11-24", *COMMON, "out/m.xlsx"),
    "finance": ("finance", "in", "--ledger", "ledger.csv", *COMMON, "out/f.xlsx"),
    "feedback": ("feedback", "in", "--without-pdf", *COMMON, "out"),
    "decide": ("decide", "in", "r1.xlsx", "--set-aside", "--why", "a draft", "--who", "Ann"),
}


class Wrong(AssertionError):
    """A kill did harm."""


def main() -> int:
    """Kill as often as asked for; status 1 where a kill did harm."""
    parser = argparse.ArgumentParser(prog="python -m tests.by_hand.kills", description="Kill commands at work.")
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1, help="other moments")
    parser.add_argument("--only", default="", help="commands, with commas between them")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else [*COMMANDS, "install"]
    chance, done, harmed = Random(options.seed), Counter[str](), 0
    with tempfile.TemporaryDirectory() as scratch:
        trials = {name: _trial(Path(scratch, name), name) for name in names}
        for number in range(options.kills):
            name = names[number % len(names)]
            try:
                done[f"{name}: {trials[name](chance)}"] += 1
            except Wrong as problem:
                harmed += 1
                print(f"kill {number} of {name}: {problem}", file=sys.stderr, flush=True)
    for what, count in sorted(done.items()):
        print(f"{count:5} {what}")
    print(f"{options.kills} kills, {harmed} did harm")
    return 1 if harmed else 0


def _trial(folder: Path, name: str) -> Callable[[Random], str]:
    folder.mkdir()
    return _install_trial(folder) if name == "install" else _command_trial(folder, COMMANDS[name])


def _command_trial(folder: Path, command: tuple[str, ...]) -> Callable[[Random], str]:
    """Run once without a kill, to know what is right and how long it takes; give what kills and judges."""
    start, desk = folder / "start", folder / "desk"
    _fill(start)
    words = [sys.executable, "-m", "xlkpi", *command]
    shutil.copytree(start, desk)
    took = _run(words, desk, folder, None)
    right, inputs = _files(desk), _files(start)
    outputs = {name: digest for name, digest in right.items() if inputs.get(name) != digest}
    if not outputs:
        raise SystemExit(f"{command[0]} wrote nothing")

    def trial(chance: Random) -> str:
        shutil.rmtree(desk)
        shutil.rmtree(folder / "own/fresh", ignore_errors=True)
        shutil.copytree(start, desk)
        _run(words, desk, folder, chance.uniform(0, 1.1 * took))
        left = _files(desk)
        _judge(left, inputs, outputs)
        whole = sum(left.get(name) == digest for name, digest in outputs.items())
        if command[0] == "decide" and whole:
            return "all was written"  # to decide again is another decision
        _run(words, desk, folder, None)
        again = {name: digest for name, digest in _files(desk).items() if not _is_unfinished(name)}
        if again != right:
            raise Wrong(f"run again, it leaves {_differences(right, again)}")
        return "all was written" if whole == len(outputs) else "some was written" if whole else "nothing was written"

    return trial


def _judge(left: Files, inputs: Files, outputs: Files) -> None:
    for name, digest in inputs.items():
        if left.get(name) not in (digest, outputs.get(name)):
            raise Wrong(f"the input {name} is changed")
    for name, digest in left.items():
        if name not in inputs and not _is_unfinished(name) and outputs.get(name) != digest:
            raise Wrong(f"{name} is neither whole nor one of its outputs")


def _is_unfinished(name: str) -> bool:
    """Whether a file is one that was being written, under a name that nobody takes for an output."""
    last = name.rpartition("/")[2]
    return last.startswith((".", "~")) or last.endswith((".tmp", ".lock"))


def _install_trial(folder: Path) -> Callable[[Random], str]:
    """The installer on a made-up machine: after a kill and another run, what a whole run leaves."""
    world = World(folder / "world", "linux")
    start = folder / "start"
    words = [sys.executable, "-c", INSTALL, str(world.folder), world.version]
    before = only_files(ours(world))
    shutil.copytree(world.folder, start, symlinks=True)
    took = _run(words, ROOT, folder, None)
    right = only_files(ours(world))

    def trial(chance: Random) -> str:
        shutil.rmtree(world.folder)
        shutil.copytree(start, world.folder, symlinks=True)
        _run(words, ROOT, folder, chance.uniform(0, 1.1 * took))
        after = only_files(ours(world))
        _run(words, ROOT, folder, None)
        again = only_files(ours(world))
        if again != right:
            raise Wrong(f"run again, it leaves {sorted(again[0].keys() ^ right[0].keys()) or 'other contents'}")
        return "all was installed" if after == right else "nothing was" if after == before else "some was"

    return trial


def _run(words: list[str], desk: Path, scratch: Path, kill_after: float | None) -> float:
    """Run a command; kill it after so many seconds. Gives how long it took."""
    own = {name: str(scratch / "own" / value) for name, value in OWN.items()}
    began = time.monotonic()
    with subprocess.Popen(words, cwd=desk, env={**ENVIRONMENT, **own}, stdout=-3, stderr=subprocess.PIPE) as run:
        try:
            _, err = run.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            run.kill()
            _, err = run.communicate()
    if run.returncode not in (0, 1, -9) or b"Traceback" in err:
        raise Wrong(f"status {run.returncode}: {err.decode(errors='replace')[-400:]}")
    return time.monotonic() - began


OWN = {
    "XLKPI_CACHE": "fresh/cache", "XLKPI_LOG": "fresh/log", "XLKPI_OUTPUTS": "fresh/outputs",
    "XDG_DATA_HOME": "data",
}  # fmt: skip
"""What the commands keep of their own. All but the Council's key, which seals returns, is new in every trial."""


def _fill(folder: Path) -> None:
    """A register, returns and a ledger, and what was decided before."""
    (folder / "in").mkdir(parents=True)
    everybody = providers(RETURNS)
    lines = ["provider_id,provider,type,lots,transport,email,contact_1"]
    for number, who in enumerate(everybody):
        (folder / f"in/r{number}.xlsx").write_bytes(filled(who, 1)[0])
        lots = ";".join(who.lots)
        contact = "Ann;Manager;ann@example.org;01632 960100"
        lines.append(f"{who.provider_id},{who.name},SME,{lots},{'yes' if who.transport else 'no'},,{contact}")
    (folder / "register.csv").write_text("\n".join(lines), encoding="utf-8")
    rows = ["provider_id,invoice_no,invoice_date,due_date,received_date,amount,disputed_date,dispute_reason,paid_date"]
    rows += [
        f"{who.provider_id},{number},2026-08-{number + 1:02},2026-09-02,2026-08-30,{number}5.20,,,2026-09-20"
        for who in everybody
        for number in range(20)
    ]
    (folder / "ledger.csv").write_text("\n".join(rows), encoding="utf-8")
    decided = "file,sha256,decision,who,when,why\r\nr0.xlsx,,use,Ann,24/11/2026,as agreed\r\n"
    (folder / "in decisions.csv").write_text(decided, encoding="utf-8", newline="")


def _files(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _differences(right: Files, again: Files) -> str:
    names = sorted(name for name in {*right, *again} if right.get(name) != again.get(name))
    return ", ".join(f"{name} ({'other' if name in again and name in right else 'one side only'})" for name in names)


if __name__ == "__main__":
    sys.exit(main())
