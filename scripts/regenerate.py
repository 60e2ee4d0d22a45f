"""Regenerate what is made from the code and committed beside it.

python scripts/regenerate.py                   write every part again; files that have not changed stay untouched
python scripts/regenerate.py --check           compare only: list what differs, change nothing, exit status 1
python scripts/regenerate.py --only PART       one part, or several with commas

Runs with the Python of ``.venv`` where there is one (``python3 install_addin.py test`` makes it). Pictures need
LibreOffice and poppler's pdftoppm and pdftotext; where one is missing the script says so and continues. Locks are
resolved by uv; where it is missing, locks that fit pyproject.toml stay as they are. The tables of judges in
docs/limits.md need Gnumeric, two packages of npm, and a quarter of an hour.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regenerate_parts import Part

ROOT = Path(__file__).resolve().parent.parent
SET_UP = "To make .venv, which has what is needed, run: python3 install_addin.py test tests/core"
PARTS = (
    "locks", "reference", "holidays", "macros", "oxt", "lite", "plans", "workbooks", "examples", "excel", "pictures",
    "judges",
)  # fmt: skip
"""In this order, because the list for Excel and the pictures are made from the workbooks."""


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Regenerate or compare: 0 when nothing is left to do, 1 when something differs, 2 when it is not set up."""
    asked = read_arguments(arguments)
    try:
        from regenerate_parts import parts
    except ModuleNotFoundError as missing:
        print(f"This Python has no {missing.name}. {SET_UP}", file=sys.stderr)
        return 2
    status = 0
    for part in parts(root):
        if part.name in asked.only:
            status |= _regenerate(part, root, check=asked.check)
    if status and asked.check:
        print("To write them again, run: python scripts/regenerate.py. Then read the differences and commit them.")
    return status


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    lines = (__doc__ or "").splitlines()
    parser = argparse.ArgumentParser(prog="regenerate.py", description=lines[0])
    parser.add_argument("--check", action="store_true", help="compare only and change nothing")
    parser.add_argument("--only", type=_chosen, default=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    return parser.parse_args(arguments)


def _chosen(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        message = f"there is no part {unknown[0]!r}; the parts are {', '.join(PARTS)}"
        raise argparse.ArgumentTypeError(message)
    return names


def _regenerate(part: Part, root: Path, *, check: bool) -> int:
    """Bring one part up to date, or with ``check`` say what is not."""
    obstacle = part.obstacle()
    if obstacle:
        print(f"{part.name}: left as it is. {obstacle}")
        return 0
    try:
        wanted = part.contents(check)
    except RuntimeError as problem:
        print(f"{part.name}: not made. {problem}", file=sys.stderr)
        return 1
    changed = [name for name in sorted(wanted) if _differs(part, root / name, wanted[name])]
    surplus = sorted(set(part.present()) - set(wanted))
    for name in changed:
        print(f"{part.name}: {'differs' if check else 'wrote'}: {name}")
    for name in surplus:
        print(f"{part.name}: {'not made any more' if check else 'removed'}: {name}")
    if not check:
        _write(root, {name: wanted[name] for name in changed}, surplus)
    if not (changed or surplus):
        print(f"{part.name}: up to date")
    return int(check and bool(changed or surplus))


def _differs(part: Part, path: Path, wanted: bytes) -> bool:
    return not path.is_file() or not part.same(path.read_bytes(), wanted)


def _write(root: Path, changed: Mapping[str, bytes], surplus: Sequence[str]) -> None:
    for name, content in changed.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    for name in surplus:
        (root / name).unlink()


def project_python() -> str:
    """The Python of the project's environment; empty where there is none or this is it already."""
    folder = Path(os.environ.get("XLKPI_VENV") or ROOT / ".venv")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return str(python) if python.exists() and folder.resolve() != Path(sys.prefix).resolve() else ""


if __name__ == "__main__":
    other = project_python()
    if other:
        sys.exit(subprocess.call([other, __file__, *sys.argv[1:]]))
    sys.exit(main(sys.argv[1:]))
