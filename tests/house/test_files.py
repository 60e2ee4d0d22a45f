"""Every file is short, says what it is, has a name that tells, and tells nothing of a machine."""

from __future__ import annotations

import ast
import io
import re
import zipfile

import pytest

from tests.house.project_files import ROOT, listed, name, parsed, python_files, source, tracked

pytestmark = pytest.mark.xdist_group("files of the project")  # they are parsed once
LONGEST = 250
LONGEST_TEST = 400  # a table of hand-made cases is long, and no harder to read for it
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "stuff"}
PRODUCT = python_files("xlkpi", "udfs", "install_addin.py")
OURS = [*PRODUCT, *python_files("scripts")]
THEIR_TESTS = python_files("tests")

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


def test_a_file_can_be_read_in_one_sitting():
    lengths = {path: len(source(path).splitlines()) for path in (*OURS, *THEIR_TESTS)}
    too_long = [
        f"{name(path)}:{length}: at most {longest} lines"
        for path, length in lengths.items()
        if length > (longest := LONGEST if path in PRODUCT else LONGEST_TEST)
    ]
    assert len(lengths) > 400
    assert not too_long, listed(too_long)


def test_a_module_says_what_it_is():
    silent = [f"{name(path)}:1" for path in OURS if not (ast.get_docstring(parsed(path)) or "").strip()]
    assert not silent, listed(silent)


def test_no_module_has_an_empty_name():
    paths = [*OURS, *THEIR_TESTS]
    empty = [name(path) for path in paths if EMPTY_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)]
    assert not empty, listed(empty)


NEEDLES = (
    "/ro" + "ot/",
    "/ho" + "me/",
    "/us" + "ers/",
    "/wo" + "rk/",
    "opt/py" + "pi",
    ":\\us" + "ers\\",
    "index-u" + "rl",
)
MIRRORS = ("artifactory", "nexus", "pkg.dev", "devpi")


def private(text):
    """Every match; a text with none of the words it takes is not searched, which saves nine tenths of the time."""
    small = text.lower()
    if any(word in small for word in (*NEEDLES, *MIRRORS)) or ("@" in small and "://" in small):
        yield from PRIVATE.finditer(text)


def texts(path, seen):
    """The file's text; of a workbook or extension, the text of every part that no file before had: most are alike."""
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            fresh = {(part.filename, part.CRC, part.file_size): part for part in parts.infolist()}
            alike = seen & fresh.keys()
            seen.update(fresh)
            return [parts.read(part).decode("utf-8", "ignore") for key, part in fresh.items() if key not in alike]
    return [data.decode("utf-8", "ignore")]


def test_no_file_tells_of_a_machine_or_a_mirror():
    seen: set[tuple[str, int, int]] = set()
    offenders = [
        f"{name(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()!r}"
        for path in tracked()
        for text in texts(path, seen)
        for match in private(text)
    ]
    assert len(tracked()) > 500
    assert not offenders, listed(offenders)


@pytest.mark.parametrize(
    "text",
    [
        *("/ro" + "ot/x.py", "/ho" + "me/ann/y", "/Us" + "ers/ann/y", "C:\\Us" + "ers\\ann", "/wo" + "rk/main/x"),
        *("/opt/py" + "pi/x", "pip --index" + "-url https://x", "https://u" + ":p@host/", "http://my.nex" + "us.test/"),
    ],
)
def test_the_search_finds_what_it_is_for(text):
    assert list(private(text))


@pytest.mark.parametrize("text", ["PIP_INDEX" + "_URL", "the root/xl folder", "http://mirror.test/debian"])
def test_the_search_lets_ordinary_words_pass(text):
    assert not list(private(text))
