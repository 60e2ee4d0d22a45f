"""Contents of some kilobytes that once took the square of their size in time: seconds, minutes or for ever.

The marked copy has a last line too: it is not made where that takes too long.
"""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from tests.attack.test_active_content import OFFICE
from tests.council.register_files import csv_of
from tests.processor_time import at_most
from tests.reading.return_edits import checked, clean, filled, respelt
from xlkpi.commands import check as checking
from xlkpi.commands.check import StoppedCopy, annotated_copy
from xlkpi.consolidation import read_returns
from xlkpi.consolidation.email_attachments import read_attachments
from xlkpi.consolidation.file_sources import find_sources, read_email
from xlkpi.core.checks import Entry
from xlkpi.core.lot import fold_number
from xlkpi.council.catalogue_json import read_json
from xlkpi.council.register.read import read_register
from xlkpi.ooxml import active_content
from xlkpi.ooxml.outside_formulas import formula_reaches_out
from xlkpi.reading.returns import file_budget
from xlkpi.reading.returns.check_return import check_return

SHEET, STYLES, TYPES, WORKBOOK = (
    *("xl/worksheets/sheet2.xml", "xl/styles.xml"),
    *("[Content_Types].xml", "xl/workbook.xml"),
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SECONDS = 2.0


@pytest.fixture
def quick():
    """The test takes no longer than a file may, whatever the machine does beside it."""
    with at_most(SECONDS):
        yield


@pytest.fixture(scope="module")
def wrong():
    """A return with something to mark in most rows."""
    return filled(KPI_S1=Entry(50, 40), KPI_S2=Entry(60, 40), KPI_S3=Entry(70, 40))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "text",
    ["a." * 200_000, "HYPERLINK(" * 40_000, "[.xl" * 90_000, "a|'" * 90_000, "CALL " * 90_000],
    ids=["program", "link", "workbook", "topic", "function"],
)
def test_a_long_formula(text):
    assert not formula_reaches_out(text)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "digits", ["0" * 130_000 + "x", "1" * 130_000, "0" * 130_000 + ".00"], ids=["zeros", "ones", "point"]
)
def test_a_long_number_of_a_supplier(digits):
    assert fold_number(digits) == (digits if "x" in digits else digits.partition(".")[0].lstrip("0") or "0")


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("cmd|'/c calc'!A0", True),
        ("x9|a!b", True),
        ('HYPERLINK("#a")&"http://b"', True),
        ('"http://b"&HYPERLINK("#a")', False),
    ],
)
def test_what_reaches_out_is_still_told_from_what_does_not(text, reaches):
    assert formula_reaches_out(text) is reaches


def with_many(count):
    """Objects in a sheet, each a part of its own with its content type."""
    items = "".join(
        f'<Relationship Id="q{n}" Type="{OFFICE}/oleObject" Target="../embeddings/o{n}.bin"/>' for n in range(count)
    )
    data = io.BytesIO(clean())
    with zipfile.ZipFile(data, "a") as package:
        package.writestr(
            "xl/worksheets/_rels/sheet2.xml.rels", f'<Relationships xmlns="{RELATIONS}">{items}</Relationships>'
        )
        for number in range(count):
            package.writestr(f"xl/embeddings/o{number}.bin", b"x")
    types = "".join(f'<Override PartName="/xl/embeddings/o{n}.bin" ContentType="a/b"/>' for n in range(count))
    return respelt(TYPES, ("</Types>", f"{types}</Types>"), data=data.getvalue())


def test_a_copy_without_thousands_of_objects():
    data = with_many(2_000)
    found = checked(data)
    with at_most(SECONDS):
        copy = annotated_copy(found, data)
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        assert not [name for name in package.namelist() if "embeddings" in name]
        assert b"embeddings" not in package.read(TYPES)


def test_a_copy_without_thousands_of_rules(wrong):
    rules = "".join(
        f'<dataValidation sqref="ZZ{n}"><formula1>[1]x!A1</formula1></dataValidation>' for n in range(1, 20_000)
    )
    kept = '<dataValidation sqref="ZZ1"><formula1>1</formula1></dataValidation>'
    last = '<dataValidation sqref="ZZ2"><formula1>WEBSERVICE(1)</formula1></dataValidation>'
    listed = f'<dataValidations count="20001">{kept}{rules}{last}</dataValidations>'
    data = respelt(SHEET, ("</worksheet>", f"{listed}</worksheet>"), data=wrong)
    found = checked(data)
    with at_most(SECONDS):
        copy = annotated_copy(found, data)
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        assert f'<dataValidations count="1">{kept}'.encode() in package.read(SHEET)


def test_a_copy_of_thousands_of_formats_columns_and_merged_cells(wrong):
    merged = "".join(f'<mergeCell ref="F{row}:JA{row}"/>' for row in range(6, 40))
    data = respelt(STYLES, ("</cellXfs>", f"{'<xf/>' * 120_000}</cellXfs>"), data=wrong)
    data = respelt(SHEET, ("</worksheet>", f"<mergeCells>{merged}</mergeCells></worksheet>"), data=data)
    found = checked(data)
    with at_most(SECONDS):
        assert annotated_copy(found, data)


@pytest.mark.usefixtures("quick")
def test_more_links_between_parts_than_any_workbook_has_are_refused(monkeypatch):
    monkeypatch.setattr(active_content, "LINK_LIMIT", 1_000)
    links = "".join(f'<Relationship Id="a{n}" Type="u/x" Target="{n}.xml"/>' for n in range(300))
    data = io.BytesIO(clean())
    with zipfile.ZipFile(data, "a") as package:
        for number in range(4):
            package.writestr(
                f"x/_rels/{number}.xml.rels", f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'
            )
    assert "over 1,000 links between its parts" in checked(data.getvalue()).findings[0].message


HEAD = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
FILE = b'Content-Type: application/x; name="a.xlsx"\nContent-Transfer-Encoding: base64\n\n'


def nested(count, lines, spelling):
    parts = b"".join(b'Content-Type: multipart/mixed; %s"b%d"\n\n--b%d\n' % (spelling, n, n) for n in range(count))
    return HEAD + parts + b"Content-Type: text/plain\n\n" + b"a\n" * lines


LONG_EMAILS = {
    "many lines in many parts": lambda: nested(99, 280_000, b"boundary="),
    "parts spelt with a space": lambda: nested(900, 20_000, b"boundary ="),
    "parts spelt with a star": lambda: nested(900, 20_000, b"boundary*="),
    "many headers": lambda: HEAD + b"".join(b"X-%d: a\n" % n for n in range(700_000)) + b"\nx",
    "files each a little short": lambda: HEAD + ((b"QUFB" * 19 + b"\n") * 95 + b"\n") * 3_500,
}
"""Megabytes each, made where they are read: what a module makes, every worker makes and keeps to the end."""


@pytest.mark.parametrize("email", LONG_EMAILS)
def test_an_email_that_takes_too_long_to_take_apart_is_reported_whole(email):
    data = LONG_EMAILS[email]()
    with at_most(SECONDS):
        assert read_attachments(data) == ()


@pytest.mark.parametrize("lines", [10, 150, 20_000])
@pytest.mark.parametrize("rest", [b"", b"QUI=\n", b"QQ==", b"QUJ\n"])
def test_a_file_in_an_email_is_the_same_however_long_it_is(lines, rest):
    (attached,) = read_attachments(HEAD + FILE + (b"QUFB" * 19 + b"\r\n") * lines + rest)
    ends = {b"": b"", b"QUI=\n": b"AB", b"QQ==": b"A", b"QUJ\n": b"AB"}
    assert attached.data == b"AAA" * 19 * lines + ends[rest]


def test_many_files_of_an_email_are_told_apart():
    part = b"--b\n" + FILE
    bodies = [(bytes((65 + n,)) * 76 + b"\n") * (90 + 10 * n) for n in range(12)]  # some are put aside, some not
    mail = (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="b"\n\n'
        + b"".join(part + body for body in bodies)
        + b"--b--\n"
    )
    attached = read_attachments(mail)
    assert [len(each.data) for each in attached] == [57 * (90 + 10 * n) for n in range(12)]
    assert len({each.data[0] for each in attached}) == 12


def test_a_copy_that_takes_too_long_is_not_made(monkeypatch, wrong):
    def spin(*_):
        while True:
            time.process_time()

    found = checked(wrong)
    monkeypatch.setattr(file_budget, "CPU_SECONDS", 0.2)
    monkeypatch.setattr(checking, "_annotated", spin)
    with pytest.raises(StoppedCopy, match="Making it was stopped after"):
        annotated_copy(found, wrong)


def test_a_copy_is_not_made_of_a_file_that_has_changed_since_it_was_checked(wrong):
    with pytest.raises(StoppedCopy, match="has changed since it was checked"):
        annotated_copy(checked(wrong), clean())


@pytest.mark.usefixtures("quick")
def test_a_long_text_before_a_fault_of_a_catalogue_file():
    (fault,) = read_json('{"a": "' + "x" * 300_000 + '" b}')[1]
    assert fault.startswith("line 1, column 300010: ")


@pytest.mark.usefixtures("quick")
def test_a_register_of_one_provider_in_thousands_of_rows(tmp_path):
    path = csv_of(tmp_path, *["P001,Oak,1a,no"] * 3_000, header="provider_id,provider,lots,transport")
    providers, faults = read_register(path)
    assert (len(providers), len(faults)) == (1, 2_999)


def test_an_email_is_taken_apart_once_for_the_files_that_are_read_together(tmp_path, monkeypatch):
    mail = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + (b"--b\n" + FILE + b"QUFB\n") * 6 + b"--b--\n"
    (tmp_path / "a.eml").write_bytes(mail)
    sources, read = find_sources(tmp_path), []

    def reading(place):
        read.append(place)
        return read_email(place)

    monkeypatch.setattr(read_returns, "read_email", reading)
    packed = read_returns.check_batch(check_return, tuple(enumerate(sources)))
    assert (len(sources), len(packed), len(read)) == (6, 6, 1)
