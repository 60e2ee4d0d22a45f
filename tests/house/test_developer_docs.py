"""What the documents say about the code is there: every file and module they name, every room, every layer."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.project_files import ROOT, listed, name, source, tracked

PAGES = [path for path in tracked() if path.suffix == ".md" and path.parent.name != "reference"]
FILES = {name(path) for path in tracked()}
PLACES = FILES | {name(folder) for path in tracked() for folder in path.parents if ROOT in folder.parents}
TOPS = "xlkpi|tests|docs|udfs|scripts|workbooks"
ROOMS = {
    path.relative_to(ROOT / "xlkpi").parts[0].removesuffix(".py")
    for path in tracked()
    if name(path).startswith("xlkpi/")
}
NOT_OURS = {"uno.py"}
MADE = {"xlkpi/udfs"}
"""A folder that only an installed package has."""


def named_places(text):
    """Every file, folder and module of the project that a text names in code."""
    for words in re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)):
        for word in re.findall(rf"[\w./-]+\.py\b|(?<![\w./-])(?:{TOPS})/[\w./-]+", words):
            yield word.rstrip("/.")
    for module in re.findall(r"(?<![\w./-])xlkpi(?:\.[a-z_]+)+", text):
        yield module.replace(".", "/")


def is_there(place):
    """Whether a place exists, named from the top of the project or from a folder within."""
    ends = (place, f"{place}.py")
    if any(known == end or known.endswith(f"/{end}") for known in PLACES for end in ends):
        return True
    if place.endswith(".py"):
        return False
    return any(known in (place.rpartition("/")[0], f"{place.rpartition('/')[0]}.py") for known in PLACES)


def test_every_place_in_the_documents_exists():
    results = [(path, place) for path in PAGES for place in named_places(source(path))]
    assert len(results) > 50
    lost = [f"{name(path)}: {place}" for path, place in results if place not in NOT_OURS | MADE and not is_there(place)]
    assert not lost, listed(lost)


@pytest.mark.parametrize(
    ("place", "there"), [("xlkpi/core/bands.py", True), ("bands.py", True), ("xlkpi/core/no_such.py", False)]
)
def test_the_search_for_places_tells_them_apart(place, there):
    assert is_there(place) is there
    assert list(named_places(f"see `{place}`")) == [place]


def test_the_developers_page_describes_every_room():
    table = source(ROOT / "docs/developing.md").partition("## The rooms")[2].partition("## How data flows")[0]
    rooms = {room for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for room in re.findall(r"`(\w+)`", row)}
    assert rooms == ROOMS - {"__init__", "__main__", "py.typed"}


def test_the_layers_in_the_decision_are_those_that_are_checked():
    project = tomllib.loads(source(ROOT / "pyproject.toml"))
    contract = next(c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "layers")
    layers = [re.sub(r"[()]", "", layer) for layer in contract["layers"] if "__main__" not in layer]
    decision = source(ROOT / "docs/adr/0001-house-and-layers.md")
    shown = re.search(r"^   ```\n(.+?)^   ```", decision, re.MULTILINE | re.DOTALL)
    assert [line.strip() for line in shown.group(1).splitlines()] == layers
