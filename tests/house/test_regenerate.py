"""scripts/regenerate: every part is compared by a test that names it, and the command does what it says."""

from __future__ import annotations

import re
import sys

import pytest
import regenerate
from regenerate_parts import parts, same_parts, same_text

from tests.house.project_files import ROOT, python_files

NAMED = re.compile(r"python scripts/regenerate\.py --only (\w+)")


def test_each_part_but_the_pictures_is_named_by_a_test_that_fails_for_want_of_it():
    tests = [path for path in python_files("tests") if path.name != "test_regenerate.py"]
    named = {part for path in tests for part in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert named == set(regenerate.PARTS) - {"pictures"}


def test_the_parts_are_those_the_command_offers():
    assert tuple(part.name for part in parts(ROOT)) == regenerate.PARTS


def test_every_picture_is_one_that_the_script_takes():
    taken = next(part for part in parts(ROOT) if part.name == "pictures").contents(True)
    assert {name for name in taken if name.endswith(".png")} == {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/img").glob("*.png")
    }


@pytest.fixture
def copy(tmp_path):
    """A folder with one part in it, up to date."""
    assert regenerate.main(["--only", "reference"], tmp_path) == 0
    return tmp_path


def test_check_finds_what_differs_and_changes_nothing(copy, capsys):
    page = copy / "docs/reference/names.md"
    page.write_text("changed by hand", encoding="utf-8")
    (copy / "docs/reference/old.md").write_text("a page of before", encoding="utf-8")
    capsys.readouterr()
    assert regenerate.main(["--check", "--only", "reference"], copy) == 1
    shown = capsys.readouterr().out
    assert "differs: docs/reference/names.md" in shown
    assert "not made any more: docs/reference/old.md" in shown
    assert page.read_text(encoding="utf-8") == "changed by hand"


def test_writing_again_leaves_nothing_to_do(copy, capsys):
    (copy / "docs/reference/names.md").write_text("changed by hand", encoding="utf-8")
    (copy / "docs/reference/old.md").write_text("a page of before", encoding="utf-8")
    assert regenerate.main(["--only", "reference"], copy) == 0
    capsys.readouterr()
    assert regenerate.main(["--check", "--only", "reference"], copy) == 0
    assert capsys.readouterr().out == "reference: up to date\n"
    assert not (copy / "docs/reference/old.md").exists()


def test_a_part_that_does_not_exist_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        regenerate.main(["--only", "reference,pages"])
    assert stopped.value.code == 2
    assert "there is no part 'pages'" in capsys.readouterr().err


def test_a_python_without_the_packages_says_how_to_set_up(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "regenerate_parts", None)
    assert regenerate.main(["--check"]) == 2
    assert "python3 install_addin.py test" in capsys.readouterr().err


def test_line_ends_and_packing_do_not_count():
    sample = (ROOT / "workbooks/out/2026-27 Q2/KCC invoice ledger.xlsx").read_bytes()
    assert same_text(b"a\r\nb\r\n", b"a\nb\n")
    assert not same_text(b"a\n", b"b\n")
    assert same_parts(sample, sample + b"")
    assert not same_parts(sample, (ROOT / "workbooks/xlkpi.oxt").read_bytes())
    assert not same_parts(b"one", b"two")
