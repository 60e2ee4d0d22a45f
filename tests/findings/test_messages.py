"""Every message there is: it renders, it reads as users.md asks, and something can say it."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from tests.house.project_files import ROOT, python_files
from xlkpi.errors import Unreadable
from xlkpi.findings import Code, Finding, Severity, finding, pieces, render

FORBIDDEN = re.compile(r"\b(please|sorry|valid|invalid|error|errors)\b", re.IGNORECASE)
THREE = {Code.X_OVER_Y, Code.SAME_Y}
"""users.md words these two itself, in three short sentences."""

every_code = pytest.mark.parametrize("code", Code, ids=lambda code: code.name)


def fields(code):
    return [field for _, field, _, _ in Formatter().parse(re.sub(r"[][]", "", code.template)) if field]


def facts(code):
    return {field: f"<{field}>" for field in fields(code)}


@every_code
def test_a_message_shows_every_fact_it_is_given(code):
    text = render(code, facts(code))
    assert text == re.sub(r"[][]", "", code.template).format(**facts(code))
    assert not re.search(r"[][{}]", text)


@every_code
def test_an_optional_part_goes_with_its_fact_and_the_rest_stays(code):
    needed = {field for field in fields(code) if field not in re.findall(r"\[[^]]*\{(\w+)\}[^]]*\]", code.template)}
    optional = set(re.findall(r"\{(\w+)\}", "".join(re.findall(r"\[[^]]*\]", code.template))))
    given = {field: "7" for field in fields(code) if field not in optional}
    assert render(code, given) == re.sub(r"\[[^]]*\]", "", code.template).format(**given)
    for field in needed - optional:
        with pytest.raises(KeyError):
            render(code, {name: text for name, text in given.items() if name != field})


@every_code
def test_a_message_reads_as_messages_should(code):
    text = render(code, facts(code))
    assert not FORBIDDEN.search(text)
    assert text.endswith((".", "<remedy>"))
    assert "  " not in text
    assert len(re.findall(r"[.!?](?=\s|$)", text)) <= (3 if code in THREE else 2)


@pytest.mark.parametrize("reason", Unreadable, ids=lambda reason: reason.name)
def test_why_a_file_cannot_be_read_reads_as_messages_should(reason):
    text = f"return.xlsx {reason.description.format(detail='its table of parts is cut off')}. {reason.remedy}"
    assert not FORBIDDEN.search(text)
    assert len(re.findall(r"[.!?](?=\s|$)", text)) <= 2


def test_no_two_kinds_say_the_same():
    assert len({code.template for code in Code}) == len(Code)


def test_every_kind_is_said_somewhere():
    sources = [path for path in python_files("xlkpi") if ROOT / "xlkpi/findings" not in path.parents]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r"\bCode\.(\w+)", text))
    unused = [code.name for code in Code if code.name not in used]
    assert not unused, "no check reports these: write the check (core/checks.py for an entry), or take them out"


def test_a_finding_weighs_what_its_kind_weighs_unless_told():
    findings = finding(Code.LARGE, {"code": "KPI S1", "y": "9", "comment_at": "L6"}, indicator="KPI S1", cell="G6")
    assert findings == Finding(
        Code.LARGE,
        Severity.QUERY,
        "KPI S1",
        "",
        "G6",
        "KPI S1 y is 9, a very large count. Check it, or explain in L6.",
    )
    noted = finding(Code.LARGE, {"code": "KPI S1", "y": "9", "comment_at": "L6"}, severity=Severity.NOTE)
    assert noted.severity is Severity.NOTE


def test_a_message_falls_into_text_and_fields():
    assert pieces(Code.COUNT_DECIMAL, frozenset(("code", "which", "found"))) == (
        (True, "code"),
        (False, " "),
        (True, "which"),
        (False, " is "),
        (True, "found"),
        (False, ". It is "),
        (True, "of_kind"),
        (False, ": enter "),
        (True, "needed"),
        (False, "."),
    )


@every_code
def test_a_fact_is_shown_as_it_is_whatever_it_holds(code):
    odd = dict.fromkeys(fields(code), "{code} [x] %s \\1")
    assert render(code, odd).count("{code} [x] %s \\1") == len(fields(code))
