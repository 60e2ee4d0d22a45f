"""The parts that scripts/regenerate.py keeps up to date: which files, what they should contain, when two are alike."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import excel_check_list
import holidays
import regenerate_pictures
from example_contracts import EXAMPLES, example_returns
from judge_table import PAGE, limits_page
from judge_table import obstacle as judges_obstacle
from regenerate_locks import locks
from regenerate_reference import reference_pages

from xlkpi.demo.run import run_demo
from xlkpi.hosts.excel.vba_source import return_functions
from xlkpi.hosts.libreoffice.build_oxt import extension_bytes
from xlkpi.hosts.lite.build_starters import starter_files
from xlkpi.installer.locks import FOLDER

EXTENSION = "workbooks/xlkpi.oxt"
FUNCTIONS_MODULE = "udfs/excel/return/KpiFunctions.bas"
LITE = "udfs/lite"
BANK_HOLIDAYS = "xlkpi/performance/bank_holidays.json"
PLANS = "tests/installer/plans"
WRITE_PLANS = "XLKPI_WRITE_PLANS"
"""The environment variable that names the folder to which the installer's test writes its plans."""
WRITTEN_BY_HAND = ("workbooks/README.md",)
CODE = Path(__file__).resolve().parent.parent
"""Where the code is that makes the parts; a test lets them be compared with files elsewhere."""


@dataclass(frozen=True)
class Part:
    """One part: ``contents(check)`` is what its files should contain, ``present()`` which files are there now."""

    name: str
    contents: Callable[[bool], Mapping[str, bytes]]
    present: Callable[[], Iterable[str]]
    same: Callable[[bytes, bytes], bool] = bytes.__eq__
    obstacle: Callable[[], str] = str


def parts(root: Path) -> tuple[Part, ...]:
    """Every part, in the order in which they are made."""

    def files(folder: str, *left_out: str) -> Callable[[], Iterable[str]]:
        return lambda: [name for name in files_below(root, folder) if name not in left_out]

    def samples() -> Iterable[str]:
        present = files("workbooks", EXTENSION, *WRITTEN_BY_HAND)()
        return [name for name in present if not name.startswith(f"{EXAMPLES}/")]

    def example_inboxes() -> Iterable[str]:
        return [name for name in files(EXAMPLES)() if "/inbox/" in name]

    pictures = regenerate_pictures.Pictures(root)
    return (
        Part("locks", lambda check: locks(root, check), files(FOLDER.as_posix()), same_text),
        Part("reference", lambda _check: reference(), files("docs/reference"), same_text),
        Part("holidays", lambda _check: bank_holidays(root), lambda: [BANK_HOLIDAYS], same_text),
        Part("macros", lambda _check: {FUNCTIONS_MODULE: return_functions().encode()}, list, same_text),
        Part("oxt", lambda _check: {EXTENSION: extension_bytes()}, list),
        Part("lite", lambda _check: lite_files(), files(LITE, f"{LITE}/template.txt"), same_parts),
        Part("plans", lambda _check: installer_plans(), files(PLANS), same_text),
        Part("workbooks", lambda _check: workbooks(), samples, same_parts),
        Part("examples", lambda _check: example_returns(root), example_inboxes, same_parts),
        Part("excel", lambda _check: {excel_check_list.FILE: excel_check_list.excel_check_list(root)}, list, same_text),
        Part("pictures", pictures.contents, files("docs/img"), obstacle=pictures.obstacle),
        Part("judges", lambda check: limits_page(root, CODE, check), lambda: [PAGE], same_text, judges_obstacle),
    )


def files_below(root: Path, folder: str) -> list[str]:
    """The files below a folder of the project, by their names from the project's top."""
    return [path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if path.is_file()]


def same_text(one: bytes, other: bytes) -> bool:
    """True where two texts are alike; a checkout on Windows may have changed the line ends."""
    return one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def same_parts(one: bytes, other: bytes) -> bool:
    """True where two files contain the same; of workbooks the parts count, since another zlib packs them otherwise."""
    return one == other or (_package(one) is not None and _package(one) == _package(other))


def _package(content: bytes) -> list[tuple[object, ...]] | None:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [(part.filename, part.date_time, package.read(part)) for part in package.infolist()]


def reference() -> dict[str, bytes]:
    """The pages of docs/reference."""
    return {f"docs/reference/{name}": text.encode() for name, text in reference_pages().items()}


def bank_holidays(root: Path) -> dict[str, bytes]:
    """England's bank holidays as the library ``holidays`` gives them, for the years that the file covers."""
    kept = json.loads((root / BANK_HOLIDAYS).read_text(encoding="utf-8"))
    years = range(kept["from"], kept["to"] + 1)
    days = sorted(str(day) for day in holidays.country_holidays("GB", subdiv="ENG", years=list(years)))
    days = [day for day in days if date.fromisoformat(day).year in years]
    # The library's version is noted when the days change, not each time a new version says the same.
    source = kept["source"] if days == kept["days"] else f"holidays {version('holidays')}, GB, ENG"
    changed = {"source": source, "from": kept["from"], "to": kept["to"], "days": days}
    return {BANK_HOLIDAYS: (json.dumps(changed, indent=0) + "\n").encode()}


def lite_files() -> dict[str, bytes]:
    """The wheel, code and workbooks for xlwings Lite."""
    return {f"{LITE}/{name}": content for name, content in starter_files().items()}


def installer_plans() -> dict[str, bytes]:
    """What ``install`` and ``uninstall`` would do on each system, written by the installer's own test.

    Raises RuntimeError with the end of the test's output where it does not run.
    """
    tests = [path for path in (CODE / "tests/installer").glob("test_*.py") if WRITE_PLANS in path.read_text("utf-8")]
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-k",
            "word_by_word",
            *map(str, tests),
        ]
        environment = {**os.environ, WRITE_PLANS: scratch}
        done = subprocess.run(command, cwd=CODE, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
        return {f"{PLANS}/{path.name}": path.read_bytes() for path in Path(scratch).iterdir()}


def workbooks() -> dict[str, bytes]:
    """The samples of ``workbooks``, as ``xlkpi demo workbooks --without-libreoffice`` writes them."""
    with tempfile.TemporaryDirectory() as scratch:
        # The folder's name is the same as in the project: a master may name it.
        folder = Path(scratch) / "workbooks"
        run_demo(folder, step=lambda _: None, with_office=False)
        return {name: (Path(scratch) / name).read_bytes() for name in files_below(Path(scratch), "workbooks")}
