"""Where everything is in a return: sheets, cells, names, rules, formulas, styles. Pure data, standard library.

The layout plans a return as data. It does not know who renders the plan: the writer makes cells of it, the reader
finds figures by it, and the tests recalculate its formulas.
"""

from __future__ import annotations

LAYOUT_VERSION = 1
