"""Ask a Python what is installed in it, and whether it is a whole environment: it answers in its own process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlkpi.installer.system import output_of

if TYPE_CHECKING:
    from pathlib import Path

    from xlkpi.installer.system import OperatingSystem

QUESTION = """
import json, platform, re, sys
from importlib.metadata import PackageNotFoundError, requires, version
def version_of(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
facts = {"python": platform.python_version(), "system": platform.platform(), "names": ""}
try:
    requirements = [text for text in requires("xlkpi") or () if ";" not in text]
except PackageNotFoundError:
    requirements = []
facts["needs"] = [re.match("[A-Za-z0-9_.-]+", text).group() for text in requirements]
facts["packages"] = {name: version_of(name) for name in ["xlkpi", "xlwings", *facts["needs"]]}
try:
    from xlkpi.catalogue.load import load_catalogue
    catalogue = load_catalogue()
    facts["catalogue"] = f"catalogue {catalogue.version}, {len(catalogue.indicators)} indicators"
except Exception as problem:
    facts["problem"] = f"{type(problem).__name__}: {problem}"
if sys.argv[1]:
    try:
        from pyopenvba import ExcelFile
        with ExcelFile(sys.argv[1]) as book:
            text = "".join(module.source for module in book.vba_project().modules)
        facts["names"] = " ".join(sorted(set(re.findall(r"xlwings64-([0-9.]+)[.]dll", text))))
    except Exception as problem:
        facts["unread"] = f"{type(problem).__name__}: {problem}"
print(json.dumps(facts))
"""


@dataclass(frozen=True)
class PythonContents:
    """What a Python has: versions by package ("" is missing), the catalogue, and what the add-in names."""

    python: str
    system: str
    packages: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # the packages that xlkpi says it cannot do without
    catalogue: str = ""
    problem: str = ""  # why the package cannot be imported
    named: str = ""  # the xlwings version of the library that the add-in names
    unread: str = ""  # why the add-in could not be read

    def is_complete(self, xlwings: str) -> bool:
        """Say whether xlkpi can be loaded, with everything it needs and, where one is named, this xlwings."""
        link = not xlwings or self.packages.get("xlwings") == xlwings
        return not self.problem and link and all(self.packages.get(name) for name in self.needs)


def inspect_python(machine: OperatingSystem, python: Path, addin: Path | None = None) -> PythonContents | None:
    """Ask a Python what it contains; None when it does not start. `addin` is read there too, where it is given."""
    answer = machine.output_of((str(python), "-I", "-c", QUESTION, str(addin or "")))
    try:
        facts = json.loads((answer or "").splitlines()[-1])
        return PythonContents(
            python=facts["python"],
            system=facts["system"],
            packages=facts["packages"],
            needs=tuple(facts["needs"]),
            catalogue=facts.get("catalogue", ""),
            problem=facts.get("problem", ""),
            named=facts["names"],
            unread=facts.get("unread", ""),
        )
    except (ValueError, IndexError, KeyError):
        return None


def printed_by(python: str, code: str) -> str:
    """Run a line of code in a Python and give what it prints; "" when it cannot be run or fails."""
    return output_of((python, "-c", code)) or ""


def can_make_environment(python: str) -> bool:
    """Say whether a Python has what a virtual environment needs; Debian packages it separately."""
    return printed_by(python, "import ensurepip, venv; print(1)") == "1"


def environment_state(folder: Path, system: str, version: str) -> str:
    """Look at a virtual environment for a Python of that version: "absent", "ready", "stale", or "not ours"."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return "absent"
    if not (folder / "pyvenv.cfg").is_file():
        return "not ours"
    python = folder / ("Scripts/python.exe" if system == "windows" else "bin/python")
    printed = printed_by(str(python), "import pip, sys; print(*sys.version_info[:2], sep='.')")
    return "ready" if printed == version else "stale"
