"""Every file is short, says what it is, has a name that tells, and tells nothing of a machine."""

from __future__ import annotations

import ast
import io
import re
import zipfile

import pytest

from tests.house.project_files import ROOT, name, python_files, tracked

LONGEST = 250
LONGEST_TEST = 400  # a table of hand-made cases is long, and no harder to read for it
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "stuff"}
OURS = python_files("xlkpi", "udfs", "install_addin.py")

# Written so that this file does not match itself.
PRIVATE = re.compile(
    r"""(?<![\w.])/(?:root|home/\w+|Users/\w+)/[\w.]   # somebody's home
    |   (?<![\w.])/(?:work/(?:main|shared|\.)|opt/pypi)
    |   [A-Z]:\\Users\\\w
    |   (?i:(?:extra-)?index[-]url\s*[=\s]\s*["']?https?:)
    |   (?i:https?://[\w.-]*(?:artifactory|nexus|pkg\.dev|devpi)[\w.-]*)
    |   (?i:https?://[^/\s@"']+:[^/\s@"']+@)           # a password in an address
    """,
    re.VERBOSE,
)


@pytest.mark.parametrize("path", [*OURS, *python_files("tests")], ids=name)
def test_a_file_can_be_read_in_one_sitting(path):
    longest = LONGEST_TEST if ROOT / "tests" in path.parents else LONGEST
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


@pytest.mark.parametrize("path", OURS, ids=name)
def test_a_module_says_what_it_is(path):
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert told
    assert told.strip()


def test_no_module_has_an_empty_name():
    stems = {part for path in python_files("xlkpi", "udfs", "tests") for part in stem(path)}
    assert not stems & EMPTY_NAMES


def stem(path):
    return path.relative_to(ROOT).with_suffix("").parts


def texts(path):
    """The file's text; of a workbook or extension, the text of every part."""
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return [parts.read(part).decode("utf-8", "ignore") for part in parts.namelist()]
    return [data.decode("utf-8", "ignore")]


def test_no_file_tells_of_a_machine_or_a_mirror():
    told = {
        f"{name(path)}: {match.group()!r}"
        for path in tracked()
        for text in texts(path)
        for match in PRIVATE.finditer(text)
    }
    assert not told


@pytest.mark.parametrize(
    "text",
    ["/ro" + "ot/x.py", "/ho" + "me/ann/y", "pip --index" + "-url https://x", "https://u" + ":p@host/"],
)
def test_the_search_finds_what_it_is_for(text):
    assert PRIVATE.search(text)


@pytest.mark.parametrize("text", ["PIP_INDEX" + "_URL", "the root/xl folder", "http://mirror.test/debian"])
def test_the_search_lets_ordinary_words_pass(text):
    assert not PRIVATE.search(text)
