"""xlkpi check --json: one document, exactly as interfaces.md promises it."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.reading.return_edits import filled
from xlkpi.cli import main
from xlkpi.core.checks import Entry

FILE = {
    "file": str, "sha256": str, "provider_id": str, "provider": str, "period": str, "template": str, "edition": str,
    "status": str, "entries": list, "findings": list,
}  # fmt: skip
ENTRY = {
    "indicator": str, "x": (int, type(None)), "y": (int, type(None)), "outturn": (float, type(None)), "state": str,
    "rag": (str, type(None)), "rag_as_written": (str, type(None)), "x_cell": str, "y_cell": str, "comment": str,
}  # fmt: skip
FINDING = {
    "code": str, "severity": str, "indicator": (str, type(None)), "sheet": str, "cell": str, "message": str,
}  # fmt: skip


def shaped(thing, shape):
    """Exactly these keys in this order, each of its type."""
    assert list(thing) == list(shape)
    for key, kind in shape.items():
        assert isinstance(thing[key], kind), key
        assert not isinstance(thing[key], bool)


def test_a_document_a_run_one_object_a_file_keys_and_types_as_promised(inbox):
    names = ["clean.xlsx", "queries.xlsx", "wrong.xlsx", "empty.xlsx", "absent.xlsx"]
    done = xlkpi("check", *(inbox / name for name in names), "--json")
    assert (done.returncode, done.stderr) == (3, "")
    document = json.loads(done.stdout)
    assert [file_report["file"] for file_report in document] == [str(inbox / name) for name in names]
    assert [file_report["status"] for file_report in document] == [
        "complete",
        "queries",
        "must fix",
        "unreadable",
        "unreadable",
    ]
    for file_report in document:
        unknown = dict.fromkeys(("provider_id", "provider", "period", "template", "edition"), type(None))
        shaped(
            file_report, FILE if file_report["entries"] else {key: unknown.get(key, kind) for key, kind in FILE.items()}
        )
        for entry in file_report["entries"]:
            shaped(entry, ENTRY)
            assert entry["rag"] in ("Green", "Amber", "Red", None)
        for finding in file_report["findings"]:
            shaped(finding, FINDING)
            assert finding["severity"] in ("must fix", "query", "note")


def test_what_it_says_is_what_was_filled_in(inbox, capsys):
    path = inbox / "one.xlsx"
    path.write_bytes(filled(KPI_S2=Entry(2, 40, "paid late"), KPI_S1=Entry(None, 40)))
    assert main(["check", str(path), "--json"]) == 1
    (file_report,) = json.loads(capsys.readouterr().out)
    assert file_report["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    head = {key: file_report[key] for key in ("provider_id", "provider", "period", "template", "edition", "status")}
    assert head == {
        "provider_id": "P01", "provider": "Oak & Ash", "period": "2026-27 Q2", "template": "2026-27.2/2",
        "edition": "native", "status": "must fix",
    }  # fmt: skip
    assert next(e for e in file_report["entries"] if e["indicator"] == "KPI S2") == {
        "indicator": "KPI S2", "x": 2, "y": 40, "outturn": 0.95, "state": "Amber", "rag": "Amber",
        "rag_as_written": "Red", "x_cell": "F7", "y_cell": "G7", "comment": "paid late",
    }  # fmt: skip
    first = file_report["entries"][0]
    assert (first["x"], first["y"], first["outturn"], first["rag"], first["state"]) == (
        None,
        40,
        None,
        None,
        "Incomplete",
    )
    assert file_report["findings"] == [
        {
            "code": "COUNT_EMPTY", "severity": "must fix", "indicator": "KPI S1", "sheet": "All lots", "cell": "F6",
            "message": "KPI S1 x (F6) is empty. Enter the number of packages refused; if there were none, enter 0.",
        }
    ]  # fmt: skip
    assert [e["state"] for e in file_report["entries"] if e["indicator"] == "KPI S4a"] == ["Not due"]


def test_an_unreadable_file_is_an_object_too(inbox, capsys):
    assert main(["check", str(inbox / "empty.xlsx"), "--json"]) == 3
    (file_report,) = json.loads(capsys.readouterr().out)
    assert file_report["sha256"] == hashlib.sha256(b"").hexdigest()
    assert file_report["entries"] == []
    assert [f["code"] for f in file_report["findings"]] == ["UNREADABLE"]


def test_a_huge_count_stays_a_whole_number(inbox, capsys):
    path = inbox / "huge.xlsx"
    path.write_bytes(filled(KPI_S2=Entry(0, 10**15), KPI_S3=Entry(10**30, 10**30)))
    main(["check", str(path), "--json"])
    (file_report,) = json.loads(capsys.readouterr().out)
    counts = {e["indicator"]: e["y"] for e in file_report["entries"]}
    assert counts["KPI S2"] == 10**15
    assert counts["KPI S3"] == int(1e30)


def test_with_marked_copies_stdout_is_still_one_document(inbox, tmp_path):
    done = xlkpi("check", inbox / "wrong.xlsx", "--json", "--annotate", tmp_path / "out")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 1
    assert done.stderr.startswith("Marked copy: ")


@pytest.mark.parametrize("name", ["clean.xlsx", "queries.xlsx", "wrong.xlsx", "empty.xlsx"])
def test_exit_status_and_findings_are_those_without_json(inbox, name, capsys):
    plain = main(["check", str(inbox / name)])
    text = capsys.readouterr().out
    assert main(["check", str(inbox / name), "--json"]) == plain
    (file_report,) = json.loads(capsys.readouterr().out)
    assert all(f["message"] in text for f in file_report["findings"])
