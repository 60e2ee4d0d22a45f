"""Where each list of a contract folder is, from wherever in it somebody starts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.small_catalogue import small_catalogue
from xlkpi.catalogue.load import ContractTerms
from xlkpi.core.contract_places import SETTINGS_NAME
from xlkpi.council.contract_files import make_first_files
from xlkpi.council.contract_folder import ContractFolder, find_contract_folder
from xlkpi.errors import SettingsError


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "day services"
    (root / "inbox" / "2026" / "October").mkdir(parents=True)
    (root / "xlkpi.toml").touch()
    return ContractFolder(root)


@pytest.mark.parametrize("place", ["", "inbox", "inbox/2026/October"])
def test_a_contract_folder_is_found_from_its_sub_folders(folder, place):
    assert find_contract_folder(folder.root / place) == folder


def test_settings_beside_a_register_alone_are_no_contract_folder(tmp_path):
    (tmp_path / "xlkpi.toml").touch()
    assert find_contract_folder(tmp_path) is None


def test_a_list_is_a_csv_or_a_workbook_or_not_there(folder):
    (folder.root / "register.xlsx").touch()
    (folder.root / "decisions.csv").touch()
    assert folder.register == folder.root / "register.xlsx"
    assert folder.decisions == (folder.root / "decisions.csv",)
    (folder.root / "decisions.xlsx").touch()
    assert folder.decisions == (folder.root / "decisions.csv", folder.root / "decisions.xlsx")
    assert (folder.targets, folder.meetings, folder.catalogue, folder.templates) == (None, None, None, None)


def test_two_lists_of_one_name_are_refused_and_named(folder):
    for name in ("register.csv", "register.xlsx"):
        (folder.root / name).touch()
    with pytest.raises(SettingsError, match=r"day services: register\.csv and register\.xlsx are both here"):
        _ = folder.register


def test_every_file_of_a_ledger_folder_is_of_the_ledger_and_an_empty_one_is_no_fault(folder):
    assert folder.ledger == ()
    ledger = folder.root / "ledger"
    ledger.mkdir()
    assert folder.ledger == ()
    for name in ("b.csv", "a.xlsx", "~$a.xlsx", "xlkpi-ledger.toml"):
        (ledger / name).touch()
    assert [file.name for file in folder.ledger] == ["a.xlsx", "b.csv"]


@pytest.mark.parametrize(("why", "example"), [("x counts what is disputed.", "KPI S2"), ("", "KPI S1")])
def test_a_new_folder_names_an_indicator_of_the_latest_version_though_an_earlier_one_had_more(why, example):
    earlier = small_catalogue()
    indicators = {code: replace(each, why=why and each.why) for code, each in earlier.indicators.items()}
    del indicators["KPI S3"]
    terms = ContractTerms((earlier, replace(earlier, version="small.2", indicators=indicators)))
    assert f'# "{example}" = "as written"'.encode() in make_first_files("homecare", terms)[SETTINGS_NAME]


def test_the_examples_in_the_settings_are_the_contract_s_own():
    """A council that pays within 21 days is not shown another's 14."""
    words = replace(small_catalogue().words, payment_days=21, payment_target=97)
    settings = make_first_files("buses", ContractTerms((replace(small_catalogue(), words=words),)))[SETTINGS_NAME]
    assert b"# payment_days = 21\r\n# payment_target = 97     # percent" in settings
