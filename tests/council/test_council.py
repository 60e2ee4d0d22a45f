"""The Council's lists: each found where it is named or in its usual place, and read once."""

from __future__ import annotations

from types import ModuleType

import pytest

import xlkpi.council as council_room
from xlkpi.council import Council, CouncilFiles, council, locate_lists, read_council
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.errors import SettingsError

REGISTER = "provider_id,provider,lots\nP001,Ash,1a\nP002,,1a\n"
DECISIONS = "file,decision,who,when,why\na.xlsx,use,Ann,2026-11-02,agreed\nb.xlsx,use,,2026-11-02,no name\n"
S2 = "provider_id,period,agreed_x,agreed_y,who,when,why\nP001,2026-27 Q2,1,2,Ann,2026-11-02,agreed\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inbox").mkdir()
    for name, text in {
        "register.csv": REGISTER,
        "xlkpi.toml": "[council]\ndays_to_return = 7\n",
        "inbox decisions.csv": DECISIONS,
        "inbox S2 decisions.csv": S2,
        "ledger.csv": "",
        "xlkpi-ledger.toml": "tolerance = 3\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def located(folder):
    return locate_lists(folder / "inbox", register=folder / "register.csv", ledger=str(folder / "ledger.csv"))


def test_every_list_has_its_usual_place(folder):
    files = vars(located(folder))
    (ledger,) = files.pop("ledger")
    assert [path.name for path in files.pop("decisions")] == ["inbox decisions.csv", "inbox S2 decisions.csv"]
    names = {name: path.name for name, path in {**files, "ledger": ledger}.items() if path}
    assert names == {
        "register": "register.csv",
        "settings": "xlkpi.toml",
        "ledger": "ledger.csv",
        "finance_settings": "xlkpi-ledger.toml",
    }


def test_a_list_that_is_named_goes_before_its_usual_place(folder):
    files = locate_lists(folder / "inbox", register=folder / "register.csv", settings="a.toml", decisions="b.csv")
    assert files.settings.name == "a.toml"
    assert [path.name for path in files.decisions] == ["b.csv", "inbox S2 decisions.csv"]


def test_an_inbox_at_an_address_has_no_lists_beside_it():
    assert locate_lists("s3://returns/q2", ledger="ledger.csv") == CouncilFiles(
        ledger=locate_lists(ledger="ledger.csv").ledger
    )


def test_every_list_is_read_with_its_own_faults(folder):
    read = read_council(located(folder))
    assert [provider.provider_id for provider in read.register.providers] == ["P001"]
    assert [fault.row for fault in read.register.faults] == [3]
    assert (read.settings.days_to_return, read.finance_settings.tolerance) == (7, 3)
    assert [(each.file, each.provider_id) for each in read.decisions.decisions] == [("a.xlsx", ""), ("", "P001")]
    assert [(fault.row, fault.list_name) for fault in read.decisions.faults] == [(3, "inbox decisions.csv")]
    assert read.register.by_id["P001"].name == "Ash"


def test_without_lists_nothing_is_known_and_nothing_is_wrong():
    read = read_council(CouncilFiles())
    assert read == Council()
    assert (read.register.providers, read.register.by_id, read.decisions.name) == (None, None, "")


def test_each_list_is_opened_once(folder, monkeypatch):
    opened = []
    for name in ("read_register", "read_settings", "read_finance_settings", "read_decisions"):
        real = getattr(council, name)
        monkeypatch.setattr(
            council, name, lambda *given, name=name, real=real, **more: opened.append(name) or real(*given, **more)
        )
    read_council(located(folder))
    assert sorted(opened) == sorted(set(opened))
    assert len(opened) == 4


def test_a_list_that_a_command_does_not_use_cannot_stop_it(folder):
    (folder / "xlkpi-ledger.toml").write_text("nonsense = 1\n", encoding="utf-8")
    read_council(locate_lists(folder / "inbox", register=folder / "register.csv"))
    with pytest.raises(SettingsError):
        read_council(located(folder))


def test_finance_settings_are_in_the_settings_of_the_contract(folder):
    (folder / "xlkpi-ledger.toml").unlink()
    text = '[finance]\ntolerance = 2\n[columns]\namount = "Sum"\n[providers]\n"Aish" = "P001"\n'
    (folder / "xlkpi.toml").write_text(f"[council]\ndays_to_return = 7\n{text}", encoding="utf-8")
    read = read_council(located(folder))
    assert (read.settings.days_to_return, read.finance_faults) == (7, ())
    assert read.finance_settings == FinanceSettings(tolerance=2, columns={"amount": "Sum"}, providers={"Aish": "P001"})


def test_the_older_place_of_finance_settings_still_counts_and_a_contradiction_is_named(folder):
    text = '[finance]\ntolerance = 2\npayment_days = 30\n[columns]\namount = "Sum"\npaid_date = "Cleared"\n'
    (folder / "xlkpi.toml").write_text(text, encoding="utf-8")
    older = 'tolerance = 3\npayment_target = 95\n[columns]\namount = "Value"\npaid_date = "Cleared"\n'
    (folder / "xlkpi-ledger.toml").write_text(older, encoding="utf-8")
    read = read_council(located(folder))
    columns = {"amount": "Sum", "paid_date": "Cleared"}
    merged = FinanceSettings(tolerance=2, payment_days=30, payment_target=95, columns=columns)
    assert read.finance_settings == merged
    assert [(fault.message, fault.severity.value, fault.list_name) for fault in read.finance_faults] == [
        (f"{what} in xlkpi-ledger.toml. xlkpi.toml counts; delete the other setting.", "query", "xlkpi.toml")
        for what in ("[columns] amount says “Sum”, and “Value”", "tolerance says “2”, and “3”")
    ]
    named = locate_lists(register=folder / "register.csv", finance_settings=folder / "xlkpi-ledger.toml")
    assert (read_council(named).finance_settings.tolerance, read_council(named).finance_faults) == (3, ())


def test_every_name_of_the_room_is_what_it_names_whatever_was_loaded_before():
    names = {name: getattr(council_room, name) for name in council_room.__all__}
    assert [name for name, value in names.items() if isinstance(value, ModuleType)] == []
    with pytest.raises(AttributeError, match="no attribute 'registers'"):
        council_room.registers  # noqa: B018 - asking for it is the test
