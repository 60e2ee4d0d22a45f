"""A command loads what it needs and no more, so that help is there at once, and ends as soon as it is done."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("pandas", "numpy", "pydantic", "openpyxl", "xlsxwriter", "lxml", "rich", "pyarrow", "distributed", "xlwings")


def loaded(*arguments):
    """The heavy packages that a command has loaded by its end."""
    code = (
        "import sys, contextlib\nfrom xlkpi.cli import main\n"
        "with contextlib.suppress(SystemExit):\n    main(sys.argv[1:])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("arguments", [("--help",), ("consolidate", "--help"), ("--version",), ("explain", "KPI S2")])
def test_nothing_heavy_is_loaded_to_say_what_there_is(arguments):
    assert loaded(*arguments) == "[]"


def test_a_check_needs_no_spreadsheet_library(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert loaded("check", str(tmp_path / "a.xlsx")) == "[]"


def test_a_command_ends_without_searching_all_that_it_made_for_cycles():
    code = (
        "import atexit, gc, sys\nfrom xlkpi.cli import main\n"
        "atexit.register(lambda: print(gc.get_freeze_count(), len(gc.get_objects())))\n"  # the last to be called
        "sys.exit(main(['explain', 'KPI S2']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    left_out, searched = map(int, done.stdout.splitlines()[-1].split())
    assert searched < 100 < left_out
