"""What a data-minded officer would write: pandas reads every return, rates it, and writes a coloured master.

    python tests/bench/peer_pandas.py FOLDER MASTER.xlsx [openpyxl|calamine]

Nothing of the returns is checked; the master has what such scripts give: data, heat map, county, files.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pandas as pd

CODE = re.compile(r"(KPI|INFO) [A-Z]\d[a-c]?")
FILLS = {"Green": "C9E7CB", "Amber": "FFE3A1", "Red": "F6C0BE"}
LOW_IS_GOOD = {"KPI S1", "KPI I4", "KPI E2"}


def rated(code: str, outturn: float | None) -> str:
    """Green, Amber or Red by two round bands; empty for INFO and where there is no outturn."""
    if outturn is None or outturn != outturn or code.startswith("INFO"):  # noqa: PLR0124 - how scripts ask for NaN
        return ""
    good = 1 - outturn if code in LOW_IS_GOOD else outturn
    return "Green" if good > 0.95 else "Amber" if good >= 0.85 else "Red"


def fill(word: object) -> str:
    """The style of a cell that holds this word."""
    return f"background-color: #{FILLS[word]}" if word in FILLS else ""


def main(folder: str, master: str, engine: str = "openpyxl") -> None:
    """Find codes in column A, x, y and reason beside them, and write the master's sheets."""
    rows, files = [], []
    for path in sorted(Path(folder).rglob("*.xlsx")):
        sheets = pd.read_excel(path, sheet_name=None, header=None, engine=engine)
        files.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest(), len(sheets)))
        for sheet, frame in sheets.items():
            for at, row in frame.iterrows():
                if len(row) > 11 and isinstance(row[0], str) and CODE.fullmatch(row[0]):
                    place = (f"F{at + 1}", f"G{at + 1}")
                    rows.append((path.name, sheet, row[0], row[5], row[6], row[11], *place))
    columns = ["file", "sheet", "indicator", "x", "y", "comment", "x_cell", "y_cell"]
    data = pd.DataFrame(rows, columns=columns)
    data["x"], data["y"] = (pd.to_numeric(data[name], errors="coerce") for name in ("x", "y"))
    disputed = data["indicator"] == "KPI S2"
    data["outturn"] = (data["x"].where(~disputed, data["y"] - data["x"]) / data["y"]).astype(float)
    data["rag"] = [rated(code, outturn) for code, outturn in zip(data["indicator"], data["outturn"], strict=True)]
    heat = data.pivot_table(index="file", columns="indicator", values="rag", aggfunc="first").fillna("")
    county = data.groupby("indicator")[["x", "y"]].sum().reset_index()
    county["outturn"] = county["x"] / county["y"]
    with pd.ExcelWriter(master, engine="openpyxl") as book:
        heat.style.map(fill).to_excel(book, sheet_name="Heat map")
        data.style.map(fill, subset=["rag"]).to_excel(book, sheet_name="Data", index=False)
        county.to_excel(book, sheet_name="County", index=False)
        pd.DataFrame(files, columns=["file", "sha256", "sheets"]).to_excel(book, sheet_name="Files", index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
