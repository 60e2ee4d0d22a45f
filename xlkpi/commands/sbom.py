"""List what is installed beside xlkpi: each package with version and licence, and a bill of materials (CycloneDX).

It is taken from what the installed packages say of themselves, so it fits this very installation. It has no clock and
no path in it: the same packages give the same bytes.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from typing import Any

import xlkpi

PROGRAM = "xlkpi"
FOR_DEVELOPERS = "test"
"""The extra whose packages nobody needs who only uses the program."""
NOT_STATED = "not stated"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
EXTRA = re.compile(r"""extra\s*==\s*["']([\w-]+)["']""")
LICENCE_CLASSIFIER = "License :: "
LONGEST_LICENCE = 80  # some packages put the whole text where its name belongs


@dataclass(frozen=True)
class InstalledPackage:
    """A package in this Python. `required` is true where xlkpi needs it, itself or by way of another package."""

    name: str
    version: str
    licence: str
    is_expression: bool  # the licence is an SPDX expression, not just a name
    needs: tuple[str, ...]
    required: bool

    @property
    def address(self) -> str:
        """Its package URL, which names it in any list of known weaknesses."""
        return f"pkg:pypi/{self.name}@{self.version}"


def installed_packages() -> tuple[InstalledPackage, ...]:
    """List every package in this Python but xlkpi itself, by name."""
    by_name: dict[str, Distribution] = {}
    for distribution in distributions():
        name = _normal(distribution.metadata["Name"] or "")
        by_name.setdefault(name, distribution)  # the first on the path is the one that is imported
    needs = {name: _needs(name, distribution, by_name) for name, distribution in by_name.items() if name}
    required = _reached(PROGRAM, needs)
    return tuple(
        InstalledPackage(name, by_name[name].version, *_licence(by_name[name]), needs[name], name in required)
        for name in sorted(needs)
        if name != PROGRAM
    )


def bill_of_materials(packages: Iterable[InstalledPackage]) -> str:
    """Write the bill of materials as a CycloneDX 1.6 document (JSON)."""
    packages = tuple(packages)
    program = {
        "type": "application",
        "bom-ref": PROGRAM,
        "name": PROGRAM,
        "version": xlkpi.__version__,
        "licenses": [{"expression": "MIT"}],
    }
    known = {package.name: package.address for package in packages}
    ours = sorted(package.address for package in packages if package.name in _direct())
    content: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program},
        "components": [_component(package) for package in packages],
        "dependencies": [
            {"ref": PROGRAM, "dependsOn": ours},
            *({"ref": package.address, "dependsOn": [known[name] for name in package.needs]} for package in packages),
        ],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return json.dumps({**content, "serialNumber": f"urn:uuid:{number}"}, indent=2) + "\n"


def _component(package: InstalledPackage) -> dict[str, Any]:
    licence = {"expression": package.licence} if package.is_expression else {"license": {"name": package.licence}}
    return {
        "type": "library",
        "bom-ref": package.address,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.required else "optional",
        "licenses": [licence],
        "purl": package.address,
    }


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _direct() -> set[str]:
    """What xlkpi itself needs: every installed package that it names, but for developers' tools."""
    for distribution in distributions(name=PROGRAM):
        return {name for name, extras in _named(distribution) if FOR_DEVELOPERS not in extras}
    return set()


def _needs(name: str, distribution: Distribution, by_name: dict[str, Distribution]) -> tuple[str, ...]:
    """What a package needs of those here. Of other packages' extras nothing is known, so those are left out."""
    wanted = _direct() if name == PROGRAM else {needed for needed, extras in _named(distribution) if not extras}
    return tuple(sorted((wanted & by_name.keys()) - {name}))


def _named(distribution: Distribution) -> Iterable[tuple[str, list[str]]]:
    """Each package that one names as a need, with the extras that it is for."""
    for text in distribution.requires or ():
        match = NAME.match(text)
        if match:
            yield _normal(match.group()), EXTRA.findall(text.partition(";")[2])


def _reached(start: str, needs: dict[str, tuple[str, ...]]) -> set[str]:
    todo, reached = [start], set()
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += needs.get(name, ())
    return reached


def _stated(distribution: Distribution, field: str) -> str:
    """Give one field of what a package says of itself; empty where it does not say."""
    return " ".join(str(distribution.metadata[field] or "").split()) if field in distribution.metadata else ""


def _licence(distribution: Distribution) -> tuple[str, bool]:
    """Give the licence, and whether it is an SPDX expression. Older packages give a name, or only a classifier."""
    metadata = distribution.metadata
    expression, stated = (_stated(distribution, field) for field in ("License-Expression", "License"))
    if expression:
        return expression, True
    classifiers = metadata.get_all("Classifier") or []
    named = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith(LICENCE_CLASSIFIER)]
    if named and (len(stated) > LONGEST_LICENCE or len(named) > 1 or not stated):
        return "; ".join(named), False
    return (stated if 0 < len(stated) <= LONGEST_LICENCE else NOT_STATED), False
