"""Promise: whatever came back, one command says of every file what it is and what to do, and never stops half-way."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.reading.return_edits import ALL, COVER, MANIFEST, by_openpyxl, clean, filled, place, planned, typed
from xlkpi.core.checks import Entry
from xlkpi.layout.cover.rows import Declaration


def protected_off(book):
    for sheet in book:
        sheet.protection.sheet = False


def percent(book):
    book[ALL]["F6"].value, book[ALL]["F6"].number_format = 0.45, "0%"


MANGLED = {
    # file: how it was mangled, status, kinds of finding
    "clean": (clean, "complete", []),
    "saved by a script": (lambda: by_openpyxl(lambda book: book.active), "complete", []),
    "text": (lambda: typed(**{"KPI_S1.x": "12 visits"}), "must fix", ["NUMBER_AS_TEXT"]),
    "spaces": (lambda: typed(**{"KPI_S1.x": " 12 "}), "must fix", ["NUMBER_AS_TEXT"]),
    "thousands": (lambda: typed(**{"KPI_S1.x": "1,200"}), "must fix", ["NUMBER_AS_TEXT"]),
    "words": (lambda: typed(**{"KPI_S1.x": "twelve"}), "must fix", ["COUNT_TEXT"]),
    "formula": (lambda: typed(**{"KPI_S1.x": "=12+5"}), "must fix", ["FORMULA_AS_COUNT"]),
    "percent": (lambda: by_openpyxl(percent), "must fix", ["PERCENT_AS_COUNT"]),
    "decimal": (lambda: typed(**{"KPI_S1.x": 0.5}), "must fix", ["COUNT_DECIMAL"]),
    "negative": (lambda: typed(**{"KPI_S1.x": -1}), "must fix", ["COUNT_NEGATIVE"]),
    "huge": (lambda: typed(**{"KPI_S2.y": 10**12}), "queries", ["LARGE"]),
    "too many": (lambda: typed(**{"KPI_S1.x": 41}), "must fix", ["X_OVER_Y"]),
    "merged": (lambda: by_openpyxl(lambda book: book[ALL].merge_cells("F6:F7")), "must fix", ["MERGED"] * 2),
    "hidden": (lambda: by_openpyxl(lambda book: setattr(book[ALL], "sheet_state", "hidden")), "queries",
               ["SHEET_HIDDEN"]),
    "unlocked": (lambda: by_openpyxl(protected_off), "complete", ["PROTECTION_OFF"]),
    "no names": (lambda: by_openpyxl(lambda book: book.defined_names.clear()), "complete", ["NAMES_LOST"]),
    "row inserted": (lambda: by_openpyxl(lambda book: book[ALL].insert_rows(8)), "must fix", ["ROW_UNSURE"]),
    "no cover": (lambda: by_openpyxl(lambda book: book.remove(book[COVER])), "must fix", ["SHEET_LOST"]),
    "no manifest": (lambda: by_openpyxl(lambda book: book.remove(book[MANIFEST])), "unreadable", ["MANIFEST_LOST"]),
    "another period": (lambda: typed(**{"Return.period": "2026-27 Q1"}), "must fix", ["PERIOD_CHANGED"]),
    "another provider": (lambda: typed(**{"Return.provider_id": "P9"}), "must fix", ["PROVIDER_CHANGED"]),
    "not declared": (lambda: filled(declared=Declaration("", None)), "must fix", ["DECLARED_BY", "DECLARED_ON"]),
    "no workbook": (lambda: b"%PDF-1.7", "unreadable", ["UNREADABLE"]),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable", ["UNREADABLE"]),
    "cut off": (lambda: clean()[:9000], "unreadable", ["UNREADABLE"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inbox")
    for name, (mangle, _, _) in MANGLED.items():
        (folder / f"{name}.xlsx").write_bytes(mangle())
    return folder


@pytest.fixture(scope="module")
def document(inbox):
    done = xlkpi("check", *(inbox / f"{name}.xlsx" for name in MANGLED), "--json")
    assert done.returncode == 3, done.stderr
    return {
        file_report["file"].rpartition("/")[2].removesuffix(".xlsx"): file_report
        for file_report in json.loads(done.stdout)
    }


def test_every_file_is_reported_in_one_call(document):
    assert list(document) == list(MANGLED)


@pytest.mark.parametrize("name", MANGLED)
def test_a_mangled_return_has_its_own_finding_and_no_other(document, name):
    _, status, kinds = MANGLED[name]
    file_report = document[name]
    assert (file_report["status"], [finding["code"] for finding in file_report["findings"]]) == (status, kinds)


def test_what_is_not_concerned_is_read_all_the_same(document):
    sound = {e["indicator"]: e for e in document["clean"]["entries"]}
    for name, (_, status, _) in MANGLED.items():
        if status == "unreadable":
            continue
        others = [e for e in document[name]["entries"] if e["indicator"] not in ("KPI S1", "KPI S2", "KPI S3")]
        assert others == [sound[e["indicator"]] for e in others]
        assert len(others) == len(sound) - 3


def test_the_message_in_the_workbook_and_the_one_of_the_command_are_the_same_words(tmp_path):
    odd = {
        "KPI_S1": Entry(None, 4), "KPI_S2": Entry(0.5, 4), "KPI_S3": Entry(41, 40), "INFO_W1": Entry(3, -1),
        "INFO_W3": Entry("x", 40), "KPI_I1": Entry(20, 40), "KPI_I2": Entry(40, 50), "KPI_I3": Entry(40, 40, "why"),
        "KPI_I4": Entry(6, 40), "INFO_I1": Entry(41, 40), "KPI_T1": Entry(10**6, 10**6), "INFO_T2": Entry(35, 40),
    }  # fmt: skip
    (tmp_path / "odd.xlsx").write_bytes(filled(**odd))
    (file_report,) = json.loads(xlkpi("check", tmp_path / "odd.xlsx", "--json").stdout)
    texts = {}
    for finding in file_report["findings"]:
        texts.setdefault(finding["indicator"], set()).add(finding["message"])
    shown = {slug.replace("_", " "): planned(**odd).named()[f"{slug}.check"][1].value for slug in odd}
    assert [message for message in shown.values() if message]
    assert not {code: text for code, text in shown.items() if text and text not in texts.get(code, ())}


def test_an_explanation_answers_a_query_and_reaches_the_officer(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(filled(KPI_S3=Entry(41, 40)))
    (tmp_path / "b.xlsx").write_bytes(filled(KPI_S3=Entry(41, 40, "one of last year's")))
    done = xlkpi("check", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--json")
    assert done.returncode == 0
    asked, answered = json.loads(done.stdout)
    assert (asked["status"], answered["status"]) == ("queries", "complete")
    assert answered["findings"][0]["severity"] == "note"
    assert "one of last year's" in answered["findings"][0]["message"]
    assert next(e["comment"] for e in answered["entries"] if e["indicator"] == "KPI S3") == "one of last year's"


def test_the_marked_copy_shows_the_finding_where_it_is_and_leaves_the_file_alone(inbox, tmp_path):
    files = [inbox / f"{name}.xlsx" for name, (_, status, _) in MANGLED.items() if status != "unreadable"]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    done = xlkpi("check", *files, "--annotate", tmp_path / "marked")
    assert done.returncode == 1
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in files] == before
    copies = [tmp_path / "marked" / f"{path.stem} - checked.xlsx" for path in files]
    assert sorted((tmp_path / "marked").iterdir()) == sorted(copies)
    again = xlkpi("check", *copies, "--json")
    assert [file_report["status"] for file_report in json.loads(again.stdout)] == [
        MANGLED[path.stem][1] for path in files
    ]  # a copy reads as its original does


def test_where_the_cells_are_is_told_as_in_the_file(document):
    entry = next(e for e in document["clean"]["entries"] if e["indicator"] == "KPI I1")
    assert (entry["x_cell"], entry["y_cell"]) == (place("KPI_I1.x")[1], place("KPI_I1.y")[1])
