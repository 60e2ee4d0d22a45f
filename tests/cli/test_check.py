"""xlkpi check: exit statuses, what goes where, and one bad file hides no other."""

from __future__ import annotations

import io
import itertools
import sys

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.cli.run_command import xlkpi as started
from tests.reading.return_edits import PERIOD, PROVIDER
from xlkpi.catalogue.load import load_catalogue
from xlkpi.cli import main
from xlkpi.layout.addresses import list_asked
from xlkpi.layout.plan import make_return_key

KEY = make_return_key(load_catalogue(), PROVIDER, PERIOD, ())
ASKED = sum(row.due for row in list_asked(load_catalogue(), KEY))
SAID = {
    "clean.xlsx": (0, "complete", [f"  Nothing to fix. {ASKED} indicators checked against catalogue 2026-27.2."]),
    "queries.xlsx": (0, "queries", [
        "  query [All lots, F8]: KPI S3: x is 41 and y is 40 (F8, G8). Correct them, or explain in L8 which cases began"
        " in an earlier period.",
        f"  0 to fix, 1 to correct or explain. {ASKED} indicators checked against catalogue 2026-27.2.",
    ]),
    "wrong.xlsx": (1, "must fix", [
        "  must fix [All lots, F6]: KPI S1 x is the text “12 visits” (F6). Enter 12, in digits only.",
        f"  1 to fix, 0 to correct or explain. {ASKED} indicators checked against catalogue 2026-27.2.",
    ]),
    "notes.txt.xlsx": (3, "unreadable", [
        "  must fix: notes.txt.xlsx is plain text such as CSV, not a workbook. Send the .xlsx workbook you filled in.",
    ]),
    "empty.xlsx": (3, "unreadable", [
        "  must fix: empty.xlsx is empty (0 bytes). Save the workbook again and use that copy.",
    ]),
    "absent.xlsx": (3, "unreadable", ["  must fix: absent.xlsx does not exist. Check the name and the folder."]),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_each_file_has_its_status_and_its_lines(inbox, name, capsys):
    status, word, lines = SAID[name]
    assert main(["check", str(inbox / name)]) == status
    out, err = capsys.readouterr()
    assert err == ""
    who = [] if word == "unreadable" else ["  Oak & Ash (P01), 2026-27 Q2"]
    assert out.splitlines() == [f"{inbox / name}: {word}", *who, *lines]


@pytest.mark.parametrize("names", tuple(itertools.permutations(("clean.xlsx", "wrong.xlsx", "notes.txt.xlsx"))))
def test_an_unreadable_file_hides_no_other_whatever_the_order(inbox, names, capsys):
    assert main(["check", *(str(inbox / name) for name in names)]) == 3
    out, _ = capsys.readouterr()
    heads = [line for line in out.splitlines() if not line.startswith(" ")]
    assert heads == [f"{inbox / name}: {SAID[name][1]}" for name in names]


def test_as_a_process_results_are_on_stdout_and_nothing_on_stderr(inbox):
    done = started("check", inbox / "clean.xlsx", inbox / "wrong.xlsx")
    assert (done.returncode, done.stderr) == (1, "")
    assert "“12 visits”" in done.stdout


def test_words_outside_the_consoles_code_page_do_not_break_it(inbox):
    done = started("check", inbox / "wrong.xlsx", PYTHONIOENCODING="cp437", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "“12 visits”" in done.stdout


def test_a_folder_and_a_nameless_file_are_told_apart(inbox, capsys):
    assert main(["check", str(inbox)]) == 3
    assert "is a folder or a device, not a file" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [(), ("check",), ("chek", "x"), ("check", "--jason", "x.xlsx"), ("explain",), ("explain", "KPI", "S2"),
     ("build", "r.csv", "--out", "o"), ("build", "r.csv", "--period", "2026-27 Q2"), ("explain", "W1")],
    ids=str,
)  # fmt: skip
def test_a_command_line_nobody_can_mean_ends_with_2_and_says_so_on_stderr(arguments):
    done = xlkpi(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_period_that_nobody_can_mean_ends_with_2_and_an_example(tmp_path):
    (tmp_path / "register.csv").write_text("provider_id,provider,lots\nP1,A,3\n", encoding="utf-8")
    done = xlkpi("build", tmp_path / "register.csv", "--period", "soon", "--out", tmp_path / "o")
    assert (done.returncode, done.stdout) == (2, "")
    assert "“soon” is not a reporting period. Write it as “2026-27 Q2”." in done.stderr


def test_help_and_version_end_with_0():
    for arguments in (("--help",), ("check", "--help"), ("--version",)):
        done = xlkpi(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert "xlkpi" in done.stdout


# --- marked copies ---------------------------------------------------------------------------------------------------


def stamp(path):
    return path.read_bytes(), path.stat().st_mtime_ns


def test_annotate_writes_copies_and_never_touches_the_originals(inbox, tmp_path, capsys):
    names = ["clean.xlsx", "wrong.xlsx", "queries.xlsx"]
    before = {name: stamp(inbox / name) for name in names}
    out = tmp_path / "new" / "marked"
    assert main(["check", *(str(inbox / name) for name in names), "--annotate", str(out)]) == 1
    assert {name: stamp(inbox / name) for name in names} == before
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{name[:-5]} - checked.xlsx" for name in names)
    _, err = capsys.readouterr()
    assert err.count("Marked copy: ") == 3
    book = openpyxl.load_workbook(out / "wrong - checked.xlsx")
    listed = [cell.value for row in book["Findings"].iter_rows() for cell in row if cell.value]
    assert "KPI S1 x is the text “12 visits” (F6). Enter 12, in digits only." in listed
    assert (
        book["All lots"]["F6"].fill.fgColor.rgb
        != openpyxl.load_workbook(inbox / "wrong.xlsx")["All lots"]["F6"].fill.fgColor.rgb
    )


def test_of_an_unreadable_file_no_copy_is_made_and_the_others_are(inbox, tmp_path, capsys):
    files = [str(inbox / name) for name in ("notes.txt.xlsx", "absent.xlsx", "clean.xlsx")]
    assert main(["check", *files, "--annotate", str(tmp_path / "out")]) == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["clean - checked.xlsx"]
    assert "notes.txt.xlsx: no marked copy can be made of it." in capsys.readouterr().err


def test_a_copy_that_cannot_be_written_is_said_and_the_results_still_printed(inbox, tmp_path, capsys):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    assert main(["check", str(inbox / "clean.xlsx"), "--annotate", str(tmp_path / "taken")]) == 4
    out, err = capsys.readouterr()
    assert "complete" in out
    assert "clean.xlsx: no marked copy was written. clean - checked.xlsx was not written (" in err
    assert "taken is a file, not a folder). Name another folder." in err


def test_a_copy_that_fails_is_counted_though_the_next_one_is_written(inbox, tmp_path, capsys):
    (tmp_path / "clean - checked.xlsx").mkdir()
    files = [str(inbox / name) for name in ("clean.xlsx", "queries.xlsx")]
    assert main(["check", *files, "--annotate", str(tmp_path)]) == 4
    assert (tmp_path / "queries - checked.xlsx").exists()
    assert "clean.xlsx: no marked copy was written." in capsys.readouterr().err


def test_a_copy_never_replaces_the_file_it_is_made_of(inbox, capsys):
    before = stamp(inbox / "wrong.xlsx")
    assert main(["check", str(inbox / "wrong.xlsx"), "--annotate", str(inbox)]) == 1
    assert stamp(inbox / "wrong.xlsx") == before
    assert (inbox / "wrong - checked.xlsx").exists()
    capsys.readouterr()


def test_no_copy_is_written_over_another_or_over_a_file_that_was_named(inbox, tmp_path, capsys):
    other, out = tmp_path / "other", tmp_path / "out"
    other.mkdir()
    (other / "clean.xlsx").write_bytes((inbox / "wrong.xlsx").read_bytes())
    assert main(["check", str(inbox / "clean.xlsx"), str(other / "clean.xlsx"), "--annotate", str(out)]) == 1
    assert sorted(path.name for path in out.iterdir()) == ["clean - checked (2).xlsx", "clean - checked.xlsx"]
    named = [inbox / "clean.xlsx", out / "clean - checked.xlsx"]
    before = stamp(named[1])
    assert main(["check", *map(str, named), "--annotate", str(out)]) == 0
    assert stamp(named[1]) == before
    capsys.readouterr()


def test_running_again_renews_the_copies(inbox, tmp_path, capsys):
    for _ in range(2):
        assert main(["check", str(inbox / "clean.xlsx"), "--annotate", str(tmp_path / "out")]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["clean - checked.xlsx"]
    capsys.readouterr()


def test_a_reader_that_went_away_is_no_fault(inbox, monkeypatch):
    class Gone(io.StringIO):
        def write(self, _text):
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    assert main(["check", str(inbox / "clean.xlsx")]) == 1


def test_a_pattern_that_the_shell_left_alone_names_its_files(inbox, capsys):
    assert main(["check", str(inbox / "c*n.xlsx")]) == 0
    assert capsys.readouterr().out.startswith(f"{inbox / 'clean.xlsx'}: complete\n")
    assert main(["check", str(inbox / "zz*.xlsx")]) == 3
    assert "zz*.xlsx" in capsys.readouterr().out
