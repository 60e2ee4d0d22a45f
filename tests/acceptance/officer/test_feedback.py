"""Promise: one command makes each provider's scorecard and e-mail, of its own figures alone, and a list of them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.acceptance.officer.printed_pages import pages_of
from tests.conftest import missing
from tests.evidence import some
from tests.house.project_files import ROOT
from tests.judge.libreoffice import MissingTool
from tests.judge.libreoffice_files import find_soffice

SAMPLE = ROOT / "workbooks"
OUT = SAMPLE / "out" / "2026-27 Q2"
INBOX, REGISTER, MASTER = SAMPLE / "inbox", SAMPLE / "register.csv", OUT / "KCC master 2026-27 Q2.xlsx"
USUAL = ("--register", REGISTER, "--answer-by", "2026-12-08")
UNFINISHED, AGREED, MISSING, ENDED = "P006", "P016", "P018", "P025"
QUARTER = ("2026-07-01", "2026-09-30")


def feedback(source, out, *more, pdf=False):
    usual = USUAL[:2] if "--answer-by" in more else USUAL
    return xlkpi("feedback", source, "--out", out, *usual, *more, *(() if pdf else ("--without-pdf",)))


def register():
    with REGISTER.open(encoding="utf-8-sig", newline="") as file:
        return {row["provider_id"]: row for row in some(csv.DictReader(file))}


def due():
    """Those of the register that have a contract in the quarter, by its days; the rest have nothing to report."""
    begins, ends = QUARTER
    return {
        provider_id: row
        for provider_id, row in register().items()
        if row["contract_start"] <= ends and begins <= (row["extended_to"] or row["contract_end"])
    }


def index(out):
    with (out / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["provider_id"]: row for row in some(csv.DictReader(file))}


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def digests(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def from_folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("feedback") / "out"
    before = digests(SAMPLE)
    done = feedback(INBOX, out)
    assert digests(SAMPLE) == before, "an input was changed"
    return out, done


@pytest.fixture(scope="module")
def fresh_master(tmp_path_factory):
    """A master as this version writes it, of the same files."""
    path = tmp_path_factory.mktemp("master") / "master.xlsx"
    xlkpi("consolidate", INBOX, "--out", path, "--register", REGISTER, "--as-of", "2026-11-24")
    return path


@cache
def rows_of(path):
    """The table of a scorecard by indicator, by header."""
    page = openpyxl.load_workbook(path)["Scorecard"]
    (table,) = page.tables.values()
    header, *rows = ([cell.value for cell in row] for row in page[table.ref])
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


@cache
def master_data():
    return pd.read_excel(MASTER, sheet_name="Data", engine="openpyxl")


def in_force(data):
    """The figures that count: those that were agreed, and where none were those that were returned."""
    return data.assign(x=data.agreed_x.fillna(data.x), y=data.agreed_y.fillna(data.y))


def everything_in(path):
    """All text of a file: of a workbook that of its parts."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())


def test_everybody_with_a_contract_gets_something_and_it_says_what_and_where_to(from_folder):
    out, done = from_folder
    assert done.returncode == 1, "two must fix something, and one has sent nothing"
    listed, known = index(out), due()
    assert set(listed) == set(known) == set(register()) - {ENDED}
    for provider_id, row in listed.items():
        assert row["email"] == known[provider_id]["email"]
        assert row["provider"] == known[provider_id]["provider"]
        results = [row[kind] for kind in ("scorecard", "text") if row[kind]]
        assert len(results) == (1 if provider_id == MISSING else 2)
        assert all(provider_id in name and (out / name).is_file() for name in results)
    assert len(bytes_of(out)) == 23 * 2 + 1 + 1
    assert {row["status"] for row in listed.values()} == {"nothing to fix", "to fix", "no return"}
    assert "23 scorecards" in done.stderr


def test_who_has_sent_nothing_gets_a_reminder_and_no_scorecard(from_folder):
    out, _ = from_folder
    row = index(out)[MISSING]
    assert (row["status"], row["scorecard"], row["pdf"]) == ("no return", "", "")
    text = (out / row["text"]).read_text(encoding="utf-8")
    assert text.startswith("Subject: KPI return 2026-27 Q2: not received yet (Zoë Ashenden Associates Ltd)\n\nDear Zoë")
    assert "28 October 2026" in text


def test_what_must_be_fixed_is_told_with_its_cell_and_nobody_is_blamed(from_folder):
    out, _ = from_folder
    row = index(out)[UNFINISHED]
    text = (out / row["text"]).read_text(encoding="utf-8")
    assert "KPI S1: x is 15 and y is 12 (F6, G6)." in text
    assert "8 December 2026" in text
    assert not re.search(r"\b(fail|wrong|mistake|error|sorry)", text)
    message = everything_in(out / row["scorecard"])
    assert "All lots, F6: KPI S1: x is 15 and y is 12 (F6, G6)." in message


def test_who_has_nothing_to_fix_is_told_so(from_folder):
    out, _ = from_folder
    fine = [row for row in index(out).values() if row["status"] == "nothing to fix"]
    assert {row["provider_id"] for row in fine} == set(due()) - {UNFINISHED, AGREED, MISSING}
    for row in fine:
        text = (out / row["text"]).read_text(encoding="utf-8")
        assert "nothing to fix" in text.splitlines()[0]
        assert "there is nothing to fix" in text.lower()


def test_agreed_figures_count_and_what_they_ask_for_must_be_fixed(from_folder):
    out, _ = from_folder
    row = index(out)[AGREED]
    assert (row["status"], row["must_fix"]) == ("to fix", "2"), "a reason and a plan, which 0 of 12 did not need"
    line = rows_of(out / row["scorecard"])["KPI S2"]
    assert (line["x"], line["y"], line["RAG"]) == (2, 12, "Red")
    text = (out / row["text"]).read_text(encoding="utf-8")
    assert "KPI S2: 2 of 12, agreed on 10 November 2026 (returned: 0 of 12)." in text
    assert "\n1. Action plan: KPI S2 is Red by the agreed figures, 2 of 12. Complete its action" in text
    assert "\n2. All lots, L7: KPI S2 is Red by the agreed figures, 2 of 12. Enter the reason" in text


def test_the_master_gives_the_same_feedback_as_the_folder(from_folder, fresh_master, tmp_path):
    out, _ = from_folder
    known = ("--register", REGISTER, "--answer-by", "2026-12-08", "--without-pdf")
    done = xlkpi("feedback", fresh_master, "--out", tmp_path / "out", *known)
    assert done.returncode == 1, done.stderr
    assert bytes_of(tmp_path / "out") == bytes_of(out), "the history too, out of the master's own sheet Trends"


def test_again_with_json_it_gives_the_same_bytes_and_one_document_with_the_files_of_each_provider(
    from_folder, tmp_path
):
    out, _ = from_folder
    done = feedback(INBOX, tmp_path / "out", "--json")
    assert bytes_of(tmp_path / "out") == bytes_of(out)
    document = json.loads(done.stdout)
    assert (document["period"], document["answer_by"]) == ("2026-27 Q2", "2026-12-08")
    assert len(document["providers"]) == 24
    provider_entry = next(row for row in document["providers"] if row["provider_id"] == UNFINISHED)
    assert (provider_entry["status"], provider_entry["must_fix"], provider_entry["queries"]) == ("to fix", 6, 1)
    assert (tmp_path / "out" / provider_entry["scorecard"]).is_file()


def begin(name):
    """How a name begins: a long one goes on in a second line, or is cut."""
    return name[:24].rpartition(" ")[0] or name


def tells_of(text, word):
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)


def test_no_file_tells_of_another_provider(from_folder):
    """Neither name nor number, nor the people, addresses, files and words of anyone else."""
    out, _ = from_folder
    known, listed = register(), index(out)
    data = master_data().astype(object).fillna("")
    words = {provider_id: {begin(row["provider"]), row["email"], provider_id} for provider_id, row in known.items()}
    for provider_id, row in known.items():
        words[provider_id] |= {part.strip() for part in row["contact_1"].split(";")[:1]}
        own = data[data.provider_id == provider_id]
        words[provider_id] |= set(own.file) | set(own.sha256) | set(own.comment)
    for provider_id, row in listed.items():
        others = set.union(*(words[other] for other in known if other != provider_id)) - words[provider_id] - {""}
        shared = {"returns@day-opportunities.example"}  # two in-house services have one address
        for name in some(filter(None, (row["scorecard"], row["text"]))):
            text = everything_in(out / name).replace("&amp;", "&").replace("&quot;", '"')
            assert [word for word in others - shared if tells_of(text, word)] == []
            assert tells_of(text, begin(known[provider_id]["provider"])), "the search finds what is there"


def test_county_figures_equal_an_independent_computation_from_x_and_y(from_folder):
    out, _ = from_folder
    data = in_force(master_data())
    may_exceed = data.indicator.isin(["KPI S3", "KPI E4"])
    counted = data[data.x.notna() & (data.y > 0) & ((data.x <= data.y) | may_exceed)]
    sums = counted.groupby("indicator").agg(x=("x", "sum"), y=("y", "sum"), n=("y", "size"))
    sums["share"] = sums.x / sums.y
    sums.loc["KPI S2", "share"] = 1 - sums.x["KPI S2"] / sums.y["KPI S2"]
    seen = set()
    for row in index(out).values():
        for code, line in rows_of(out / row["scorecard"]).items() if row["scorecard"] else ():
            few = code not in sums.index or sums.n[code] < 3
            assert line["County"] == ("too few" if few else pytest.approx(sums.share[code], abs=0.000501))
            seen.add(few)
    assert False in seen


def test_own_figures_equal_the_masters(from_folder):
    out, _ = from_folder
    data = in_force(master_data())
    listed = index(out)
    assert set(data.provider_id) == set(due()) - {MISSING}
    for provider_id, own in data.groupby("provider_id"):
        lines = rows_of(out / listed[provider_id]["scorecard"])
        assert list(lines) == list(own.indicator)
        for row in own.itertuples():
            line = lines[row.indicator]
            state = row.state if pd.isna(row.rag_in_force) else row.rag_in_force
            assert line["RAG"] == {"Information": "Info"}.get(state, state)
            assert (line["x"], line["y"]) == tuple(None if pd.isna(n) else n for n in (row.x, row.y))


@pytest.mark.office
def test_every_scorecard_is_printed_on_one_page(tmp_path):
    try:
        find_soffice()
    except MissingTool as problem:
        missing(problem)
    done = feedback(MASTER, tmp_path / "out", pdf=True)
    assert "23 as PDF too" in done.stderr
    for row in index(tmp_path / "out").values():
        if row["pdf"]:
            (page,) = pages_of(tmp_path / "out" / row["pdf"])
            assert row["provider_id"] in page


@pytest.fixture
def three(tmp_path):
    """The inbox of a contract with three providers."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in sorted(INBOX.glob("KPI return 2026-27 Q2 - P0*.xlsx"))[:3]:
        shutil.copy(path, inbox)
    return inbox


def test_without_libreoffice_it_says_so_once_and_makes_the_rest(three, tmp_path, monkeypatch):
    if any(Path(place).exists() for place in ("/Applications/LibreOffice.app", "C:/Program Files/LibreOffice")):
        pytest.skip("LibreOffice is found without a path here")
    monkeypatch.setenv("PATH", str(tmp_path))
    done = feedback(three, tmp_path / "out", pdf=True)
    assert done.stderr.count("LibreOffice is not installed") == 1
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == 3
    assert list((tmp_path / "out").glob("*.pdf")) == []


def test_where_nothing_is_to_fix_it_ends_with_0_and_without_a_register_says_why_nobody_is_greeted(three, tmp_path):
    done = xlkpi("feedback", three, "--out", tmp_path / "out", "--without-pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list((tmp_path / "out").glob("*.txt"))) == 3
    assert "add --register" in done.stderr
    for row in index(tmp_path / "out").values():
        assert row["email"] == ""
        assert "\nHello,\n" in (tmp_path / "out" / row["text"]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "more", "status", "says"),
    [
        (MASTER, ("--period", "2025-26 Q4"), 2, "is the master of 2026-27 Q2, not of 2025-26 Q4"),
        (MASTER, ("--answer-by", "soon"), 2, "“soon” is not a date"),
        (REGISTER, (), 3, "is plain text"),
        (SAMPLE / "nowhere.xlsx", (), 3, "does not exist"),
        (next((OUT / "returns").glob("*P001*.xlsx")), (), 3, "not a master made by xlkpi"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, source, more, status, says):
    done = feedback(source, tmp_path / "out", *more)
    assert (done.returncode, (tmp_path / "out").exists()) == (status, False), done.stderr
    assert says in done.stderr


def test_it_does_not_write_into_the_folder_it_reads(tmp_path):
    shutil.copytree(INBOX, tmp_path / "inbox")
    before = digests(tmp_path / "inbox")
    done = feedback(tmp_path / "inbox", tmp_path / "inbox" / "feedback")
    assert done.returncode == 4
    assert "name another folder" in done.stderr
    assert digests(tmp_path / "inbox") == before


def test_what_an_officer_decided_about_a_file_counts(three, tmp_path):
    (path,) = (INBOX / "emails").glob(f"* {UNFINISHED} *.xlsx")
    (three / "emails").mkdir()
    shutil.copy(path, three / "emails")
    done = xlkpi("decide", three, f"emails/{path.name}", "--set-aside", "--why", "A test", "--who", "Ann Reed")
    assert done.returncode == 0, done.stderr
    feedback(three, tmp_path / "out")
    assert index(tmp_path / "out")[UNFINISHED]["status"] == "no return"


ODD = """provider_id,provider,lots,email,contact_1
P1,=1+1,1a,p1@example.org,"=cmd; Manager; a@example.org; 1"
P2,Ash / Elm: “A” <B>|*?,1a,ash@example.org,
P3,{long},1a;3,,
P/4,CON,2a,con@example.org,
"""


def test_odd_names_give_files_that_every_system_takes_and_run_nothing(tmp_path):
    odd = tmp_path / "register.csv"
    odd.write_text(ODD.format(long="Long & longer " * 14), encoding="utf-8")
    assert xlkpi("build", odd, "--period", "2026-27 Q2", "--out", tmp_path / "inbox").returncode == 0
    done = xlkpi("feedback", tmp_path / "inbox", "--out", tmp_path / "out", "--register", odd, "--without-pdf")
    assert done.returncode == 1, done.stderr
    listed = index(tmp_path / "out")
    assert set(listed) == {"P1", "P2", "P3", "P/4"}
    assert listed["P1"]["contact"] == "'=cmd"
    assert listed["P1"]["provider"] == "'=1+1"
    for row in listed.values():
        assert not set('<>:"/\\|?*') & set(row["scorecard"] + row["text"])
        book = openpyxl.load_workbook(tmp_path / "out" / row["scorecard"])
        assert not any(cell.data_type == "f" for page in book for line in page.iter_rows() for cell in line)
        text = (tmp_path / "out" / row["text"]).read_text(encoding="utf-8")
        assert text.startswith("Subject: KPI return 2026-27 Q2: ")
