"""Contracts that report by months, four months, half-years and years: from the empty folder to the letter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

import openpyxl
import pytest

import xlkpi
from tests.core.period_calendar import LENGTHS, list_parts
from tests.hosts.functions_in_use import functions_in_use
from tests.reading.return_edits import named, type_in
from xlkpi.catalogue.terms_in_use import parse_terms, write_terms
from xlkpi.cli.main import main
from xlkpi.commands.decide import decide
from xlkpi.commands.escalate import escalate
from xlkpi.commands.new import make_contract_folder
from xlkpi.council import ContractFolder, locate_lists, read_council
from xlkpi.council.catalogue_folder import read_versions
from xlkpi.hosts.functions import WrongArgument

CONTRACTS = [("monthly", "April"), ("four-monthly", "January"), ("half-yearly", "July"), ("annual", "April")]
MONTHS = {"January": 1, "April": 4, "July": 7}
KPI = {"section": "all", "description": "% of visits in time", "x": "no. of visits in time", "y": "total no. of visits",
       "red": "<80%", "amber": "80-90%", "green": ">90%", "measured": "Provider return"}  # fmt: skip
PLAN = "Our manager will plan the rounds again by 31 January 2030."


@dataclass(frozen=True)
class OtherContract:
    """A contract folder with returns of three periods, the periods by the calendar, and the words for them."""

    folder: ContractFolder
    periods: str
    texts: list[str]
    ends_year: list[bool]
    ended: date


@pytest.fixture(scope="module", params=CONTRACTS, ids=" from ".join)
def contract(request, tmp_path_factory):
    periods, first_month = request.param
    root = tmp_path_factory.mktemp(periods.replace("-", ""))
    (root / "catalogue").mkdir()
    words = {"council": "Borsetshire", "short": "the Council", "contract": "Homecare"}
    words |= {"periods": periods, "first_month": first_month}
    (root / "catalogue" / "contract.json").write_text(json.dumps(words), encoding="utf-8")
    often = {"V 1": periods, "V 2": "annual"}
    version = {"version": "1", "source": "Homecare, Schedule 3", "same_y": [], "x_sums": [], "x_parts": [],
               "sections": [{"key": "all", "title": "Everyone", "heading": "every provider", "lots": ["north"]}],
               "indicators": [{**KPI, "code": code, "frequency": each} for code, each in often.items()]}  # fmt: skip
    (root / "catalogue" / "1.json").write_text(json.dumps(version), encoding="utf-8")
    folder = make_contract_folder(root / "contract", catalogue=root / "catalogue")
    (folder.root / "register.csv").write_text("provider_id,provider,lots\nB1,Ambridge Care,north\n", encoding="utf-8")
    parts = list_parts(periods, MONTHS[first_month], range(2022, 2027))
    last = next(
        number for number, part in enumerate(parts) if (part.year, part.number) == (2025, 12 // LENGTHS[periods])
    )
    returned = parts[last - 2 : last + 1]
    ends = [part.number == 12 // LENGTHS[periods] for part in returned]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLKPI_KEY", "off")
        for part in returned:
            days = f"{part.start:%d/%m/%Y} to {part.end:%d/%m/%Y}"  # as people write it; a text of ours works too
            built = xlkpi.build_returns(folder.register, days, root / part.text, contract=folder)
            fill(built.files[0][1], folder.inbox / f"{part.text}.xlsx", part.end)
    return OtherContract(folder, periods, [part.text for part in returned], ends, returned[-1].end)


def fill(path, to, day):
    """Type in 7 of 10, with a plan, wherever x is open."""
    book = openpyxl.load_workbook(path)
    cells = {"Return.declared_by": "A. Person", "Return.declared_on": day}
    values = {"x": 7, "y": 10, "comment": "Two rounds were too long."}
    values |= dict.fromkeys(("action", "outcomes", "timescale"), PLAN)
    for slug in ("V_1", "V_2"):
        if not named(book, f"{slug}.x").protection.locked:
            cells |= {f"{slug}.{part}": value for part, value in values.items()}
    to.write_bytes(type_in(path.read_bytes(), cells))


def consolidated(contract, period=None):
    master = contract.folder.root / "master.xlsx"
    options = {"contract": contract.folder, "keep": False, "jobs": 1, "as_of": contract.ended, "overwrite": True}
    return xlkpi.consolidate(contract.folder.inbox, master, period=period or contract.texts[-1], **options), master


def column(sheet, name):
    header, *rows = sheet.iter_rows(values_only=True)
    return [row[header.index(name)] for row in rows]


def test_a_return_is_of_its_period_and_asks_for_what_ends_with_it(contract):
    returns = [xlkpi.check_return(contract.folder.inbox / f"{text}.xlsx", terms=council(contract).terms)
               for text in contract.texts]  # fmt: skip
    assert [str(checked.manifest.period) for checked in returns] == contract.texts
    due = [{entry.code for entry in checked.entries if entry.state.value != "Not due"} for checked in returns]
    assert due == [{"V 1", "V 2"} if ends else {"V 1"} for ends in contract.ends_year]
    # Nothing to fix; what an earlier return left open is only carried where the next was built after it.
    assert {str(finding.severity.value) for checked in returns for finding in checked.findings} <= {"query", "note"}


def test_the_hidden_manifest_says_by_what_periods_it_was_built(contract):
    book = openpyxl.load_workbook(contract.folder.inbox / f"{contract.texts[0]}.xlsx")
    manifest = json.loads(named(book, "Return.manifest").value)
    assert (manifest["period"], manifest["periods"]) == (contract.texts[0], contract.periods)


def council(contract):
    return read_council(locate_lists(contract.folder.inbox, contract=contract.folder))


def test_a_master_shows_every_period_in_its_order(contract):
    written_master, master = consolidated(contract)
    assert (str(written_master.consolidation.period), written_master.consolidation.used) == (contract.texts[-1], 1)
    book = openpyxl.load_workbook(master, data_only=True)
    assert set(column(book["Data"], "period")) == {contract.texts[-1]}
    *before, own = contract.texts
    assert column(book["Files"], "period") == [own, *before]  # the period's own files come first
    shown = [period for period, code in zip(column(book["Trends"], "period"), column(book["Trends"], "indicator"),
             strict=True) if code == "V 1"]  # fmt: skip
    assert shown[:3] == contract.texts
    assert sorted(column(book["Open matters"], "run")) == sorted((3, sum(contract.ends_year)))


def test_red_in_two_periods_in_a_row_is_a_step_and_the_letter_is_of_the_last(contract, tmp_path):
    day = contract.ended + timedelta(days=1)
    proposed = escalate(contract.folder.inbox, out=tmp_path, as_of=day, contract=contract.folder)
    matters = {matter.code: matter for matter in proposed.matters.open}
    assert (str(matters["V 1"].opened), matters["V 1"].run) == (contract.texts[0], 3)
    assert any(each.step.matters[0].code == "V 1" and contract.texts[-1] in each.letter for each in proposed.steps)


def test_the_master_is_read_back_by_the_contract_s_periods(contract):
    _, master = consolidated(contract)
    before = {path: path.read_bytes() for path in contract.folder.inbox.iterdir()}
    for path in before:
        path.unlink()
    try:
        again = xlkpi.consolidate(
            contract.folder.inbox, contract.folder.root / "again.xlsx", previous=master, contract=contract.folder,
            keep=False, jobs=1, as_of=contract.ended, overwrite=True, period=None,
        )  # fmt: skip
    finally:
        for path, data in before.items():
            path.write_bytes(data)
    assert [str(each.period) for each in again.consolidation.record.periods][:3] == contract.texts


def test_decisions_and_targets_name_periods_as_people_do(contract):
    first, _, last = contract.texts
    log, targets = contract.folder.root / "decisions.csv", contract.folder.root / "targets.csv"
    before = log.read_bytes()
    targets.write_text(f"indicator,from_period,red,amber,green\nV 1,{last},<60%,60-65%,>65%\n", encoding="utf-8")
    lock = decide("lock", period=first.lower().replace("-", "/"), why="Agreed", folder=contract.folder.root)
    try:
        known = council(contract)
        assert (str(lock.decision.period), known.decisions.faults, known.targets.faults) == (first, (), ())
        rows = {text: consolidated(contract, text)[0].consolidation.rows for text in contract.texts}
        rags = {text: row.rag.value for text, of_period in rows.items() for row in of_period if row.indicator == "V 1"}
        assert rags == {first: "Red", contract.texts[1]: "Red", last: "Green"}
        judge_by_functions(contract, known)
    finally:
        log.write_bytes(before)
        targets.unlink()


def judge_by_functions(contract, known):
    """The worksheet functions read a period of the contract chosen for the computer, and judge by its targets."""
    terms = parse_terms(write_terms(read_versions(contract.folder.catalogue), known.targets.changes, known.terms.words))
    with functions_in_use(terms) as call:
        periods = [tuple(contract.texts)]
        assert call["KPI_RAG"]("V 1", 7, 10, None, periods) == [["Red", "Red", "Green"]]
        assert call["KPI_DUE"]("V 2", periods) == [["Due" if ends else "Not due" for ends in contract.ends_year]]
        with pytest.raises(WrongArgument, match=f"Write it like {known.terms.scheme.example}"):
            call["KPI_DUE"]("V 1", "2026-27 Q2")


def test_the_command_takes_the_contract_s_period_and_says_how_to_write_one(contract, monkeypatch, capsys):
    monkeypatch.chdir(contract.folder.root)
    assert main(["build", "--period", "2026-27 Q2"]) == 2
    example = council(contract).terms.scheme.example
    assert f"“2026-27 Q2” is not a reporting period. Write it as “{example}”." in capsys.readouterr().err
    assert f'add --period "{example}"' in (contract.folder.root / "README.txt").read_text(encoding="utf-8")


def test_a_return_of_another_scheme_is_not_read_as_one_of_ours(contract):
    checked = xlkpi.check_return(contract.folder.inbox / f"{contract.texts[0]}.xlsx")
    assert [finding.code.name for finding in checked.findings] == ["TEMPLATE_UNKNOWN"]
