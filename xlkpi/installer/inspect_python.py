"""Asking a Python what is installed in it: it answers for itself, in its own process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from xlkpi.installer.system import Outside

QUESTION = """
import json, platform, re, sys
from importlib.metadata import PackageNotFoundError, requires, version
def version_of(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
told = {"python": platform.python_version(), "system": platform.platform(), "names": ""}
try:
    asked = [text for text in requires("xlkpi") or () if ";" not in text]
except PackageNotFoundError:
    asked = []
told["needs"] = [re.match("[A-Za-z0-9_.-]+", text).group() for text in asked]
told["packages"] = {name: version_of(name) for name in ["xlkpi", "xlwings", *told["needs"]]}
try:
    from xlkpi.catalogue.load import load_catalogue
    catalogue = load_catalogue()
    told["catalogue"] = f"catalogue {catalogue.version}, {len(catalogue.indicators)} indicators"
except Exception as problem:
    told["problem"] = f"{type(problem).__name__}: {problem}"
if sys.argv[1]:
    try:
        from pyopenvba import ExcelFile
        with ExcelFile(sys.argv[1]) as book:
            text = "".join(module.source for module in book.vba_project().modules)
        told["names"] = " ".join(sorted(set(re.findall(r"xlwings64-([0-9.]+)[.]dll", text))))
    except Exception as problem:
        told["unread"] = f"{type(problem).__name__}: {problem}"
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Inside:
    """What a Python has: versions by package ("" is missing), the catalogue, and what the add-in names."""

    python: str
    system: str
    packages: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # the packages that xlkpi says it cannot do without
    catalogue: str = ""
    problem: str = ""  # why the package cannot be imported
    named: str = ""  # the xlwings version of the library that the add-in names
    unread: str = ""  # why the add-in could not be read

    def holds(self, xlwings: str) -> bool:
        """True where xlkpi can be loaded, with everything it needs and, where it is named, this xlwings."""
        link = not xlwings or self.packages.get("xlwings") == xlwings
        return not self.problem and link and all(self.packages.get(name) for name in self.needs)


def ask(outside: Outside, python: Path, addin: Path | None = None) -> Inside | None:
    """What is inside a Python; None when it does not start. `addin` is read there too, where it is given."""
    told = outside.says((str(python), "-I", "-c", QUESTION, str(addin or "")))
    try:
        facts = json.loads((told or "").splitlines()[-1])
        return Inside(
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
