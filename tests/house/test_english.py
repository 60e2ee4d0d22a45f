"""Plain English: no text of ours contains a phrase that a native reader would stumble over.

It reads what people read: texts, docstrings and comments of the code, Visual Basic, README and guides. The contract's
own words (docs/contract, the catalogue, quotations of them) are never changed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.project_files import listed, name, nodes, source, tracked

pytestmark = pytest.mark.xdist_group("files of the project")  # they are parsed once
PLACES = (
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "install_addin.py", "workbooks/README.md"),
    *("docs/", "scripts/", ".github/", "udfs/", "xlkpi/"),
)
SUFFIXES = {".py", ".md", ".bas", ".xml", ".toml", ".txt", ".yml"}
NOT_OURS = ("docs/contract/", "docs/reference/", "xlkpi/demo/reasons.toml")
"""The contract's text; the reference, which is made from texts that are read here; what made-up providers write."""

WEED_OUT = (
    (r"\btold\b", "reported, or say who does what"),
    (r"\bsaid\b(?! so\b)", "written, reported"),
    (r"\banew\b", "again; “worked out anew” is “recalculated”"),
    (r"\bmend(s|ed|ing)?\b", "fix"),
    (r"\bput(s|ting)? right\b", "fix"),
    (r"\bas (it was )?put\b", "unchanged"),
    (r"\bstands?\b(?! (for|out|alone)\b)", "is"),
    (r"\bstood\b", "was"),
    (r"\blies\b", "is"),
    (r"\blie (in|on|under|beside|there|where)\b", "are"),
    (r"\bwhat (came|reached us)\b", "the file we received"),
    (r"(?<!there )\b(is|are) no (?!longer\b|more\b|less\b|need\b|doubt\b|one\b)\w+", "is not a …, is not recognised"),
    (
        r"\b(one|an?) (row|line|file|sheet|page|chart|entry|object|command|column|cell|key|message|look-up|process) "
        r"an? (?!(\w+ )+(sent|typed|saved|can|may|has|wrote)\b)\w+",
        "one row per provider",
    ),
    (r"(?<!provider )\bholds?\b(?! (the |any |only |no |of )?(its |these )?lots?\b)", "contains"),
    (r"(^|[.!?:]\s+)(?-i:Whose|Whom)\b", "who does what; “Who to contact”"),
    (r"\be-mails?\b", "email"),
    (r"\ball the same\b", "still"),
    (r"\bin the place of\b", "instead of"),
    (r"\bshall\b", "must, will"),
    (r"\b(?-i:the council)\b", "the Council"),
    (r"\bhow far (it|each|you) (is|are)\b", "progress"),
)
"""Each pattern, whatever its case, with what to write instead."""
COMPILED = tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in WEED_OUT)
ALLOWED = (
    ("xlkpi/layout/action_plan.py", "Who shall do what?"),  # Appendix A
    ("xlkpi/findings/unreadable.py", "e-mail"),  # the code that scripts may look for
    ("xlkpi/sheets/master/missing.py", "e-mail"),  # a header that feedback reads back from any master
    ("xlkpi/reading/masters/lists.py", "e-mail"),
    ("xlkpi/finance/unread_columns.py", "|hold|"),  # what finance programs call an invoice in dispute
)
"""Quotations of the contract, and the names that scripts rely on."""


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a file that a person reads, with its line."""
    if path.suffix != ".py":
        yield from enumerate(source(path).splitlines(), start=1)
        return
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from enumerate(node.value.splitlines(), start=node.lineno)
    for number, line in enumerate(source(path).splitlines(), start=1):
        _, sign, rest = line.partition("#")
        if sign:  # a comment; or a text that has the sign, and then code is read as well
            yield number, sign + rest


def offences(text: str) -> Iterator[tuple[str, str]]:
    """Each phrase of a text to weed out, with what to write instead."""
    for pattern, instead in COMPILED:
        if match := pattern.search(text):
            yield match.group().strip(), instead


def ours() -> list[Path]:
    """The files whose texts people read."""
    files = [path for path in tracked() if path.suffix in SUFFIXES and not name(path).startswith(NOT_OURS)]
    return [path for path in files if name(path).startswith(PLACES)]


def is_allowed(path: Path, text: str) -> bool:
    """Whether a text is a quotation."""
    return any(name(path) == place and part in text for place, part in ALLOWED)


def test_texts_are_plain_english():
    files = ours()
    assert len(files) > 300
    offenders = [
        f"{name(path)}:{line}: “{words}”: write {instead}"
        for path in files
        for line, text in texts(path)
        for words, instead in offences(text)
        if not is_allowed(path, text)
    ]
    assert not offenders, listed(offenders)


@pytest.mark.parametrize(("place", "part"), ALLOWED)
def test_every_quotation_is_still_there(place, part):
    assert any(part in text for path in ours() if name(path) == place for _, text in texts(path))


@pytest.mark.parametrize(
    "text",
    [
        "“X” is no lot",
        "What stands there was read",
        "one row a provider",
        "A chart a KPI",
        "Whom to ask",
        "the council",
        "Put right what is red",
        "worked out anew",
        "The cell holds a formula",
        "nobody told us",
        "Send an e-mail",
    ],
)
def test_the_search_finds_what_it_is_for(text):
    assert list(offences(text))


@pytest.mark.parametrize(
    "text",
    [
        "A star stands for a period",
        "there is no answer",
        "the file a provider sent",
        "one of a kind",
        "It is no longer so",
        "a provider holds lots 1a and 3",
        "Check whose return this is",
        "the Council",
        "one row per provider",
        "a row an officer wrote",
        "council.py",
    ],
)
def test_the_search_lets_plain_english_pass(text):
    assert not list(offences(text))
