"""Edit xlwings' Visual Basic module for the add-in: it takes nothing from the workbook that happens to be open.

The module of the installed xlwings would look for settings in a sheet of the active workbook and in a file beside it,
either of which could name another Python; would put that workbook's folder on Python's path; and would start one
Python for each folder, because the path is part of the command. Each edit below must match exactly as often as it
says: another version of xlwings stops the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from xlkpi.errors import MissingPart, PlanError
from xlkpi.hosts.excel import EXTRA

VERSION = "0.37.8"
PROJECT = "xlkpi"
"""Names the settings file: .xlkpi/xlkpi.conf in the user's own folder."""


@dataclass(frozen=True)
class Edit:
    """One text that is replaced everywhere, how often it occurs, and why it is replaced."""

    old: str
    new: str
    times: int
    why: str


EDITS = (
    Edit('PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"', 1, "our own settings file"),
    Edit(
        '    If source = "" Or source = "sheet" Then',
        '    If source = "sheet" Then',
        1,
        "no settings from a sheet: no code of ours asks for that source",
    ),
    Edit(
        '    If source = "" Or source = "directory" Then',
        '    If source = "directory" Then',
        1,
        "no settings from beside the active workbook",
    ),
    Edit(
        "            Set wb = ActiveWorkbook\n        Else",
        "            Set wb = ThisWorkbook\n        Else",
        1,
        "no Python from sheets of the active workbook",
    ),
    Edit("ActiveWorkbook.FullName", "ThisWorkbook.FullName", 5, "no path of the active workbook; there may be none"),
    Edit(
        'AddExcelDir = GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")',
        'AddExcelDir = "false"',
        2,
        "no folder of a workbook on Python's path",
    ),
    Edit(
        ' & ";" & GetConfig("PYTHONPATH")\n',
        "\n",
        4,
        "an empty setting would put the current folder on Python's path",
    ),
    Edit(
        '""" & ActiveWorkbook.Name & """',
        '""" & ThisWorkbook.Name & """',
        1,
        "no name of a workbook on a command line",
    ),
    Edit(
        'ParameterString + "|" + ActiveWorkbook.Name',
        'ParameterString + "|" + ThisWorkbook.Name',
        1,
        "as above, on a Mac",
    ),
    Edit('" -B -c ""', '" -B -I -c ""', 2, "Python looks in no current folder and takes no variables of the user"),
    Edit(
        '    If GetConfig("SHOW_ERROR_POPUPS", "True") = "False" Then',
        '    If GetConfig("SHOW_ERROR_POPUPS", "True") = "never" Then',
        1,
        "no sheet Error added to the user's workbook",
    ),
    Edit(
        "    Dim d As Dictionary\n    Set d = New Dictionary\n",
        "    Dim d As Object\n",
        1,
        "the class belongs to settings from a sheet, which are off",
    ),
)


def addin_module() -> str:
    """Give the text of the module ``xlwings``. Raises MissingPart without xlwings, PlanError where an edit misses."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise MissingPart("The Excel add-in", EXTRA)
    installed = metadata.version("xlwings")
    if installed != VERSION:
        message = f"the Excel add-in is made for xlwings {VERSION}, and {installed} is installed"
        raise PlanError(message)
    source = Path(spec.origin).with_name("xlwings_custom_addin.bas").read_text(encoding="utf-8")
    return edited(source)


def edited(source: str) -> str:
    """Make every edit in the module's text. Raises PlanError where a text does not occur as often as it should."""
    text = source.replace("\r\n", "\n")
    for edit in EDITS:
        count = text.count(edit.old)
        if count != edit.times:
            message = f"xlwings' module contains {edit.old.strip()!r} {count} times, not {edit.times} ({edit.why})"
            raise PlanError(message)
        text = text.replace(edit.old, edit.new)
    return text
