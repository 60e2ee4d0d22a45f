"""What a person finds by hand for every entry of the two examples in workbooks/examples: the outturn and the colour.

Shares are in percent; amounts in pounds; G, A, R or I (reported, not rated). Nothing here is calculated by xlkpi.
"""

from __future__ import annotations

import csv
from collections import defaultdict

from tests.house.project_files import ROOT

EXAMPLES = ROOT / "workbooks" / "examples"
HOMECARE = """
2026-27 M04 H01: HC-01 98 G, HC-02 99.75 G, HC-03 0 G, HC-04 2.5 G, HC-INFO.A 25 I, R/1 93 G
2026-27 M05 H01: HC-01 97.45 A, HC-02 99.5 G, HC-03 1 A, HC-04 3.5 A, HC-INFO.A 41/161 I, R/1 92.5 A
2026-27 M06 H01: HC-01 97.5 G, HC-02 99.8 G, HC-03 0 G, HC-04 3 G, HC-05 92.5 A, HC-INFO.A 41/160 I, R/1 95 G
2026-27 M07 H01: HC-01 98.5 G, HC-02 99.7 G, HC-03 0 G, HC-04 3 G, HC-INFO.A 42/162 I, R/1 94 G
2026-27 M04 H02: HC-01 95 A, HC-02 99.5 G, HC-03 0 G, HC-04 4 A, HC-INFO.A 20/90 I, T/1 1 G
2026-27 M05 H02: HC-01 94 R, HC-02 99 R, HC-03 0 G, HC-04 3.3 G, HC-INFO.A 21/92 I, T/1 2 R
2026-27 M06 H02: HC-01 1130/1200 R, HC-02 99.5 G, HC-03 2 A, HC-04 5.1 R, HC-05 75 R, HC-INFO.A 21/90 I, T/1 0 G
2026-27 M07 H02: HC-01 98 G, HC-02 99.75 G, HC-03 0 G, HC-04 3 G, HC-INFO.A 22/91 I, T/1 0 G
2026-27 M04 H03: HC-01 97.6 G, HC-02 99.7 G, HC-03 0 G, HC-04 3 G, HC-INFO.A 55/210 I, R/1 90 A, T/1 1 G
2026-27 M05 H03: HC-01 98 G, HC-02 99.6 G, HC-03 0 G, HC-04 3 G, HC-INFO.A 55/212 I, R/1 94 G, T/1 0 G
2026-27 M06 H03: HC-01 98 G, HC-02 99.5 G, HC-03 0 G, HC-04 4 A, HC-05 93.75 G, HC-INFO.A 57/214 I, R/1 94 G, T/1 1 G
2026-27 M07 H03: HC-01 97.5 G, HC-02 99.4 R, HC-03 3 R, HC-04 6 R, HC-INFO.A 57/215 I, R/1 92 A, T/1 0 G
2026-27 M06 H04: HC-01 290/300 A, HC-02 100 G, HC-03 0 G, HC-04 3 G, HC-05 100 G, HC-INFO.A 25 I, R/1 100 G
"""
WASTE = """
2025-26 T1 W01: W1 52.5 G, W2 4.5 G, W3 98 G, W4 0 G, W-info 0.8 I, WC.1 0.08 A, WC.2 4.5 A
2025-26 T2 W01: W1 52 A, W2 5 A, W3 98.5 A, W4 1 A, W-info 14/1500 I, WC.1 0.078 G, WC.2 4.4 G
2025-26 T3 W01: W1 53 G, W2 4.9 G, W3 97.5 G, W4 0 G, W5 82.5 A, W-info 11/1520 I, WC.1 0.076 G, WC.2 4.3 G
2026-27 T1 W01: W1 53.5 G, W2 4.7 G, W3 98.45 G, W4 0 G, W-info 10/1510 I, WC.1 0.074 G, WC.2 4.2 G
2025-26 T1 W02: W1 55 G, W2 4 G, W3 106 R, W4 0 G, W-info 30/900 I, WT.1 41250.75 G
2025-26 T2 W02: W1 8300/15000 G, W2 620/15000 G, W3 105.5 R, W4 0 G, W-info 28/900 I, WT.1 24999.99 R
2025-26 T3 W02: W1 55.2 G, W2 4.2 G, W3 103 A, W4 0 G, W5 75 A, W-info 27/910 I, WT.1 25000 A
2026-27 T1 W02: W1 55.4 G, W2 610/15000 G, W3 98 G, W4 3 R, W-info 25/905 I, WT.1 40000 G
2025-26 T1 W03: W1 52 A, W2 12 R, W3 98 G, W4 0 G, W-info 2.5 I, WC.1 1/1200 A, WC.2 5 A
2025-26 T2 W03: W1 53 G, W2 9 A, W3 97 G, W4 0 G, W-info 1.25 I, WC.1 0 G, WC.2 4 G
"""
NOT_SHARES = {"HC-03", "HC-04", "T/1", "W3", "W4", "WC.2", "WT.1"}
COLOURS = {"G": "Green", "A": "Amber", "R": "Red", "I": None}


def read_table(table):
    """Give outturn and colour by period, provider and code; a fraction in the table is the share itself."""
    results = {}
    for line in table.strip().splitlines():
        place, _, entries = line.partition(": ")
        period, provider_id = place.rsplit(" ", 1)
        for entry in entries.split(", "):
            code, number, colour = entry.rsplit(" ", 2)
            results[period, provider_id, code] = (_outturn(code, number), COLOURS[colour])
    return results


def _outturn(code, number):
    if "/" in number:
        x, y = number.split("/")
        return int(x) / int(y)
    return float(number) / (1 if code in NOT_SHARES else 100)


def rows_of(example):
    """The figures of an example by period and provider, as its provider typed them."""
    results = defaultdict(list)
    with (EXAMPLES / example / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            results[row["period"], row["provider_id"]].append(row)
    return results
