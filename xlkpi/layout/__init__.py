"""Where everything stands in a return: sheets, cells, names, rules, formulas, styles. Pure data, standard library."""

LAYOUT_VERSION = 1
