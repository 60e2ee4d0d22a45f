"""What the code for xlwings Lite gives for a grid of cases: every Python, the browser's too, must give the same.

Run inside Pyodide by tests/by_hand/pyodide_proof.py and by an isolated Python: standard library and the wheel only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
import types

HIGHEST_Y, EVERY_X = 120, 40
EDGES = (0, 5, 10, 15, 25, 35, 65, 75, 85, 90, 95, 99, 100)
ODD = (None, "", " ", "12 visits", "1,200", 2.5, -1, True, "#N/A", 10**7, 99.99999999999999)
READINGS = ("effective", "as written")
COUNTED = ("KPI_OUTTURN", "KPI_RAG", "KPI_CHECK", "KPI_GAP")


def pairs(highest=HIGHEST_Y):
    """Small counts, the edges of every band up to the highest y, and odd contents."""
    for y in range(highest + 1):
        near = {share * y // 100 + more for share in EDGES for more in (-1, 0, 1, 2)}
        yield from ((x, y) for x in range(y + 2) if y <= EVERY_X or x in near)
    yield from ((x, y) for x in ODD for y in ODD)


def grid(highest=HIGHEST_Y):
    """How many results there are, and their digest: every indicator and reading, in one call per function."""
    from xlkpi.catalogue.load import load_catalogue
    from xlkpi.hosts.lite.in_workbook import answer

    cases = list(pairs(highest))
    xs, ys = [[x] for x, _ in cases], [[y] for _, y in cases]
    digest, results = hashlib.sha256(), 0
    for code in load_catalogue().indicators:
        for reading in READINGS:
            for name in COUNTED:
                rows = answer(name, [[code]], xs, ys, [[reading]])
                digest.update(json.dumps(rows).encode())
                results += len(rows)
    return {"results": results, "digest": digest.hexdigest()}


def findings(files):
    """Of files by name: code, place and message of each finding, and each entry's RAG."""
    from xlkpi.reading.returns.check_return import check_return

    checked = {name: check_return(name, data=content) for name, content in files.items()}
    return {
        name: [
            [[each.code.name, each.sheet, each.cell, each.message] for each in checked_return.findings],
            [[entry.code, str(entry.outturn), str(entry.rag)] for entry in checked_return.entries],
        ]
        for name, checked_return in checked.items()
    }


# --- a stand-in for xlwings, as its Lite edition calls functions and scripts -----------------------------------------


def stand_in():
    """A module in place of xlwings: its decorators only note what they are given."""
    module = types.ModuleType("xlwings")

    def noting(attribute):
        def decorate(*arguments, **options):
            if arguments and callable(arguments[0]):
                return noted(arguments[0], attribute, ("", {}))
            return lambda function: noted(function, attribute, (arguments[:1], options))

        return decorate

    def noted(function, attribute, note):
        function.__dict__.setdefault(attribute, []).append(note)
        return function

    module.func, module.arg, module.script = noting("functions"), noting("described"), noting("scripts")
    module.Book = object
    return module


@contextlib.contextmanager
def loaded(text):
    """The code of a workbook, run as xlwings Lite runs it; its names."""
    before = sys.modules.get("xlwings")
    sys.modules["xlwings"] = stand_in()
    names = {"__name__": "main"}
    try:
        exec(compile(text, "main.py", "exec"), names)  # noqa: S102 - our own code, as the add-in runs it
        yield names
    finally:
        sys.modules.pop("xlwings")
        if before is not None:
            sys.modules["xlwings"] = before


def shapes(names):
    """Results for arguments as xlwings Lite hands them over with ndim=2: a list of rows, whatever was selected."""
    rag, s2, due = names["KPI_RAG"], names["KPI_S2"], names["KPI_DUE"]
    return [
        rag([["KPI S3"]], [[49]], [[50.0]]),
        rag([["KPI S3"]], [[49]], [[50]], [["as written"]]),
        rag([["KPI S3"]], [[49], [None], ["12 visits"]], [[50], [50], [50]]),
        rag([["KPI S3"]], [[49, 40, 10]], [[50]]),
        rag([["KPI S3", "KPI S1"]], [[49, 1], [1, 49]], [[50, 50], [50, 50]]),
        rag([[None]], [[1]], [[2]]),
        s2([[120]], [[3]], [[2]]),
        due([["KPI S3"]], [["2026-27 Q2"]], [[None]]),
        names["KPI_CHECK"]([["KPI S3"]], [["#N/A"]], [[50]]),
    ]
