"""Every kind of file that we write, of hostile names and texts, by the judge of packages and by openxml-audit."""

from __future__ import annotations

import re

import pytest

from tests.house.project_files import ROOT
from tests.judge.packages.other_judges import openxml_audit_faults
from tests.judge.packages.outputs import FILLED, LEDGER, MARKED, MASTER, small_returns, write_outputs
from tests.judge.packages.package import Fault, packed, parts_of, without_later_rows
from tests.judge.packages.planted import ADDIN, FINANCE, FUNCTIONS, PLANTED, RETURN, SCORECARD
from tests.judge.packages.rules import RULES, audit, audit_file, each_fault, report

pytestmark = pytest.mark.xdist_group("packages")  # the files are written once
KINDS = (RETURN, FUNCTIONS, FILLED, MARKED, MASTER, FINANCE, SCORECARD, LEDGER, ADDIN)
SAMPLES = ("KCC master*.xlsx", "Finance check*.xlsx", "KPI scorecard *P006*.xlsx", "* - checked.xlsx", "*P003*.xlsx")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    return write_outputs(tmp_path_factory.mktemp("packages"))


def of_kind(outputs, kind):
    files = [path for name, path in outputs.items() if re.fullmatch(f"{kind}( \\w+)?", name)]
    assert files, kind
    return files


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_would_make_excel_offer_a_repair(kind, outputs):
    for path in of_kind(outputs, kind):
        faults = audit_file(path)
        assert not faults, f"{path.name}\n{report(faults)}"


@pytest.mark.parametrize("sample", SAMPLES)
def test_nor_in_the_samples(sample):
    faults = audit_file(next((ROOT / "workbooks").rglob(sample)))
    assert not faults, report(faults)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_openxml_audit_finds_nothing(kind, outputs, tmp_path):
    path = of_kind(outputs, kind)[-1]
    short = tmp_path / path.name
    short.write_bytes(without_later_rows(path.read_bytes()))
    assert openxml_audit_faults(short) == []


# --- the judge itself ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(outputs):
    """A small package in order of each kind that faults are planted in."""
    small = small_returns()
    paths = {fault.output: of_kind(outputs, fault.output)[0] for fault in PLANTED if fault.output not in small}
    return small | {kind: (path.name, path.read_bytes()) for kind, path in paths.items()}


@pytest.mark.slow
def test_it_finds_every_planted_fault_by_the_rule_that_is_meant(sound):
    missed = []
    for fault in PLANTED:
        name, content = sound[fault.output]
        if all(package_fault.rule != fault.rule for package_fault in each_fault(name, fault.plant(content))):
            missed.append(fault.name)
    assert len(PLANTED) >= 42
    assert missed == []


def test_a_fault_that_has_nothing_to_change_is_said():
    with pytest.raises(LookupError, match=PLANTED[0].name):
        PLANTED[0].plant(packed({}))


def test_openxml_audit_finds_some_of_them(sound, tmp_path):
    """So that a silence of its own means something; docs/limits.md says how many each judge finds."""
    parts = parts_of(sound[SCORECARD][1])
    broken = {part: data.replace(b"<sheetData>", b"<noSuchThing/><sheetData>") for part, data in parts.items()}
    (tmp_path / "broken.xlsx").write_bytes(packed(broken))
    assert openxml_audit_faults(tmp_path / "broken.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK", b"<html/>"])
def test_what_is_no_package_is_said(content):
    assert [fault.rule for fault in audit("a.xlsx", content)] == ["not a package"]


def test_a_package_without_its_main_parts_is_said():
    content = packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook>"})
    rules = [fault.rule for fault in audit("a.xlsx", content)]
    assert rules == ["not well formed", "part that must be there", "part that must be there"]


def test_a_report_is_short():
    assert report([Fault("rule", "place", "detail")] * 50, most=2) == "rule: place detail\n" * 1 + "rule: place detail"
    assert len({rule.__name__ for rule in RULES}) == len(RULES) == 30
