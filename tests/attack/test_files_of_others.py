"""People save their own files where we write ours: nothing that we did not write is ever replaced."""

from __future__ import annotations

import os
import shutil

import pytest

import xlkpi
from tests.acceptance.officer.officer_command import xlkpi as command
from tests.reading.return_edits import clean, filled
from xlkpi.commands.finance import blank_ledger
from xlkpi.core.checks import Entry
from xlkpi.errors import UnwritableFile
from xlkpi.sheets.ledger_template import invoices
from xlkpi.writing.own_outputs import MOST_RECORDED, OutputWriter, record_path, write_own

REGISTER = "provider_id,provider,lots\nP001,Orchard Day Services CIC,1a\nP002,Wheels for All,2a\n"
PERIOD = "2026-27 Q2"
FIRST = f"KPI return {PERIOD} - P001 Orchard Day Services CIC.xlsx"
SECOND = f"KPI return {PERIOD} - P001 Orchard Day Services CIC (2).xlsx"
THEIRS = b"somebody's own file"


@pytest.fixture(autouse=True)
def own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_OUTPUTS", str(tmp_path / "record" / "outputs.txt"))


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(filled(KPI_S3=Entry(41, 40)))
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestBuild:
    def test_a_filled_in_return_of_the_same_name_stays_and_the_new_one_is_numbered(self, register, tmp_path):
        out = tmp_path / "out"
        out.mkdir()
        (out / FIRST).write_bytes(clean())
        done = command("build", register, "--period", PERIOD, "--out", out)
        assert done.returncode == 0
        assert f"{FIRST} was not written by xlkpi, or has changed since: it was kept." in done.stderr
        assert f"The new file is {SECOND}. To replace such files, use --overwrite." in done.stderr
        assert SECOND in done.stdout
        assert (out / FIRST).read_bytes() == clean()
        manifest = xlkpi.check_return(out / SECOND).manifest
        assert manifest
        assert manifest.provider_id == "P001"

    def test_a_second_run_replaces_what_the_first_one_wrote_and_says_nothing(self, register, tmp_path):
        out = tmp_path / "out"
        first = xlkpi.build_returns(register, PERIOD, out)
        register.write_text(REGISTER.replace("1a", "1a;3"), encoding="utf-8")
        before = (out / FIRST).read_bytes()
        again = xlkpi.build_returns(register, PERIOD, out)
        assert [path.name for _, path in again.files] == [path.name for _, path in first.files] == names(out)
        assert again.kept == ()
        assert (out / FIRST).read_bytes() != before

    def test_a_numbered_workbook_of_ours_is_replaced_and_not_numbered_on(self, register, tmp_path):
        out = tmp_path / "out"
        out.mkdir()
        (out / FIRST).write_bytes(THEIRS)
        for lots in ("1a", "3", "1a;3"):
            register.write_text(REGISTER.replace("1a", lots), encoding="utf-8")
            xlkpi.build_returns(register, PERIOD, out)
        assert [name for name in names(out) if "P001" in name] == [SECOND, FIRST]
        assert (out / FIRST).read_bytes() == THEIRS

    def test_overwrite_replaces_it(self, register, tmp_path):
        out = tmp_path / "out"
        out.mkdir()
        (out / FIRST).write_bytes(THEIRS)
        done = command("build", register, "--period", PERIOD, "--out", out, "--overwrite")
        assert (done.returncode, SECOND in names(out)) == (0, False)
        assert (out / FIRST).read_bytes() != THEIRS

    def test_a_lost_record_only_means_that_more_is_left_alone(self, register, tmp_path):
        out = tmp_path / "out"
        xlkpi.build_returns(register, PERIOD, out)
        record_path().unlink()
        before = (out / FIRST).read_bytes()
        assert xlkpi.build_returns(register, PERIOD, out).kept == ()  # the same bytes: nothing to lose
        record_path().unlink()
        register.write_text(REGISTER.replace("1a", "1a;3"), encoding="utf-8")
        assert len(xlkpi.build_returns(register, PERIOD, out).kept) == 1
        assert (out / FIRST).read_bytes() == before

    @pytest.mark.skipif(os.name == "nt", reason="a link needs a privilege there")
    def test_a_link_to_somebodys_file_is_left_alone_even_where_it_leads_nowhere(self, register, tmp_path):
        out = tmp_path / "out"
        out.mkdir()
        (out / FIRST).symlink_to(tmp_path / "nowhere.xlsx")
        assert len(xlkpi.build_returns(register, PERIOD, out).kept) == 1
        assert (out / FIRST).is_symlink()


class TestMarkedCopies:
    def test_a_marked_copy_that_somebody_changed_stays(self, inbox, tmp_path):
        marked = tmp_path / "marked"
        for _ in range(2):
            assert command("check", inbox / "a.xlsx", "--annotate", marked).returncode == 0
        assert names(marked) == ["a - checked.xlsx"]
        (marked / "a - checked.xlsx").write_bytes(THEIRS)
        done = command("check", inbox / "a.xlsx", "--annotate", marked)
        assert "a - checked.xlsx was not written by xlkpi, or has changed since: it was kept." in done.stderr
        assert done.returncode == 0
        assert names(marked) == ["a - checked (2).xlsx", "a - checked.xlsx"]
        assert (marked / "a - checked.xlsx").read_bytes() == THEIRS
        command("check", inbox / "a.xlsx", "--annotate", marked, "--overwrite")
        assert (marked / "a - checked.xlsx").read_bytes() != THEIRS

    def test_overwrite_never_replaces_a_file_that_was_checked(self, inbox):
        shutil.copy(inbox / "a.xlsx", inbox / "a - checked.xlsx")
        before = (inbox / "a - checked.xlsx").read_bytes()
        command("check", inbox / "a.xlsx", inbox / "a - checked.xlsx", "--annotate", inbox, "--overwrite")
        assert (inbox / "a - checked.xlsx").read_bytes() == before


class TestMasterAndFinance:
    def test_a_master_never_replaces_a_file_of_another_kind(self, inbox, tmp_path):
        master = tmp_path / "master.xlsx"
        master.write_bytes(clean())
        done = command("consolidate", inbox, "--out", master)
        assert done.returncode == 4
        assert done.stderr == (
            "xlkpi: master.xlsx was not written (a file of that name exists that xlkpi did not write, or that has"
            " changed since). Name another file, or use --overwrite to replace it.\n"
        )
        assert master.read_bytes() == clean()
        assert command("consolidate", inbox, "--out", master, "--overwrite").returncode in (0, 1)
        assert master.read_bytes() != clean()

    def test_a_master_replaces_an_earlier_one_even_without_a_record(self, inbox, tmp_path):
        master = tmp_path / "master.xlsx"
        xlkpi.consolidate(inbox, master)
        record_path().unlink()
        xlkpi.consolidate(inbox, master)

    def test_overwrite_never_replaces_a_return_of_the_inbox(self, inbox):
        with pytest.raises(UnwritableFile, match="it is a file of the inbox"):
            xlkpi.consolidate(inbox, inbox / "a.xlsx", overwrite=True)

    def test_tables_that_somebody_else_keeps_there_stay(self, inbox, tmp_path):
        data = tmp_path / "data"
        data.mkdir()
        (data / "Data.csv").write_bytes(THEIRS)
        with pytest.raises(UnwritableFile, match=r"Data.csv was not written \(a file of that name exists"):
            xlkpi.consolidate(inbox, tmp_path / "master.xlsx", data=data)
        assert (names(data), (tmp_path / "master.xlsx").exists()) == (["Data.csv"], False)
        xlkpi.consolidate(inbox, tmp_path / "master.xlsx", data=data, overwrite=True)
        xlkpi.consolidate(inbox, tmp_path / "master.xlsx", data=data)
        assert (data / "Data.csv").read_bytes() != THEIRS

    def test_a_finance_workbook_never_replaces_a_file_of_another_kind(self, inbox, tmp_path):
        ledger, out = tmp_path / "ledger.csv", tmp_path / "finance.xlsx"
        ledger.write_text("provider_id,invoice_no,due_date,received_date,disputed_date,paid_date\n", encoding="utf-8")
        out.write_bytes(clean())
        done = command("finance", inbox, "--ledger", ledger, "--out", out)
        assert (done.returncode, out.read_bytes()) == (4, clean())
        xlkpi.finance_check(inbox, ledger, out, overwrite=True)
        record_path().unlink()
        xlkpi.finance_check(inbox, ledger, out)

    def test_a_blank_ledger_never_replaces_one_that_somebody_filled_in(self, tmp_path, monkeypatch):
        monkeypatch.setattr(invoices, "ROWS", 20)  # it is made three times
        path = blank_ledger(tmp_path / "ledger.xlsx", PERIOD)
        blank_ledger(path, "2026-27 Q3")
        path.write_bytes(THEIRS)
        with pytest.raises(UnwritableFile, match="has changed since"):
            blank_ledger(path, PERIOD)
        assert path.read_bytes() == THEIRS


def test_an_email_that_an_officer_made_more_personal_stays(inbox, tmp_path):
    out = tmp_path / "feedback"
    first = xlkpi.make_feedback(inbox, out, pdf=False)
    email = out / first.entries[0].text
    email.write_text("Dear Ann", encoding="utf-8")
    again = xlkpi.make_feedback(inbox, out, pdf=False)
    assert [(file.kept, file.written.name) for file in again.kept] == [(email, f"{email.stem} (2).txt")]
    assert email.read_text(encoding="utf-8") == "Dear Ann"
    assert f"{email.stem} (2).txt" in (out / "index.csv").read_text(encoding="utf-8-sig")
    assert xlkpi.make_feedback(inbox, out, pdf=False, overwrite=True).kept == ()
    assert email.read_text(encoding="utf-8") != "Dear Ann"


class TestRecord:
    def test_it_contains_digests_only_and_is_the_users_own(self, tmp_path):
        write_own(tmp_path / "a.txt", b"a")
        assert record_path().read_text(encoding="utf-8").strip().isalnum()
        assert os.name == "nt" or record_path().stat().st_mode & 0o777 == 0o600

    def test_it_never_grows_without_end(self, tmp_path):
        record_path().parent.mkdir()
        record_path().write_text(f"{'0' * 64}\n" * (2 * MOST_RECORDED), encoding="ascii")
        write_own(tmp_path / "a.txt", b"a")
        writer = OutputWriter()
        assert writer.write(tmp_path / "a.txt", b"b") == tmp_path / "a.txt"
        assert record_path().stat().st_size <= 65 * (MOST_RECORDED + 1)
        assert names(record_path().parent) == ["outputs.txt"]

    @pytest.mark.parametrize("damage", [b"", b"\xff\x00", b"\n" * 1000, b"0" * 100_000])
    def test_a_damaged_one_is_one_that_knows_less(self, tmp_path, damage):
        write_own(tmp_path / "a.txt", b"a")
        record_path().write_bytes(damage)
        assert OutputWriter().write(tmp_path / "a.txt", b"b") == tmp_path / "a (2).txt"

    def test_where_it_cannot_be_written_outputs_are(self, tmp_path, monkeypatch):
        (tmp_path / "file").write_bytes(b"")
        monkeypatch.setenv("XLKPI_OUTPUTS", str(tmp_path / "file" / "outputs.txt"))
        write_own(tmp_path / "a.txt", b"a")
        assert OutputWriter().write(tmp_path / "a.txt", b"b").name == "a (2).txt"
