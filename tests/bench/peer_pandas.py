"""What a data-minded officer would write: pandas reads every sheet of every return, and writes a master.

    python tests/bench/peer_pandas.py FOLDER MASTER.xlsx [openpyxl|calamine]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

CODE = re.compile(r"(KPI|INFO) [A-Z]\d[a-c]?")


def main(folder: str, master: str, engine: str = "openpyxl") -> None:
    """Find codes in column A, x and y beside them, and write Data and a map of outturns."""
    rows = []
    for path in sorted(Path(folder).rglob("*.xlsx")):
        for sheet, frame in pd.read_excel(path, sheet_name=None, header=None, engine=engine).items():
            if frame.shape[1] < 7:
                continue
            for values in frame.itertuples(index=False):
                if isinstance(values[0], str) and CODE.fullmatch(values[0]):
                    rows.append((path.name, sheet, values[0], values[5], values[6]))
    data = pd.DataFrame(rows, columns=["file", "sheet", "indicator", "x", "y"])
    data["x"], data["y"] = (pd.to_numeric(data[name], errors="coerce") for name in ("x", "y"))
    data["outturn"] = data["x"] / data["y"]
    with pd.ExcelWriter(master, engine="openpyxl") as book:
        data.to_excel(book, sheet_name="Data", index=False)
        data.pivot_table(index="file", columns="indicator", values="outturn").to_excel(book, sheet_name="Map")


if __name__ == "__main__":
    main(*sys.argv[1:])
