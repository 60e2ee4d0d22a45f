"""Where everything is in a return: sheets, cells, names, rules, formulas, styles. Pure data, standard library.

The layout plans a return as data. It does not know who renders the plan: the writer makes cells of it, the reader
finds figures by it, and the tests recalculate its formulas.
"""

from __future__ import annotations

LAYOUT_VERSION = 2
"""1: the first. 2: plans and questions carried forward, the words on chance. What 1 has is where 1 has it."""
