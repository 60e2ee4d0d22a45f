"""The settings file: what it sets, and that nothing in it is passed over in silence."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.council import Settings, read_settings, settings_beside
from xlkpi.errors import SettingsError, UnreadableFile

Q2 = Period(2026, 2)


def written(folder, text, encoding="utf-8"):
    path = folder / "xlkpi.toml"
    path.write_bytes(text.encode(encoding))
    return path


def test_without_a_file_the_defaults_hold():
    settings = read_settings(None)
    assert settings == Settings((), (), "", 28)
    assert settings.send_by(Q2) == date(2026, 10, 28)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_everything_that_can_be_set(tmp_path, encoding):
    text = """
[readings]
"kpi i4" = "As written"
"KPI S2" = "as written"
"KPI T1" = "effective"

[council]
contacts = ["Ada Béxon; Commissioning Officer; ada@council.example; 01632 960001", "Carl Dunmore"]
send_to = "kpi@council.example"
days_to_return = 14
"""
    settings = read_settings(written(tmp_path, text, encoding))
    assert settings.as_written == ("KPI S2", "KPI I4")
    assert settings.contacts == (
        Contact("Ada Béxon", "Commissioning Officer", "ada@council.example", "01632 960001"),
        Contact("Carl Dunmore"),
    )
    assert settings.send_to == "kpi@council.example"
    assert settings.send_by(Q2) == date(2026, 10, 14)
    assert settings.send_by(Period(2025, 4)) == date(2026, 4, 14)


FORM = "Write each setting as name = value, with texts in quotation marks."
FAULTS = [
    (
        '[readings]\n"KPI S22" = "as written"',
        "[readings] names “KPI S22”, which is not an indicator. Did you mean KPI S2?",
    ),
    ('[readings]\n"KPI S2" = "as writen"', "[readings] KPI S2 says “as writen”. Did you mean as written?"),
    ('[readings]\n"KPI S2" = "yes"', "[readings] KPI S2 says “yes”. Write one of: effective, as written."),
    ('[readings]\n"KPI S2" = true', "[readings] KPI S2 says “True”. Write one of: effective, as written."),
    ('[readings]\n"KPI S1" = "as written"', "[readings] KPI S1 has one reading only. Delete its line."),
    ("[council]\ndays_to_retrun = 5", "[council] has no setting days_to_retrun. Did you mean days_to_return?"),
    (
        '[council]\ndays_to_return = "soon"',
        "[council] days_to_return says “soon”. Enter the days after a period's end as a whole number from 0 to 366.",
    ),
    (
        "[council]\ndays_to_return = -1",
        "[council] days_to_return says “-1”. Enter the days after a period's end as a whole number from 0 to 366.",
    ),
    (
        '[council]\ncontacts = "Ada"',
        '[council] contacts is not a list of texts. Write contacts = ["name; position; email; telephone"].',
    ),
    (
        '[council]\ncontacts = ["A", "B", "C", "D"]',
        "[council] contacts names 4 contacts. Name 3 at most, the first to ask first.",
    ),
    (
        '[council]\ncontacts = ["A; B; C"]',
        "[council] contacts says “A; B; C”. Write it as name; position; email; telephone.",
    ),
    ("[council]\nsend_to = 7", "[council] send_to says “7”. Write the address in quotation marks."),
    ("[counsil]\n", "there is no table or setting counsil. Did you mean council?"),
    ("send_to = 'a@b.example'", "there is no table or setting send_to. It belongs under [council]."),
    ("tolerance = 2", "there is no table or setting tolerance. It belongs under [finance]."),
    ("finance = 5", "finance should be a table. Begin it with [finance] on a line of its own."),
    ("[finance]\ntolerance = -1", "tolerance says “-1”. Input should be greater than or equal to 0."),
    ("readings = 5", "readings should be a table. Begin it with [readings] on a line of its own."),
    ("council = 5", "council should be a table. Begin it with [council] on a line of its own."),
    (
        "[council]\nsend_to = kpi@x",
        f"line 2, column 11 cannot be read: Invalid value. {FORM}",
    ),
]


@pytest.mark.parametrize(("text", "message"), FAULTS, ids=[text for text, _ in FAULTS])
def test_a_fault_says_where_and_what_to_write(tmp_path, text, message):
    with pytest.raises(SettingsError) as caught:
        read_settings(written(tmp_path, text))
    assert str(caught.value) == f"xlkpi.toml: {message}"


def test_all_faults_are_told_at_once_and_survive_another_process(tmp_path):
    text = '[readings]\n"KPI S2" = "no"\n"KPI X" = "effective"\n[council]\nsend_to = 1\nfoo = 2\n'
    with pytest.raises(SettingsError) as caught:
        read_settings(written(tmp_path, text))
    assert len(caught.value.faults) == 4
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults  # noqa: S301 - our own pickle


def test_a_file_that_is_missing_or_in_another_encoding(tmp_path):
    with pytest.raises(UnreadableFile):
        read_settings(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings(written(tmp_path, '[council]\nsend_to = "é"', "cp1252"))


def test_settings_are_found_beside_the_register(tmp_path):
    register = tmp_path / "register.csv"
    assert settings_beside(register) is None
    path = written(tmp_path, "")
    assert settings_beside(register) == path
    assert read_settings(path) == Settings()
