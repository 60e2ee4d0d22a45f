"""The menu offers the last period of the contract that it is used in."""

from __future__ import annotations

import json
from datetime import date

import pytest

from xlkpi.core.contract_words import ContractWords
from xlkpi.core.period import QUARTERS
from xlkpi.hosts.menu import macro_of


def offered(folder):
    (ask,) = (ask for ask in macro_of("build").asks if ask.name == "period")
    return ask.suggest({"folder": str(folder)})


@pytest.fixture
def root(tmp_path):
    (tmp_path / "xlkpi.toml").write_text("", encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "periods", "first_month"),
    [
        ({"periods": "monthly", "first_month": "July"}, "monthly", "July"),
        ({"periods": "annual"}, "annual", "April"),
        ({"periods": "weekly"}, "quarterly", "April"),  # refused by the command, with the fault by its place
    ],
)
def test_it_is_one_of_the_contract_s_own(root, words, periods, first_month):
    (root / "catalogue").mkdir()
    (root / "catalogue" / "contract.json").write_text(json.dumps(words), encoding="utf-8")
    scheme = ContractWords(periods=periods, first_month=first_month).scheme
    assert offered(root) == str(scheme.last_ended(date.today()))  # noqa: DTZ011 - the calendar on the user's wall


def test_elsewhere_it_is_a_quarter(root, tmp_path_factory):
    last = str(QUARTERS.last_ended(date.today()))  # noqa: DTZ011 - as above
    assert [offered(root), offered(tmp_path_factory.mktemp("elsewhere"))] == [last, last]
