"""People save the email into the folder, not its attachment: each attached return is read, with the time it came."""

from __future__ import annotations

import random
import zipfile
from datetime import UTC, date, datetime
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from tests.reading.return_edits import clean, filled
from tests.small_catalogue import small_catalogue
from xlkpi.catalogue.load import terms_of
from xlkpi.commands.check import CheckRequest, check_files
from xlkpi.commands.decide import decide
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.email_attachments import plain_name, read_attachments, time_received
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Council, ProviderRegister
from xlkpi.council.decisions import DecisionLog, read_decisions
from xlkpi.errors import UnreadableFile
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.layout.provider_texts import Sender
from xlkpi.reading.returns.check_return import check_return
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.writing.returns.write_return import write_return

WILLOW, ASH = Provider("P001", "Willow Ltd"), Provider("P002", "Ash & Son")
OCTOBER_20 = 46_315


@cache
def returned(provider=WILLOW, x=4, declared=OCTOBER_20, saved=""):
    """A complete return of the small catalogue."""
    figures = {"KPI S1": Entry(x, 200), "KPI S2": Entry(0, 10), "KPI S3": Entry(0, 0)}
    plan = plan_return(
        small_catalogue(), provider, Period(2026, 2), sender=Sender(), previous={}, as_written=(),
        filled=Filled(figures, Declaration("A. Person", declared), saved),
    )  # fmt: skip
    return write_return(plan)


def mail(*attached, received="", sent="", subject="KPI return"):
    """An email with files attached: each a name with its content, or an email."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ann@example.org", "kpi@example.org", subject
    for header, value in (("Received", received), ("Date", sent)):
        if value:
            message[header] = value
    message.set_content("Here it is.\n")
    for each in attached:
        if isinstance(each, EmailMessage):
            message.add_attachment(each)
        else:
            message.add_attachment(each[1], maintype="application", subtype="octet-stream", filename=each[0])
    return message


def check(path, data=None):
    return check_return(path, data=data, terms=terms_of(small_catalogue()))


def collect(folder, *, jobs=1, decisions=None, cache=None):
    council = Council(
        terms_of(small_catalogue()),
        register=ProviderRegister((WILLOW, ASH)),
        decisions=decisions or DecisionLog(),
    )
    options = ReadOptions(check, jobs, cache=cache)
    return collect_period(ReturnSources(folder), council, options, as_of=date(2026, 11, 24))


def by_file(result):
    return {row.file: row for row in result.files}


def test_each_attached_return_is_read_under_the_name_of_its_email(tmp_path):
    message = mail(
        ("return.xlsx", returned()), ("ash.xlsx", returned(ASH)), received="by mx; Tue, 20 Oct 2026 10:00:00 +0100"
    )
    (tmp_path / "from Ann.EML").write_bytes(message.as_bytes())
    rows = by_file(collect(tmp_path))
    assert {name: (row.status, row.provider_id) for name, row in rows.items()} == {
        "from Ann.EML/return.xlsx": (FileStatus.USED, "P001"),
        "from Ann.EML/ash.xlsx": (FileStatus.USED, "P002"),
    }
    assert {row.received_at for row in rows.values()} == {datetime(2026, 10, 20, 9, tzinfo=UTC)}


def test_the_email_received_later_has_the_return_that_counts(tmp_path):
    first, second = returned(x=4, saved="2026-10-25T09:00:00Z"), returned(x=9, saved="2026-10-21T09:00:00Z")
    for name, data, day in (("a.eml", first, "Mon, 19 Oct"), ("b.eml", second, "Fri, 23 Oct")):
        (tmp_path / name).write_bytes(mail(("r.xlsx", data), sent=f"{day} 2026 10:00:00 +0100").as_bytes())
    result = collect(tmp_path)
    assert [row.x for row in result.rows if row.indicator == "KPI S1"] == [9]
    rows = by_file(result)
    assert "b.eml/r.xlsx (received 23 October 2026, 09:00 UTC)" in rows["a.eml/r.xlsx"].why
    assert rows["b.eml/r.xlsx"].why == "It is the later one: received 23 October 2026, 09:00 UTC."


def test_the_attachment_saved_beside_its_email_is_one_return(tmp_path):
    (tmp_path / "mail.eml").write_bytes(mail(("r.xlsx", returned()), sent="Tue, 20 Oct 2026 10:00:00 +0000").as_bytes())
    (tmp_path / "a.xlsx").write_bytes(returned())
    result = collect(tmp_path)
    assert (result.found, result.used, result.superseded) == (2, 1, 1)
    assert by_file(result)["a.xlsx"].received_at == datetime(2026, 10, 20, 10, tzinfo=UTC)


def test_a_forwarded_email_counts_when_it_first_came(tmp_path):
    inner = mail(("r.xlsx", returned()), sent="Tue, 20 Oct 2026 10:00:00 +0000")
    (tmp_path / "fwd.eml").write_bytes(mail(inner, sent="Mon, 02 Nov 2026 10:00:00 +0000").as_bytes())
    (row,) = collect(tmp_path).files
    assert (row.file, row.received_at.day) == ("fwd.eml/r.xlsx", 20)


def test_what_else_is_attached_is_a_file_like_any_other_but_logos_and_signatures_are_not(tmp_path):
    message = mail(("r.xlsx", returned()), ("letter.pdf", b"%PDF-1.4\n"), ("return.zip", _archive()))
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="meeting.ics")
    message.add_attachment("footer", filename="ATT00001.txt")
    (tmp_path / "m.eml").write_bytes(message.as_bytes())
    result = collect(tmp_path)
    rows = by_file(result)
    assert set(rows) == {"m.eml/r.xlsx", "m.eml/letter.pdf", "m.eml/return.zip"}
    assert rows["m.eml/letter.pdf"].why == "letter.pdf is a PDF, not a workbook."
    assert rows["m.eml/return.zip"].remedy.startswith("Unpack it")


def _archive():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("r.xlsx", returned())
    return out.getvalue()


def test_two_attachments_of_one_name_are_both_read(tmp_path):
    (tmp_path / "m.eml").write_bytes(mail(("r.xlsx", returned()), ("R.xlsx", returned(ASH))).as_bytes())
    assert {row.file for row in collect(tmp_path).files} == {"m.eml/r.xlsx", "m.eml/2 R.xlsx"}


@pytest.mark.parametrize(
    "data",
    [
        mail().as_bytes(),
        mail(*((f"{number}.xlsx", b"PK") for number in range(51))).as_bytes(),
        b"From: a@example.org\nSubject: s\nContent-Type: multipart/mixed\n\nno boundary",
        b"From: a@example.org\nSubject: s\n" + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 101,
        b"From: a@example.org\nSubject: s\nContent-Type: multipart/mixed; boundary=x"
        + b";\n a=b" * 2_000
        + b"\n\n--x\n",
        b"From: a@example.org\nSubject: s\n" + b"Content-Type: message/rfc822\n\n" * 5_000,
    ],
    ids=["no file", "too many files", "no boundary", "too many parts", "too many parameters", "too deep"],
)
def test_an_email_without_files_is_reported_itself(tmp_path, data):
    (tmp_path / "m.eml").write_bytes(data)
    (row,) = collect(tmp_path).files
    assert row.file == "m.eml"
    assert row.why == "m.eml is an email, not a workbook."


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"=?utf-8?B?w6kueGxzeA==?="', "é.xlsx"),
        ('"=?no-charset?Q?a.xlsx?="', "=no-charsetQa.xlsx="),
        ('"=?utf-8?B?a?="', "=utf-8Ba="),
        ("", "attachment"),
    ],
)
def test_names_are_spelled_as_mail_programs_spell_them(written, name):
    head = f"From: a@b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename={written}"
    assert [each.name for each in read_attachments(f"{head}\n\nabc".encode())] == ([name] if written else [])


def test_rfc_2231_names():
    name = "filename*0*=utf-8''%C3%A9; filename*1=.xlsx"
    data = f"Content-Type: application/octet-stream\nContent-Disposition: attachment;\n {name}\n\nabc"
    assert [each.name for each in read_attachments(data.encode())] == ["é.xlsx"]


@pytest.mark.parametrize("data", [b"", b"\0" * 2000, b"PK\x03\x04", b"\xff" * 4000, b"\n" * 800_001])
def test_what_is_no_email_has_no_attachments(tmp_path, data):
    assert read_attachments(data) == ()
    (tmp_path / "m.eml").write_bytes(data)
    assert [source.name for source in find_sources(tmp_path)] == ["m.eml"]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Received": "from a by b; Tue, 20 Oct 2026 10:00:00 +0100"}, datetime(2026, 10, 20, 9, tzinfo=UTC)),
        ({"Received": "no time", "Date": "Tue, 20 Oct 2026 10:00:00 -0000"}, datetime(2026, 10, 20, 10, tzinfo=UTC)),
        ({"Date": "soon"}, None),
        ({"Date": "Tue, 20 Oct 1026 10:00:00 +0000"}, None),
        ({"Date": "Fri, 31 Dec 9999 23:59:59 -2300"}, None),
        ({}, None),
    ],
)
def test_when_it_was_received_is_what_a_header_of_this_century_says(headers, expected):
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    assert time_received(message) == expected


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../a.xlsx", "a.xlsx"),
        ("C:\\Users\\a.xlsx", "a.xlsx"),
        ("a\x1b[2J\u202e.xlsx", "a[2J.xlsx"),
        ("..", "attachment"),
        ("é" * 300 + ".xlsx", "é" * 120 + ".xlsx"),
        ("x" * 300, "x" * 120),
    ],
)
def test_an_attachment_has_a_name_that_any_file_may_have(name, plain):
    assert plain_name(name) == plain


def test_an_officer_can_decide_about_an_attachment(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, x, day in (("a.eml", 4, 19), ("b.eml", 9, 23)):
        message = mail(("r.xlsx", returned(x=x)), sent=f"{day} Oct 2026 10:00:00 +0000")
        (inbox / name).write_bytes(message.as_bytes())
    recorded = decide("use", folder=inbox, file="a.eml/r.xlsx", why="By telephone", by="Ann")
    rows = by_file(collect(inbox, decisions=read_decisions([recorded.log])))
    assert rows["a.eml/r.xlsx"].status is FileStatus.USED
    assert rows["a.eml/r.xlsx"].why == "An officer decided to use it."
    for missing in ("a.eml/other.xlsx", "none.eml/r.xlsx"):
        with pytest.raises(UnreadableFile):
            decide("use", folder=inbox, file=missing, why="w")


def test_links_of_the_master_open_the_email():
    links = SourceLinks("../inbox")
    assert links.file_link("x/m.eml/r.xlsx").file == "../inbox/x/m.eml"
    link = links.cell_link("m.eml/r.xlsx", "All lots", "F6")
    assert (link.text, link.file, link.place) == ("F6", "../inbox/m.eml", "")


def test_other_processes_and_the_cache_read_attachments_too(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(3):
        (inbox / f"{number}.eml").write_bytes(
            mail((f"{number}.xlsx", returned(x=number)), ("z.pdf", b"%PDF-")).as_bytes()
        )
    alone, shared = (collect(inbox, jobs=jobs) for jobs in (1, 2))
    cached = [collect(inbox, cache=ReturnCache(tmp_path / "cache")) for _ in range(2)]
    assert alone.files == shared.files == cached[0].files == cached[1].files
    assert (alone.used, alone.superseded, alone.set_aside) == (1, 2, 3)


def test_check_takes_an_email_apart_and_marks_copies_of_what_is_in_it(tmp_path):
    path = tmp_path / "mail.eml"
    path.write_bytes(mail(("a.xlsx", clean()), ("b.xlsx", filled(KPI_S3=Entry(5, None)))).as_bytes())
    report = check_files(CheckRequest((str(path),), annotate=str(tmp_path / "marked")))
    assert [(Path(checked.file).name, checked.status.value) for checked in report.returns] == [
        ("a.xlsx", "complete"),
        ("b.xlsx", "must fix"),
    ]
    assert [checked.file for checked in report.returns] == [f"{path}/a.xlsx", f"{path}/b.xlsx"]
    assert [copy.path.is_file() for copy in report.copies if copy.path] == [True, True]


DAMAGE = (b"", b"\0", b"\r\n", b'"', b"--", b"=?", b"\xff")


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_email_never_stops_anything(seed):
    numbers = random.Random(seed)
    whole = bytearray(mail(("r.xlsx", b"PK" * 200), mail(("s.xlsx", b"PK"))).as_bytes())
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(numbers.randint(1, 12)):
            place = numbers.randrange(len(data))
            data[place : place + numbers.randint(0, 3)] = numbers.choice(DAMAGE)
        assert len(read_attachments(bytes(data))) <= 50
