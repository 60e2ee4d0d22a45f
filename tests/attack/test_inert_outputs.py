"""One hostile text in every place that outsiders fill: no output of ours contains its signs as they are."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile

import pytest

from tests.council.register_files import csv_of
from tests.house.project_files import python_files
from tests.reading.return_edits import ALL, by_openpyxl
from xlkpi import problem_log
from xlkpi.cli.main import main
from xlkpi.core.period import Period
from xlkpi.council.register.read import read_register
from xlkpi.letters.email_text import compose_email, greet
from xlkpi.plain_text import IN_PLACE, PlainStream, escape_in_json, make_visible
from xlkpi.sheets.master.source_links import is_linkable
from xlkpi.writing.csv_text import csv_bytes
from xlkpi.writing.file_names import plain_file_name, provider_file
from xlkpi.writing.own_outputs import OutputWriter
from xlkpi.writing.workbook.links import target_of

HOSTILE = "\x1b[2J\x07\x9b31m\u202etxt.exe\u2066\u200b\ufeff\u2028\u2029\x85\U000e0041 Oak"
ACTING = {char for char in HOSTILE if not char.isprintable()}
PERIOD = Period(2026, 2)


def raw_signs(text):
    return sorted(hex(ord(char)) for char in ACTING if char in text)


def parts(data):
    """The texts of a file: those of a workbook's parts, escapes of XML and of cells among them resolved or kept out."""
    if not data.startswith(b"PK"):
        return [data.decode("utf-8-sig")]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    return [*texts, *package.namelist()]


def test_every_sign_that_acts_or_cannot_be_seen_is_known():
    remaining = {"\n", "\t"}
    acting = (
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Cs") and chr(code) not in remaining
    )
    left = [hex(ord(char)) for char in acting if make_visible(f"a{char}b") == f"a{char}b"]
    letters = {"0x600", "0x601", "0x602", "0x603", "0x604", "0x605", "0x6dd", "0x70f", "0x890", "0x891", "0x8e2"}
    assert {code for code in left if int(code, 16) < 0x10000} <= letters  # signs of Arabic and Syriac that are seen
    assert not {code for code in left if int(code, 16) >= 0xE0000}


def test_a_text_shows_where_a_sign_was():
    assert make_visible("a\x1b[2Jb\u202ec") == f"a{IN_PLACE}[2Jb{IN_PLACE}c"
    assert make_visible("zero\u200bwidth\r\nline\u2028end\ttab") == "zerowidth\nline\nend\ttab"
    assert make_visible("Łukasz Ó Súilleabháin 東京") == "Łukasz Ó Súilleabháin 東京"


def test_json_has_escapes_that_read_back():
    document = json.dumps({"name": HOSTILE}, ensure_ascii=False)
    assert raw_signs(escape_in_json(document)) == []
    assert json.loads(escape_in_json(document)) == {"name": HOSTILE}


def test_a_stream_for_people():
    out = io.StringIO()
    stream = PlainStream(out)
    print(HOSTILE, file=stream)
    assert raw_signs(out.getvalue()) == []
    assert not stream.isatty()


def test_a_list():
    assert raw_signs(csv_bytes([[HOSTILE]]).decode("utf-8-sig")) == []


@pytest.mark.parametrize("sign", "=+-@＝＋－＠\t\r")
def test_a_list_runs_no_formula(sign):
    assert csv_bytes([[f"{sign}cmd"]]).decode("utf-8-sig").strip('"').startswith("'")


def test_an_email():
    assert raw_signs(compose_email(HOSTILE, [greet(HOSTILE), HOSTILE])) == []


def test_the_log(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "log"))
    problem_log.log(ValueError(HOSTILE), HOSTILE)
    assert raw_signs((tmp_path / "log").read_text(encoding="utf-8")) == []


def test_file_names():
    names = [
        provider_file("KPI email", PERIOD, "P\u202e1", HOSTILE, ".txt"),
        plain_file_name(f"{HOSTILE} - checked.xlsx"),
    ]
    assert [raw_signs(name) for name in names] == [[], []]
    assert plain_file_name("con.xlsx") == "-con.xlsx"
    assert plain_file_name("NUL") == "-NUL"
    assert plain_file_name("a. .") == "a"
    assert plain_file_name("control.xlsx") == "control.xlsx"


def test_names_that_are_one_file_elsewhere_get_numbers(tmp_path):
    writer = OutputWriter()
    names = ("Café.txt", "Cafe\u0301.txt", "CAFÉ.txt", "other.txt")
    written = [writer.write(tmp_path / name, name.encode()).name for name in names]
    assert written == ["Café.txt", "Cafe\u0301 (2).txt", "CAFÉ (3).txt", "other.txt"]


@pytest.mark.parametrize(
    "path",
    [r"\\evil\s\x.xlsx", "//evil/s/x.xlsx", r"C:\x.xlsx", "c:x.xlsx", "/srv/x.xlsx", "in\u202ebox/x", "", "a\udcff"],
)
def test_nothing_links_to_a_share_a_drive_or_a_name_that_acts(path):
    assert target_of(path) == ""
    assert not is_linkable(path)


def test_a_link_to_a_file_of_a_strange_name_stays_in_the_folder():
    assert target_of(r"inbox/\\evil\s") == "inbox/%5C%5Cevil%5Cs"
    assert target_of("file:x").startswith("file%3A")


@pytest.mark.parametrize("name", ["Oak\x1b[31m", "Oak \u202excod", "\u2066Oak\u2069"])
def test_a_name_in_the_register_that_acts_is_a_finding_on_its_cell(tmp_path, name):
    path = csv_of(tmp_path, f"P001,{name},1a,no", header="provider_id,provider,lots,transport")
    providers, faults = read_register(path)
    assert providers == ()
    (fault,) = faults
    assert (fault.row, fault.severity.value) == (2, "must fix")
    assert "B2" in fault.message
    assert "Type it again" in fault.message
    assert raw_signs(fault.message) == []


def hostile_return(folder):
    """A return with the text as a reason, in a file whose name has it too, and two providers of the register."""
    folder.mkdir()

    def change(book):
        book[ALL]["L6"] = HOSTILE.replace("\x1b", "_x001B_").replace("\x07", "_x0007_").replace("\x9b", "_x009B_")

    (folder / f"re{HOSTILE.replace('/', '')}.xlsx").write_bytes(by_openpyxl(change))
    (folder / f"notes{HOSTILE}.txt").write_text(HOSTILE, encoding="utf-8")


def test_commands_print_and_write_none_of_it(tmp_path, capsys):
    hostile_return(tmp_path / "inbox")
    (file,) = (tmp_path / "inbox").glob("*.xlsx")
    register = csv_of(tmp_path, "P01,Oak & Ash,1a;2b,yes", header="provider_id,provider,lots,transport")
    out = tmp_path / "out"
    main(["check", str(file), str(tmp_path / HOSTILE), "--annotate", str(out)])
    main(["check", str(file), "--json"])
    arguments = ["consolidate", str(tmp_path / "inbox"), "--out", str(out / "m.xlsx"), "--register", str(register)]
    main([*arguments, "--data", str(out), "--jobs", "1"])
    main([*arguments, "--json", "--jobs", "1"])
    printed = capsys.readouterr()
    assert raw_signs(printed.out + printed.err) == []
    written = [path for path in out.rglob("*") if path.suffix in (".csv", ".xlsx") and "checked" not in path.name]
    assert len(written) > 1
    assert [(path.name, raw_signs("".join(parts(path.read_bytes())))) for path in written] == [
        (path.name, []) for path in written
    ]
    assert [raw_signs(path.name) for path in out.iterdir()] == [[] for _ in out.iterdir()]


def test_every_way_out_makes_texts_visible():
    """Whoever adds a way out finds this list."""
    callers = {
        path.name for path in python_files("xlkpi") if "xlkpi.plain_text import" in path.read_text(encoding="utf-8")
    }
    ways_out = {
        "main.py",
        "csv_text.py",
        "shared_strings.py",
        "edit_xml.py",
        "email_text.py",
        "problem_log.py",
        "links.py",
    }
    assert ways_out <= callers
