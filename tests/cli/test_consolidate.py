"""xlkpi consolidate: its JSON document, its earlier option, and CSV files where pyarrow is not installed."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys

import pytest

import xlkpi
from tests.reading.return_edits import filled
from xlkpi.cli import main
from xlkpi.cli.json_feedback import ProviderFeedbackOut
from xlkpi.cli.main import make_parser
from xlkpi.commands.consolidate import CSV_ONLY
from xlkpi.core.checks import Entry
from xlkpi.letters.mailing_list import MailingEntry

KEYS = [
    "master", "period", "found", "used", "set_aside", "superseded", "missing", "must_fix", "queries", "lists",
    "seconds",
]  # fmt: skip
REGISTER = "provider_id,provider,lots\nP01,Oak & Ash,1a\nP02,Elm,1a\nP03,,1a\n"
WITHOUT_PYARROW = (
    "import sys; sys.modules['pyarrow'] = None; sys.modules['pyarrow.parquet'] = None\n"
    "from xlkpi.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/one.xlsx").write_bytes(filled(KPI_S2=Entry(2, 40, "paid late")))
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def test_the_document_has_the_keys_that_others_rely_on(desk, capsys):
    master = str(desk / "m.xlsx")
    order = ["consolidate", str(desk / "inbox"), "--out", master, "--register", str(desk / "register.csv"), "--json"]
    assert main(order) == 1
    document = json.loads(capsys.readouterr().out)
    assert list(document) == KEYS
    assert (document["master"], document["period"], document["missing"]) == (master, "2026-27 Q2", ["P02"])
    assert document["found"] == document["used"] + document["set_aside"] + document["superseded"] == 1
    (fault,) = document["lists"]
    assert list(fault) == ["file", "code", "severity", "cell", "message"]
    assert (fault["file"], fault["code"], fault["severity"]) == ("register.csv", "REGISTER_FAULT", "must fix")


def test_without_a_return_the_period_is_null(tmp_path, capsys):
    (tmp_path / "inbox").mkdir()
    assert main(["consolidate", str(tmp_path / "inbox"), "--out", str(tmp_path / "m.xlsx"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["period"] is None


def test_without_pyarrow_csv_is_written_and_stderr_says_how_to_get_parquet(desk):
    order = ["consolidate", "inbox", "--out", "m.xlsx", "--data", "data"]
    ordinary = subprocess.run([sys.executable, "-m", "xlkpi", *order], cwd=desk, capture_output=True, check=False)
    order[-1] = "csv only"
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PYARROW, *order], cwd=desk, capture_output=True, text=True, check=False
    )
    assert done.returncode == ordinary.returncode
    assert CSV_ONLY in done.stderr
    assert 'pip install "xlkpi[data]"' in done.stderr
    assert sorted(path.name for path in (desk / "csv only").iterdir()) == ["Data.csv", "Findings.csv"]
    for name in ("Data.csv", "Findings.csv"):
        assert (desk / "csv only" / name).read_bytes() == (desk / "data" / name).read_bytes()


@pytest.mark.parametrize("option", ["--no-cache", "--afresh"])
def test_the_cache_can_be_ignored_under_the_new_and_the_earlier_name(option):
    assert make_parser().parse_args(["consolidate", "inbox", "--out", "m.xlsx", option]).no_cache


def test_the_earlier_name_is_not_shown(capsys):
    with pytest.raises(SystemExit):
        main(["consolidate", "--help"])
    shown = capsys.readouterr().out
    assert "--no-cache" in shown
    assert "--afresh" not in shown


def test_the_public_functions_show_their_arguments():
    assert list(inspect.signature(xlkpi.consolidate).parameters)[:4] == ["folder", "master", "register", "period"]
    assert list(inspect.signature(xlkpi.finance_check).parameters)[:4] == ["folder", "ledger", "out", "register"]
    with pytest.raises(TypeError, match="no_such_option"):
        xlkpi.consolidate("inbox", "m.xlsx", no_such_option=1)


def test_feedback_prints_the_columns_of_its_list():
    assert list(ProviderFeedbackOut.model_fields) == list(MailingEntry.__dataclass_fields__)
