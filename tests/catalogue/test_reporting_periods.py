"""The reporting periods that a contract names in its catalogue folder, and what does not fit them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import xlkpi.council.catalogue_folder as example
from xlkpi.catalogue.load import load_terms
from xlkpi.catalogue.terms_in_use import parse_terms, write_terms
from xlkpi.core.period import QUARTERS, Period
from xlkpi.core.target_change import TargetChange
from xlkpi.council.catalogue_folder import find_catalogue_faults, load_catalogue_folder, read_versions

EXAMPLE = Path(example.__file__).with_name("catalogue_example")


@pytest.fixture
def folder(tmp_path):
    """The example of a catalogue folder, without its notes for programmers."""
    shutil.copytree(EXAMPLE, tmp_path / "catalogue", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "catalogue"


def change(folder: Path, name: str, **values: object) -> None:
    content = json.loads((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_text(json.dumps({**content, **values}), encoding="utf-8")


def change_frequencies(folder: Path, *frequencies: str) -> None:
    content = json.loads((folder / "2026-27.1.json").read_text(encoding="utf-8"))
    for row, frequency in zip(content["indicators"], frequencies, strict=False):
        row["frequency"] = frequency
    change(folder, "2026-27.1.json", indicators=content["indicators"])


def test_a_contract_that_names_no_periods_has_quarters_from_april(folder):
    contract = json.loads((folder / "contract.json").read_text(encoding="utf-8"))
    plain = {key: value for key, value in contract.items() if key not in ("periods", "first_month")}
    (folder / "contract.json").write_text(json.dumps(plain), encoding="utf-8")
    assert load_catalogue_folder(folder).scheme == QUARTERS == load_terms().scheme == load_terms().in_force().scheme


def test_a_contract_names_its_periods_and_its_versions_begin_with_one(folder):
    change(folder, "contract.json", periods="monthly", first_month="January")
    change(folder, "2026-27.1.json", from_period="May 2026")
    change_frequencies(folder, "monthly", "half-yearly", "annual")
    assert find_catalogue_faults(folder) == []
    terms = load_catalogue_folder(folder)
    assert terms.in_force().from_period == Period(2026, 5, terms.scheme)
    assert [each.effective.frequency.value for each in terms.in_force().indicators.values()][:3] == [
        "monthly", "six-monthly", "annual"]  # fmt: skip


@pytest.mark.parametrize(
    ("contract", "fault"),
    [
        ({"periods": "weekly"}, "contract.json: periods is “weekly”. "
         "Write one of: monthly, quarterly, four-monthly, half-yearly, annual."),
        ({"periods": "Quarterly"}, "contract.json: periods is “Quarterly”. Did you mean quarterly?"),
        ({"first_month": 4}, "contract.json: first_month is “4”. Did you mean April?"),
        ({"first_month": "Ocktober"}, "contract.json: first_month is “Ocktober”. Did you mean October?"),
        ({"first_month": 13}, "contract.json: first_month is “13”. Write one of: January, February, March, April, May, "
         "June, July, August, September, October, November, December."),
    ],
)  # fmt: skip
def test_periods_that_no_contract_has_are_named(folder, contract, fault):
    change(folder, "contract.json", **contract)
    change(folder, "2026-27.1.json", from_period="2026-27 M05")
    assert find_catalogue_faults(folder) == [fault]


def test_a_frequency_that_ends_inside_a_period_is_named(folder):
    change(folder, "contract.json", periods="four-monthly", first_month="April")
    change_frequencies(folder, "quarterly", "monthly", "annual", "four-monthly", "annual", "annual")
    faults = find_catalogue_faults(folder)
    codes = list(json.loads((folder / "2026-27.1.json").read_text(encoding="utf-8"))["indicators"])
    why = "does not fit, because the reporting periods are four-monthly. Write four-monthly or annual."
    assert faults[:2] == [
        f"2026-27.1.json: {codes[0]['code']}: quarterly {why}",
        f"2026-27.1.json: {codes[1]['code']}: monthly {why}",
    ]


def test_a_first_period_of_another_scheme_is_named(folder):
    change(folder, "contract.json", periods="quarterly", first_month="July")
    change(folder, "2026-27.1.json", from_period="2026-27 M05")
    assert find_catalogue_faults(folder) == [
        "2026-27.1.json: from_period is “2026-27 M05”, which is not a reporting period. Write it as 2026-27 Q2."
    ]


def test_the_functions_are_given_the_contract_s_periods(folder):
    change(folder, "contract.json", periods="monthly", first_month="April")
    change(folder, "2026-27.1.json", from_period="2026-27 M02")
    terms = load_catalogue_folder(folder)
    indicator = next(each for each in terms.in_force().indicators.values() if each.is_kpi)
    changed = TargetChange(indicator.code, Period(2026, 8, terms.scheme), stretch="99%")
    again = parse_terms(write_terms(read_versions(folder), [changed], terms.words))
    assert again.scheme == terms.scheme
    assert again.changes == (changed,)
    assert again.in_force().from_period == Period(2026, 2, terms.scheme)
