"""What was read is kept by content: a second run reads only what is new, and never believes what it should not."""

from __future__ import annotations

import pickle
import sqlite3
import stat
import sys
from dataclasses import fields

import pytest

from tests.consolidation.return_builders import SMALL, manifest, rubbish
from xlkpi.consolidation import return_cache as kept_module
from xlkpi.consolidation.cache_folder import STORE
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.pack_return import pack, unpack
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.reading.returns.check_return import check_return

build_return = SMALL.build_return

WORKBOOKS = "workbooks/inbox"


class Counting:
    """The real check, counting the files it is given."""

    def __init__(self):
        self.read = []

    def __call__(self, path, **more):
        self.read.append(path.name)
        return check_return(path, **more)


@pytest.fixture
def inbox(tmp_path, pytestconfig):
    folder = tmp_path / "in"
    folder.mkdir()
    for number, path in enumerate(sorted((pytestconfig.rootpath / WORKBOOKS).glob("KPI return*.xlsx"))[:5]):
        (folder / f"{number}.xlsx").write_bytes(path.read_bytes())
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    return folder


def run(inbox, store):
    check = Counting()
    return read_all(find_sources(inbox), ReadOptions(check, 1, cache=ReturnCache(store))), check.read


def test_a_second_run_reads_only_what_is_new_or_could_not_be_read(inbox, tmp_path, pytestconfig):
    *_, late = sorted((pytestconfig.rootpath / WORKBOOKS).glob("KPI return*.xlsx"))
    first, read = run(inbox, tmp_path / "store")
    assert len(read) == 6
    (inbox / "9 late.xlsx").write_bytes(late.read_bytes())
    second, read = run(inbox, tmp_path / "store")
    assert read == ["9 late.xlsx", "letter.pdf"]
    assert second[:5] == first[:5]


def test_what_is_kept_equals_what_is_read_under_the_name_it_has_now(inbox, tmp_path):
    run(inbox, tmp_path / "store")
    (inbox / "0.xlsx").rename(inbox / "renamed.xlsx")
    again, read = run(inbox, tmp_path / "store")
    assert "renamed.xlsx" not in read
    afresh = tuple(check_return(source.place) for source in find_sources(inbox))
    assert again == afresh
    assert [type(getattr(again[0], f.name)) for f in fields(again[0])] == [
        type(getattr(afresh[0], f.name)) for f in fields(afresh[0])
    ]


def test_a_changed_file_is_read_again(inbox, tmp_path):
    run(inbox, tmp_path / "store")
    (inbox / "0.xlsx").write_bytes((inbox / "1.xlsx").read_bytes())
    again, read = run(inbox, tmp_path / "store")
    assert read == ["letter.pdf"]  # its new content is that of another file
    assert again[0].manifest == again[1].manifest


def test_another_reader_believes_nothing_of_this_one(inbox, tmp_path, monkeypatch):
    run(inbox, tmp_path / "store")
    monkeypatch.setattr(kept_module, "reader_version", lambda: "another")
    _, read = run(inbox, tmp_path / "store")
    assert len(read) == 6
    store = sqlite3.connect(tmp_path / "store" / STORE)
    assert store.execute("select distinct reader from returns").fetchall() == [("another",)]


def test_the_reader_is_known_by_its_code(tmp_path, monkeypatch):
    package = tmp_path / "xlkpi"
    for room in ("core", "catalogue", "layout", "reading"):
        (package / room).mkdir(parents=True)
        (package / room / "a.py").write_text("one")
    for name in ("__init__.py", "findings.py", "errors.py", "unreadable.py"):
        (package / name).write_text("")
    monkeypatch.setattr(kept_module.xlkpi, "__file__", str(package / "__init__.py"))
    versions = set()
    for room in ("core", "catalogue", "layout", "reading"):
        (package / room / "a.py").write_text("two")
        versions.add(kept_module.reader_version.__wrapped__())
    assert len(versions) == 4


@pytest.mark.parametrize("damage", ["not a database", "a folder", "another table", "damaged rows"])
def test_a_store_that_cannot_be_used_is_read_past(inbox, tmp_path, damage):
    store = tmp_path / "store"
    first, _ = run(inbox, store)
    if damage == "not a database":
        (store / STORE).write_bytes(b"rubbish" * 999)
    elif damage == "a folder":
        (store / STORE).unlink()
        (store / STORE).mkdir()
    else:
        with sqlite3.connect(store / STORE) as book:
            if damage == "another table":
                book.execute("alter table returns rename column packed to something")
            else:
                book.execute("update returns set packed = ?", (b"\x80\x05rubbish",))
    again, read = run(inbox, store)
    assert len(read) == 6
    assert again == first
    if damage != "a folder":
        assert run(inbox, store)[1] == ["letter.pdf"]  # it was replaced, and works again


def test_a_folder_that_cannot_be_made_stops_nothing(inbox, tmp_path):
    (tmp_path / "file").write_text("")
    again, read = run(inbox, tmp_path / "file" / "store")
    assert (len(again), len(read)) == (6, 6)


class Evil:
    def __reduce__(self):
        return (print, ("owned",))


@pytest.mark.parametrize("bad", [Evil(), {"a": 1}, ValueError("x"), "text"])
def test_bytes_that_are_no_return_make_nothing(bad, capsys):
    with pytest.raises(pickle.UnpicklingError):
        unpack(pickle.dumps(bad), "x.xlsx")
    assert capsys.readouterr().out == ""


def test_only_the_newest_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_module, "MOST_RETURNS", 3)
    store = ReturnCache(tmp_path)
    for number in range(6):
        store.keep({f"{number}": b"x"})
    assert sorted(store.find(map(str, range(6)))) == ["3", "4", "5"]


def test_a_return_is_packed_without_the_name_of_its_file():
    filled_return = build_return(manifest(1, "Willow"), {"KPI S1": (1, 40)})
    assert unpack(pack(filled_return), "a.xlsx").file == "a.xlsx"
    assert pack(filled_return) == pack(unpack(pack(filled_return), "b.xlsx"))
    assert rubbish("x").sha256 == unpack(pack(rubbish("x")), "x").sha256


def test_no_more_bytes_are_kept_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_module, "MOST_BYTES", 1000)
    store = ReturnCache(tmp_path)
    for number in range(6):
        store.keep({f"{number}": b"x" * 300})
    assert sorted(store.find(map(str, range(6)))) == ["3", "4", "5"]


def test_what_is_older_than_the_limit_is_neither_used_nor_kept(tmp_path, monkeypatch):
    ReturnCache(tmp_path).keep({"old": b"x"})
    today = kept_module._today()
    monkeypatch.setattr(kept_module, "_today", lambda: today + 400)
    assert list(ReturnCache(tmp_path).find(["old"])) == ["old"]
    monkeypatch.setattr(kept_module, "_today", lambda: today + 401)
    assert not ReturnCache(tmp_path).find(["old"])
    assert ReturnCache(tmp_path).count()[0] == 1
    ReturnCache(tmp_path).keep({})  # a run that read nothing new
    assert ReturnCache(tmp_path).count()[0] == 0


def test_the_number_of_days_can_be_set(monkeypatch):
    for value, days in (("30", 30), ("", 400), ("many", 400), ("9" * 5000, 400), ("-1", 400)):
        monkeypatch.setenv("XLKPI_CACHE_DAYS", value)
        assert kept_module.days_to_keep() == days


def test_the_cache_of_an_earlier_version_is_emptied(tmp_path):
    with sqlite3.connect(tmp_path / STORE) as earlier:
        earlier.execute("create table kept (sha256 text primary key, reader text not null, packed blob not null)")
        earlier.execute("insert into kept values ('a', 'b', ?)", (b"what a provider wrote" * 999,))
    store = ReturnCache(tmp_path)
    store.keep({"new": b"x"})
    assert list(store.find(["new"])) == ["new"]
    store.close()
    assert b"what a provider wrote" not in (tmp_path / STORE).read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_nobody_else_can_read_the_cache(inbox, tmp_path):
    store = tmp_path / "store"
    run(inbox, store)
    assert stat.S_IMODE(store.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.iterdir()} == {
        "returns.sqlite3": 0o600,
        "cache.key": 0o600,
    }
    (store / STORE).chmod(0o644)
    run(inbox, store)
    assert stat.S_IMODE((store / STORE).stat().st_mode) == 0o600
