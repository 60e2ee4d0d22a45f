"""The documents say what is true: reference made from the code, commands that parse, links that lead somewhere."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from regenerate_reference import reference_pages

import install_addin
from tests.evidence import some
from tests.house.project_files import ROOT, listed, name, tracked
from tests.lots import LOTS
from xlkpi.catalogue.load import load_catalogue
from xlkpi.cli.main import make_parser
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import State
from xlkpi.council import read_register, read_settings
from xlkpi.errors import Unreadable
from xlkpi.findings import Code
from xlkpi.layout.addresses import COVER, EDITIONS, HELP, PLAN
from xlkpi.layout.plan import plan_return
from xlkpi.sheets.ledger_template import plan_ledger_template
from xlkpi.writing.workbook import Formula

DOCS = ROOT / "docs"
PAGES = [path for path in tracked() if path.suffix == ".md"]
REFERENCE = [path for path in PAGES if path.parent.name == "reference"]
AGAIN = "run: python scripts/regenerate.py --only reference"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
MACHINE_PATH = re.compile(r"(?<![\w.])(?:/(?:tmp|work|root|home|Users|opt)/|[A-Z]:\\)")


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def line_of(path, words):
    """The number of the first line of a page that contains these words."""
    return next((n for n, line in enumerate(text(path).splitlines(), start=1) if words in line), 1)


def blocks(path, language=""):
    return [body for kind, body in FENCE.findall(text(path)) if kind == language]


def heading_ids(path):
    """The anchors of a page as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- reference -------------------------------------------------------------------------------------------------------


def test_the_reference_is_what_the_code_says():
    stored = {path.name: text(path) for path in REFERENCE}
    assert stored == reference_pages(), AGAIN


def test_every_finding_is_documented_and_nothing_else():
    listed = re.findall(r"^\| `(.+?)` \|", text("docs/reference/findings.md"), re.MULTILINE)
    assert sorted(listed) == sorted([code.name for code in Code] + [reason.code for reason in Unreadable]), AGAIN


def test_every_indicator_is_documented_in_the_order_of_the_schedule():
    listed = re.findall(r"^\| `((?:KPI|INFO) .+?)` \|", text("docs/reference/indicators.md"), re.MULTILINE)
    assert listed
    assert listed == list(load_catalogue().indicators), AGAIN


# --- commands --------------------------------------------------------------------------------------------------------


def shown_commands():
    """Every command line in a plain block of the pages that people write."""
    for path in PAGES:
        if path not in REFERENCE:
            for line in "".join(blocks(path)).splitlines():
                if line.startswith(("xlkpi ", "python3 install_addin.py")):
                    yield path, line


def is_understood(line):
    words = shlex.split(line, comments=True)
    try:
        if words[0] == "xlkpi":
            return make_parser().parse_args(words[1:]).command == words[1]
        asked, _ = install_addin.read_command(words[2:])
    except SystemExit:
        return False
    return asked.command in ("demo", "test", "install", "uninstall", "status", "doctor")


def test_the_commands_in_the_documents_are_understood():
    shown = list(shown_commands())
    offenders = [f"{name(path)}:{line_of(path, line)}: {line}" for path, line in shown if not is_understood(line)]
    assert len(shown) > 20
    assert not offenders, listed(offenders)


@pytest.mark.parametrize("line", ["xlkpi chek a.xlsx", "xlkpi check --no-such-option a.xlsx"])
def test_the_search_for_commands_that_do_not_parse_finds_one(line, capsys):
    assert not is_understood(line)
    assert capsys.readouterr().err


def commands():
    action = next(action for action in make_parser()._actions if action.dest == "command")
    return set(action.choices)


def test_the_commands_named_in_sentences_exist():
    named = [
        (path, word)
        for path in PAGES
        if path not in REFERENCE
        for word in re.findall(r"`xlkpi ([a-z]+)", FENCE.sub("", text(path)))
    ]
    unknown = [(path, f"`xlkpi {word}") for path, word in named if word not in commands()]
    offenders = [f"{name(path)}:{line_of(path, words)}: {words}" for path, words in unknown]
    assert len(named) > 20
    assert not offenders, listed(offenders)


def test_the_officer_is_told_of_every_command():
    names = set(re.findall(r"(?:xlkpi|install_addin\.py) ([a-z]+)", text("docs/officer.md")))
    assert commands() <= names


def test_the_readme_is_short_and_shows_the_two_commands():
    shown = "".join(blocks("README.md"))
    assert len(text("README.md").splitlines()) <= 120
    assert "python3 install_addin.py demo" in shown
    assert "python3 install_addin.py test" in shown


# --- links -----------------------------------------------------------------------------------------------------------


def leads_nowhere(path, picture, target):
    place, _, anchor = target.partition("#")
    aim = (path.parent / place).resolve() if place else path
    if picture and not any(DOCS / "img" in other.parents for other in tracked()):
        return False  # no picture has been taken yet
    if aim not in tracked():
        return True
    return bool(anchor) and anchor not in heading_ids(aim)


def test_every_link_and_picture_leads_to_a_file_of_the_project():
    links = [
        (path, mark, target)
        for path in PAGES
        for mark, target in LINK.findall(FENCE.sub("", text(path)))
        if not target.startswith(("https://", "mailto:"))
    ]
    offenders = [
        f"{name(path)}:{line_of(path, f'({target})')}: {target}"
        for path, mark, target in links
        if leads_nowhere(path, bool(mark), target)
    ]
    assert len(links) > 40
    assert not offenders, listed(offenders)


@pytest.mark.parametrize("target", ["nowhere.md", "#no-such-heading", "officer.md#no-such-heading"])
def test_the_search_for_broken_links_finds_one(target):
    assert leads_nowhere(DOCS / "provider.md", picture=False, target=target)


def test_no_page_names_a_folder_of_some_machine():
    offenders = [
        f"{name(path)}:{line_of(path, match.group())}: {match.group()}"
        for path in PAGES
        for match in MACHINE_PATH.finditer(text(path))
    ]
    assert len(PAGES) > 20
    assert not offenders, listed(offenders)


# --- what the guides promise -----------------------------------------------------------------------------------------


@pytest.fixture
def officers_folder(tmp_path):
    """The officer's register and settings, copied out of the guide."""
    (register,), (settings,) = blocks("docs/officer.md", "csv"), blocks("docs/officer.md", "toml")
    (tmp_path / "register.csv").write_text(register, encoding="utf-8")
    (tmp_path / "xlkpi.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def test_the_officers_sample_files_are_sound(officers_folder):
    providers, faults = read_register(officers_folder / "register.csv")
    settings = read_settings(officers_folder / "xlkpi.toml")
    rows = list(csv.reader((officers_folder / "register.csv").open(encoding="utf-8")))
    assert (len(providers), faults) == (len(rows) - 1, ())
    assert settings.as_written == ("KPI I4",)
    assert len(settings.contacts) == 2
    assert set(tomllib.loads(blocks("docs/officer.md", "toml")[0])) == {"council", "readings"}


def test_the_python_in_the_officers_guide_runs(officers_folder, monkeypatch):
    monkeypatch.chdir(officers_folder)
    (code,) = blocks("docs/officer.md", "python")
    before, after = code.split("xlkpi.check_return", 1)
    space: dict[str, object] = {}
    exec(before, space)  # noqa: S102 - our own document
    Path("inbox").mkdir()
    made_files = sorted(officers_folder.glob("returns/*.xlsx"))
    shutil.copy(made_files[0], "inbox/return.xlsx")
    exec("xlkpi.check_return" + after, space)  # noqa: S102 - our own document
    assert len(made_files) == 2
    assert (officers_folder / "master.xlsx").stat().st_size > 0


def test_the_provider_is_told_every_state_and_every_sheet():
    guide = text("docs/provider.md")
    texts = re.findall(r"^\| ([A-Z][a-z ]+?) \|", guide, re.MULTILINE)
    assert {state.value for state in State} <= set(texts)
    assert all(f"*{sheet}" in guide for sheet in (COVER, PLAN, HELP))


def test_the_providers_guide_has_short_sentences():
    prose = re.sub(r"^\|.*$|^#.*$|\[|\]\([^)]*\)|[*`]", "", text("docs/provider.md"), flags=re.MULTILINE)
    sentences = re.split(r"[.:?!]\s|\n\s*\n|\n\d\. |\n\s*- ", prose)
    lengths = [len(sentence.split()) for sentence in sentences if sentence.split()]
    assert sum(lengths) / len(lengths) <= 10
    assert max(lengths) <= 25


def test_the_documents_count_the_readings_right():
    differing = [indicator for indicator in load_catalogue().indicators.values() if indicator.why]
    assert len(differing) == 8
    assert all("eight " in text(path).lower() for path in ("README.md", "docs/officer.md", "docs/limits.md"))


def test_the_limits_name_every_worksheet_function_in_use():
    catalogue, whose = load_catalogue(), Provider("P1", "One", lots=LOTS, transport=True)
    plans = [plan_return(catalogue, whose, Period(2026, 4), edition=edition) for edition in EDITIONS]
    formulas = [slot.formula for plan in plans for sheet in plan.sheets for slot in sheet.slots]
    tables = [table for sheet in plan_ledger_template(catalogue, Period(2026, 2)).sheets for table in sheet.tables]
    formulas += [cell.text for table in tables for row in table.rows for cell in row if isinstance(cell, Formula)]
    shapes = {re.sub("[0-9]+", "0", formula) for formula in formulas}  # those of a column differ in the row alone
    used = {word for formula in shapes for word in re.findall(r"\b([A-Z]+)\(", re.sub(r'"[^"]*"', "", formula))}
    named = set(re.findall(r"\b[A-Z]+\b", text("docs/limits.md")))
    assert {"IF", "COUNTIFS", "CHOOSE"} <= used
    assert {word for word in used if not word.startswith("IS")} <= named


def test_decisions_are_numbered_and_have_a_status():
    decisions = some(sorted(path for path in PAGES if path.parent.name == "adr"))
    for number, path in enumerate(decisions, start=1):
        assert path.name.startswith(f"{number:04d}-")
        assert text(path).startswith(f"# {number}. ")
        assert "\nStatus: " in text(path)
