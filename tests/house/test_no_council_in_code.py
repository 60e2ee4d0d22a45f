"""No code names a council or its case system: that is data. What still does is listed, and may only shrink."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.project_files import ROOT

NAMES = re.compile(r"\b(Kent|KCC|SWIFT|Liberi)\b")
STILL = {
    "xlkpi/cli/demo.py": "the demonstration is of Kent's contract",
    "xlkpi/cli/finance.py": "help of an option",
    "xlkpi/cli/main.py": "help",
    "xlkpi/cli/new.py": "help: without a catalogue it is Kent's",
    "xlkpi/demo/run.py": "the demonstration is of Kent's contract",
    "xlkpi/findings/council_lists.py": "times are those of the United Kingdom",
    "xlkpi/hosts/functions.py": "help of an argument",
    "xlkpi/performance/contract_quotes.py": "paragraphs of Kent's Schedule",
    "xlkpi/sheets/finance/overview.py": "finance's check of KPI S2",
    "xlkpi/sheets/finance/prompt_payment.py": "finance's check of KPI S2",
    "xlkpi/sheets/ledger_template/plan_ledger.py": "finance's check of KPI S2",
}
"""Files whose texts still name Kent, and why. Its docstrings and comments may."""


def texts_of(tree: ast.AST) -> Iterator[str]:
    """Every text in a file that is not a docstring, or a note below an assignment."""
    notes = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in notes)
    return (node.value for node in constants if isinstance(node.value, str))


def test_only_the_files_that_are_listed_name_a_council():
    files = sorted((ROOT / "xlkpi").rglob("*.py"))
    trees = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}
    naming = {name for name, tree in trees.items() if any(NAMES.search(text) for text in texts_of(tree))}
    assert len(trees) > 300
    assert naming == set(STILL), "put the name into the data of the catalogue"
