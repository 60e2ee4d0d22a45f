"""Rules about drawings and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.judge.packages.formula_rules import quoted_sheets
from tests.judge.packages.package import Fault, Package

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
AXIS_USES = (2, 3, 4)
"""An axis is named where it is described, by each kind of chart that uses it, and by the axis it crosses."""


def drawings(package: Package) -> Iterator[Fault]:
    """Ids used twice and anchors outside the sheet."""
    for part, tree in package.trees.items():
        if part.startswith("xl/drawings/") and part.endswith(".xml"):
            ids = [element.get("id") for element in tree.iter("{*}cNvPr")]
            if len({*ids}) != len(ids):
                yield Fault("drawing's number twice", part)
            for anchor in tree.iter(_ANCHOR + "from", _ANCHOR + "to"):
                if any(int(element.text) < 0 for element in anchor):
                    yield Fault("anchor of a drawing", part)


def charts(package: Package) -> Iterator[Fault]:
    """Axes, series and the ranges they show."""
    for part, tree in package.trees.items():
        if part.startswith("xl/charts/chart"):
            uses = Counter(element.get("val") for element in tree.iter(_CHART + "axId"))
            if any(times not in AXIS_USES for times in uses.values()):
                yield Fault("axes of a chart", part)
            series = [element.find(_CHART + "idx").get("val") for element in tree.iter(_CHART + "ser")]
            if len({*series}) != len(series):
                yield Fault("series of a chart twice", part)
            for element in tree.iter(_CHART + "f"):
                named = quoted_sheets(element.text or "")
                if not named or "#REF!" in element.text or any(name not in package.sheet_names for name in named):
                    yield Fault("chart of what is not there", part, element.text)
            yield from _stored_points(tree, part)


def _stored_points(tree: Any, part: str) -> Iterator[Fault]:
    for cache in tree.iter(_CHART + "strCache", _CHART + "numCache"):
        count = int(cache.find(_CHART + "ptCount").get("val"))
        points = [int(point.get("idx")) for point in cache.findall(_CHART + "pt")]
        if any(point >= count for point in points) or len({*points}) != len(points):
            yield Fault("stored points of a chart", part)
