"""xlkpi explain and doctor."""

from __future__ import annotations

import re

import pytest

from tests.cli.run_command import xlkpi
from tests.judge.schedule_text import schedule
from xlkpi import load_catalogue
from xlkpi.cli import doctor, main
from xlkpi.installer.doctor import AGAIN, DoctorLine, Examination


def flat(text):
    """Text without its line breaks and indents."""
    return " ".join(text.split())


@pytest.mark.parametrize("code", schedule())
def test_an_indicator_is_explained_to_the_letter(code, capsys):
    assert main(["explain", code.lower()]) == 0
    out, err = capsys.readouterr()
    row, indicator = schedule()[code], load_catalogue().indicators[code]
    assert err == ""
    texts = flat(out)
    for text in (f"{code}: {row.description}", row.x, row.y, row.measured, indicator.effective.frequency.value):
        assert flat(text) in texts
    assert [texts.count(f"{word} {getattr(row, word.lower())}") > 0 for word in ("Red", "Amber", "Green")] == [True] * 3
    if indicator.why:
        assert flat(indicator.why) in texts
        assert "As written:" in texts
        assert f'"{code}" = "as written"' in texts
    else:
        assert "As written and as read: the same." in texts
    assert max(map(len, out.splitlines())) <= 88 or row.description in out


UNKNOWN = [
    ("W1", "“W1” is not an indicator. Perhaps INFO W1 or KPI W1?"),
    ("s4a", "“s4a” is not an indicator. Perhaps KPI S4a?"),
    ("KPI S44", "“KPI S44” is not an indicator. Perhaps"),
    ("KPI S4", "“KPI S4” is not an indicator. Perhaps"),
    ("packages", "“packages” is not an indicator. Name the whole code, as “KPI S1”."),
    ("", "“” is not an indicator. Name the whole code, as “KPI S1”."),
]


@pytest.mark.parametrize(("text", "start"), UNKNOWN)
def test_an_unknown_code_ends_with_2_and_a_suggestion(text, start, capsys):
    assert main(["explain", text]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"xlkpi: {start}")
    suggested = re.findall(r"(?:KPI|INFO) [A-Z]\d[a-c]?", err.partition("Perhaps")[2])
    assert set(suggested) <= set(schedule())
    assert bool(suggested) is ("Perhaps" in start)


def test_as_a_process_it_says_the_same():
    done = xlkpi("explain", "KPI S2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "(y − x)/y" in done.stdout


def test_doctor_names_every_part_and_ends_with_0(tmp_path):
    done = xlkpi("doctor", XLKPI_RECORD=str(tmp_path / "none.json"))
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("xlkpi", "Python", "System", "pandas", "lxml", "LibreOffice", "Error log"):
        assert re.search(rf"^{part} ", done.stdout, re.MULTILINE)
    assert f"{len(load_catalogue().indicators)} indicators" in done.stdout


def test_doctor_ends_with_1_when_there_are_problems(monkeypatch, capsys):
    checks = (DoctorLine("pandas", "missing", AGAIN, must=True), DoctorLine("lxml", "6.1"))
    monkeypatch.setattr(doctor, "doctor", lambda *_, **__: Examination(checks))
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert re.search(r"^pandas +missing\n +-> Run again: python3 install_addin.py install$", out, re.MULTILINE)
