"""What most scripts on the subject do: an openpyxl loop over the returns, and a master of coloured rows.

python tests/bench/peer_openpyxl.py FOLDER MASTER.xlsx
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
from openpyxl.styles import PatternFill

sys.path.insert(0, str(Path(__file__).parent))

from peer_pandas import CODE, FILLS, rated

COLOURS = {word: PatternFill("solid", fgColor=colour) for word, colour in FILLS.items()}


def main(folder: str, master: str) -> None:
    """Find codes in column A and x, y and reason beside them, and write one row an entry with a fill."""
    out, rows = openpyxl.Workbook(), 1
    data, heat, colours = out.active, out.create_sheet("Heat map"), {}
    data.append(("file", "sheet", "indicator", "x", "y", "outturn", "rag", "comment"))
    for path in sorted(Path(folder).rglob("*.xlsx")):
        book = openpyxl.load_workbook(path, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_col=1, max_col=12, values_only=True):
                if isinstance(row[0], str) and CODE.fullmatch(row[0]):
                    x, y = row[5], row[6]
                    usable = isinstance(x, int) and isinstance(y, int) and y
                    outturn = ((y - x) if row[0] == "KPI S2" else x) / y if usable else None
                    word = rated(row[0], outturn)
                    data.append((path.name, sheet.title, row[0], x, y, outturn, word, row[11]))
                    colours[path.name, row[0]] = word
                    rows += 1
                    if word:
                        data.cell(rows, 7).fill = COLOURS[word]
    codes = sorted({code for _, code in colours})
    heat.append(("file", *codes))
    for name in sorted({name for name, _ in colours}):
        heat.append((name, *(colours.get((name, code), "") for code in codes)))
        for cell in heat[heat.max_row]:
            if cell.value in COLOURS:
                cell.fill = COLOURS[cell.value]
    out.save(master)


if __name__ == "__main__":
    main(*sys.argv[1:])
