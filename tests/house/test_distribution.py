"""What is given away: the sdist has every file of the repository, the wheel what the program reads."""

from __future__ import annotations

import tomllib

from tests.house.project_files import ROOT, tracked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TARGETS = PROJECT["tool"]["hatch"]["build"]["targets"]


def names():
    return [path.relative_to(ROOT).as_posix() for path in tracked()]


def test_the_sdist_has_every_file_of_the_repository():
    tops = [entry.removeprefix("/") for entry in TARGETS["sdist"]["include"]]
    left_out = [name for name in names() if name.split("/")[0] not in (*tops, "pyproject.toml")]
    assert not left_out, "add it to tool.hatch.build.targets.sdist in pyproject.toml"
    assert all((ROOT / top).exists() for top in tops)


def test_the_wheel_has_the_package_with_its_data_and_what_the_hosts_load():
    assert TARGETS["wheel"]["packages"] == ["xlkpi"]
    assert TARGETS["wheel"]["force-include"] == {"udfs": "xlkpi/udfs"}
    data = {name for name in names() if name.startswith("xlkpi/") and not name.endswith(".py")}
    assert "xlkpi/py.typed" in data
    assert any(name.startswith("xlkpi/catalogue/") and name.endswith(".json") for name in data)
    assert any(name.startswith("udfs/excel/") for name in names())


def test_the_project_describes_itself():
    project = PROJECT["project"]
    assert (ROOT / project["readme"]).is_file()
    assert project["keywords"]
    lowest = project["requires-python"].removeprefix(">=")
    versions = [text for text in project["classifiers"] if text.startswith("Programming Language :: Python :: 3.")]
    assert versions[0].endswith(lowest)
    assert "Typing :: Typed" in project["classifiers"]
    addresses = project.get("urls", {}).values()
    assert not [address for address in addresses if "example" in address], "an address that exists, or none"
