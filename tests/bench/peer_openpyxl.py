"""What most scripts on the subject do: an openpyxl loop over the returns, and a master of rows.

    python tests/bench/peer_openpyxl.py FOLDER MASTER.xlsx
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import openpyxl
from openpyxl.styles import PatternFill

CODE = re.compile(r"(KPI|INFO) [A-Z]\d[a-c]?")
GOOD, BAD = (PatternFill("solid", fgColor=colour) for colour in ("C9E7CB", "F6C0BE"))


def main(folder: str, master: str) -> None:
    """Find codes in column A and x and y beside them, and write one row an entry with a fill."""
    out = openpyxl.Workbook()
    data = out.active
    data.append(("file", "sheet", "indicator", "x", "y", "outturn"))
    for path in sorted(Path(folder).rglob("*.xlsx")):
        book = openpyxl.load_workbook(path, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_col=1, max_col=7, values_only=True):
                if isinstance(row[0], str) and CODE.fullmatch(row[0]):
                    x, y = row[5], row[6]
                    outturn = x / y if isinstance(x, int) and isinstance(y, int) and y else None
                    data.append((path.name, sheet.title, row[0], x, y, outturn))
                    if outturn is not None:
                        data.cell(data.max_row, 6).fill = GOOD if outturn > 0.95 else BAD
    out.save(master)


if __name__ == "__main__":
    main(*sys.argv[1:])
