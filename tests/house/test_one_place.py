"""One place for a fact: a second copy of one that has a home is found here, wherever in the product it appears.

Tools that look for equal lines do not see these: four parsers of dates had no line in common.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.house.project_files import ROOT, listed, name, nodes, python_files, walk

pytestmark = pytest.mark.xdist_group("files of the project")  # they are parsed once
EXACT_DATES = {
    "xlkpi/consolidation/later_return.py",  # when a file was saved, as the file format writes it
    "xlkpi/ooxml/values.py",  # a cell of type d
    "xlkpi/performance/working_days.py",  # our own list of bank holidays
    "xlkpi/reading/returns/manifest.py",  # our own hidden sheet
    "xlkpi/writing/returns/write_return.py",  # our own plan
}
"""Who reads a date that a program wrote in ISO. What a person wrote is read by xlkpi.core.day alone."""


def numbers(node: ast.AST) -> list[object]:
    return [child.value for child in ast.walk(node) if isinstance(child, ast.Constant)]


def texts(node: ast.AST) -> set[object]:
    return {child.value for child in ast.iter_child_nodes(node) if isinstance(child, ast.Constant)}


def called(node: ast.AST) -> str:
    """The last name of what is called; empty for anything that is not a call."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_epoch(node: ast.AST) -> bool:
    return called(node) in ("date", "datetime") and numbers(node)[:2] == [1899, 12]


def is_written_date_parsed(node: ast.AST) -> bool:
    return called(node) == "strptime"


def is_exact_date_parsed(node: ast.AST) -> bool:
    return called(node) == "fromisoformat"


def is_list_of_months(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("September", "Sept", "Sep")


def is_short_date(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("%d/%m/%Y", "%d/%m/%y", "%B")


def is_column_letter(node: ast.AST) -> bool:
    return called(node) in ("chr", "ord") and bool({64, 65} & set(numbers(node)))


def is_list_of_formula_signs(node: ast.AST) -> bool:
    signs = set(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else texts(node)
    short = not isinstance(node, ast.Constant) or len(str(node.value)) < 10
    return short and {"=", "+", "-", "@"} <= signs


def is_order_of_severities(node: ast.AST) -> bool:
    if not isinstance(node, ast.Tuple | ast.List):
        return False
    words = {str(text).lower().replace("_", " ") for text in texts(node)}
    words |= {item.attr.lower().replace("_", " ") for item in node.elts if isinstance(item, ast.Attribute)}
    return {"must fix", "query", "note"} <= words


def is_limit_of_packages(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.LShift):
        return numbers(node) in ([64, 20], [256, 20])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return sorted(map(str, numbers(node))) in (["1024", "1024", "256"], ["1024", "1024", "64"])
    return isinstance(node, ast.Constant) and node.value in (32_767, 409, 409.0)


def is_run_of_libreoffice(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("--headless", "--convert-to")


def is_measure_of_text(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in ("lines_of", "height_of", "count_lines", "row_height")


def is_header_plain(node: ast.AST) -> bool:
    """A text that loses case and signs, letter by letter."""
    if not isinstance(node, ast.GeneratorExp | ast.Call):
        return False
    return {"isalnum", "casefold"} <= {child.attr for child in ast.walk(node) if isinstance(child, ast.Attribute)}


def is_search_for_a_header(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in ("find_header", "read_records", "stream_records")


def is_list_of_acting_signs(node: ast.AST) -> bool:
    """Signs that turn the order of letters: in what leaves us, and (core) in what counts as blank in what we read."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and any(s in node.value for s in ACTING)


ACTING = ("\u202e", "\u2066", "u202e", "u2066")
FACTS = {
    "a spreadsheet's first day": (is_epoch, {"xlkpi/ooxml/serial_days.py"}),
    "a parser of written dates": (is_written_date_parsed, set()),
    "a parser of exact dates": (is_exact_date_parsed, EXACT_DATES),
    "the names of the months": (is_list_of_months, {"xlkpi/core/day.py"}),
    "a date in numbers": (is_short_date, {"xlkpi/core/day.py"}),
    "the letters of a column": (is_column_letter, {"xlkpi/ooxml/addresses.py"}),
    "the signs of a formula": (is_list_of_formula_signs, {"xlkpi/writing/csv_text.py"}),
    "the signs that act": (
        is_list_of_acting_signs,
        {"xlkpi/plain_text.py"},
    ),
    "the order of severities": (
        is_order_of_severities,
        {"xlkpi/findings/severity.py", "xlkpi/cli/json_check.py"},
    ),  # a type there
    "the limits of a package": (is_limit_of_packages, {"xlkpi/ooxml/limits.py"}),
    "a run of LibreOffice": (
        is_run_of_libreoffice,
        {"xlkpi/writing/libreoffice/process.py", "xlkpi/writing/libreoffice/convert.py"},
    ),
    "a measure of text": (is_measure_of_text, {"xlkpi/layout/text_size.py"}),
    "a header without signs": (is_header_plain, {"xlkpi/council/lists/columns.py"}),
    "a reader of lists": (is_search_for_a_header, {"xlkpi/council/lists/columns.py"}),
}
SECOND_COPIES = {
    "the signs that act": "_HIDDEN = re.compile('[\\u202a-\\u202e]')",
    "a spreadsheet's first day": "EPOCH = datetime(1899, 12, 31)",
    "a parser of written dates": "day = datetime.strptime(text, form).date()",
    "a parser of exact dates": "day = date.fromisoformat(text)",
    "the names of the months": "NAMES = ('August', 'September')",
    "a date in numbers": "text = f'{day:%d/%m/%Y}'",
    "the letters of a column": "letter = chr(ord('A') + n) + chr(65 + rest)",
    "the signs of a formula": "risky = text.startswith(('=', '+', '-', '@'))",
    "the order of severities": "ORDER = (Severity.MUST_FIX, Severity.QUERY, Severity.NOTE)",
    "the limits of a package": "LIMIT = 64 * 1024 * 1024",
    "a run of LibreOffice": "subprocess.run([soffice, '--headless'])",
    "a measure of text": "def lines_of(text, width): ...",
    "a header without signs": "plain = ''.join(c for c in text.casefold() if c.isalnum())",
    "a reader of lists": "def find_header(rows): ...",
}


OF_NO_FACT = (ast.Name, ast.Attribute, ast.Subscript, ast.arg, ast.keyword, ast.alias, ast.Expr, ast.Return)
"""Most nodes: no check asks for them, and they have two parts at most."""


def places(all_nodes: Iterable[ast.AST]) -> dict[str, list[int]]:
    """The places of every fact among the nodes of a file, which is gone through once for all of them."""
    checked = [node for node in all_nodes if not isinstance(node, OF_NO_FACT)]
    checks = {fact: is_copy for fact, (is_copy, _) in FACTS.items()}
    return {fact: sorted({getattr(node, "lineno", 0) for node in checked if is_copy(node)})
            for fact, is_copy in checks.items()}  # fmt: skip


@cache
def places_by_fact(path: Path) -> dict[str, list[int]]:
    """The places of every fact in a file."""
    return places(nodes(path))


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_one_place(fact):
    homes = FACTS[fact][1]
    files = [path for path in python_files("xlkpi", "udfs") if name(path) not in homes]
    copies = [f"{name(path)}:{line}: {fact} once more" for path in files for line in places_by_fact(path)[fact]]
    where = f"its place is {', '.join(sorted(homes)) or 'nowhere in the product'}"
    assert not copies, f"{listed(copies)}\n{where}"


@pytest.mark.parametrize("fact", FACTS)
def test_the_places_are_where_this_file_says(fact):
    empty = [home for home in FACTS[fact][1] if not places_by_fact(ROOT / home)[fact]]
    assert not empty


@pytest.mark.parametrize("fact", FACTS)
def test_a_second_copy_would_be_found(fact):
    assert places(walk(ast.parse(SECOND_COPIES[fact])))[fact]
