"""Where everything stands in a return: sheets, cells, names, rules, formulas, styles. Pure data, standard library."""

from __future__ import annotations

LAYOUT_VERSION = 1
