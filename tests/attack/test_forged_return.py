"""A return that the Council did not build, relabelled or forged: queried where this PC has the Council's key.

The forger knows this program, every return of its own, and the form of the hidden sheet; only the key it has not.
"""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xlkpi.cli.main import main
from xlkpi.commands.build import build_returns
from xlkpi.commands.check import CheckRequest, check_files
from xlkpi.commands.consolidate import consolidate
from xlkpi.consolidation.result import FileStatus
from xlkpi.demo.sample import REGISTER
from xlkpi.layout.council_seal import SEAL_FIELD, compute_council_seal, digest_manifest
from xlkpi.layout.provider_texts import compute_seal
from xlkpi.reading.returns.check_return import check_return
from xlkpi.reading.returns.seal_key import key_path, without_seals

PERIOD = "2026-27 Q2"
SEALS = {"SEAL_WRONG", "SEAL_MISSING"}


@pytest.fixture
def key(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_KEY", str(tmp_path / "council.key"))
    monkeypatch.setenv("XLKPI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "council.key"


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    lines = REGISTER.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def built(key, register, tmp_path):
    return [path for _, path in build_returns(register, PERIOD, tmp_path / "returns").files]


def changed(path, change=dict, *, seal=True):
    """The workbook with another manifest, sealed again as anybody can, and saved now, later than the genuine one."""
    book = openpyxl.load_workbook(path)
    content = json.loads(book["_xlkpi"]["A2"].value)
    change(content)
    if seal:
        content["seal"] = compute_seal(content)
    book["_xlkpi"]["A2"] = json.dumps(content, ensure_ascii=False, sort_keys=True)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def seals(path):
    (checked,) = check_files(CheckRequest((str(path),))).returns
    return [(each.code.name, each.severity.value) for each in checked.findings if each.code.name in SEALS]


def relabel(content):
    content.update(provider_id="P001", provider="Alder Homecare Ltd")


def test_what_this_pc_built_has_nothing_said_of_its_seal(built, tmp_path):
    assert [seals(path) for path in built] == [[], []]
    again = tmp_path / "saved again.xlsx"
    again.write_bytes(changed(built[0]))
    assert seals(again) == []


FORGERIES = {
    "another provider": (relabel, "SEAL_WRONG"),
    "another period": (lambda content: content.update(period="2026-27 Q1"), "SEAL_WRONG"),
    "another sum of last time": (lambda content: content.update(previous_y={"KPI S3": 3}), "SEAL_WRONG"),
    "sealed with a key of its own": (
        lambda content: content.update(
            {"send_by": "", SEAL_FIELD: compute_council_seal(digest_manifest({**content, "send_by": ""}), bytes(32))}
        ),
        "SEAL_WRONG",
    ),
    "no seal": (lambda content: content.pop(SEAL_FIELD), "SEAL_MISSING"),
    "an empty seal": (lambda content: content.update({SEAL_FIELD: ""}), "SEAL_MISSING"),
    "a seal of another type": (lambda content: content.update({SEAL_FIELD: [1, {}]}), "SEAL_WRONG"),
    "odd letters": (lambda content: content.update({SEAL_FIELD: "é" * 64}), "SEAL_WRONG"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_a_query_that_says_what_it_means(built, tmp_path, name):
    change, code = FORGERIES[name]
    forged = tmp_path / "forged.xlsx"
    forged.write_bytes(changed(built[1], change))
    assert seals(forged) == [(code, "query")]
    (checked,) = check_files(CheckRequest((str(forged),))).returns
    assert not [each for each in checked.findings if each.code.name == "MANIFEST_CHANGED"]
    message = next(each.message for each in checked.findings if each.code.name == code)
    assert checked.manifest.provider in message
    assert "Ask the provider whether it sent this file" in message


def test_a_forgery_never_takes_the_place_of_the_genuine_return(built, register, tmp_path):
    inbox = tmp_path / "in"
    inbox.mkdir()
    genuine = json.loads(openpyxl.load_workbook(built[0])["_xlkpi"]["A2"].value)
    (inbox / "genuine.xlsx").write_bytes(built[0].read_bytes())
    forged = changed(built[1], lambda content: content.update(provider_id=genuine["provider_id"]))
    (inbox / "forged, saved later.xlsx").write_bytes(forged)
    for _ in range(2):  # the second time from the cache
        result = consolidate(inbox, tmp_path / "m.xlsx", register=register, as_of=date(2026, 11, 1)).consolidation
        rows = {row.file: row for row in result.files}
        assert rows["genuine.xlsx"].status is FileStatus.USED
        assert rows["forged, saved later.xlsx"].status is FileStatus.SUPERSEDED
        assert "in doubt, so genuine.xlsx is used" in rows["forged, saved later.xlsx"].why


@pytest.mark.parametrize("with_key", [True, False])
def test_the_relabelled_workbook_of_another_provider(with_key, key, register, tmp_path):
    """A genuine return of P001, and one of P020 that says it is of P001; without a key its cover gives it away."""
    (genuine,) = (path for _, path in build_returns(register, PERIOD, tmp_path / "g").files if "P001" in path.name)
    other = tmp_path / "r20.csv"
    lines = REGISTER.read_text(encoding="utf-8").splitlines()
    other.write_text("\n".join([lines[0], *(line for line in lines if "P020" in line)]) + "\n", encoding="utf-8")
    ((_, theirs),) = build_returns(other, PERIOD, tmp_path / "t").files
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "genuine.xlsx").write_bytes(genuine.read_bytes())
    (inbox / "a later one.xlsx").write_bytes(changed(theirs, lambda content: content.update(provider_id="P001")))
    if not with_key:
        key.unlink()
    result = consolidate(inbox, tmp_path / "m.xlsx", register=register, as_of=date(2026, 11, 1)).consolidation
    assert {row.file: row.status for row in result.files} == {
        "genuine.xlsx": FileStatus.USED,
        "a later one.xlsx": FileStatus.SUPERSEDED,
    }


def test_without_a_key_nothing_is_said_and_none_is_made(built, key):
    key.unlink()
    assert [seals(path) for path in built] == [[], []]
    assert not key.exists()


def test_that_seals_were_not_checked_is_said_once(built, key, tmp_path, capsys):
    words = "This PC has no key of the Council, so seals were not checked. What to do: xlkpi key"
    files = [str(path) for path in built]
    consolidation = ["consolidate", str(tmp_path / "returns"), "--out", str(tmp_path / "m.xlsx")]
    main(["check", *files])
    main(consolidation)
    assert words not in capsys.readouterr().err
    key.unlink()
    for command in (["check", *files], consolidation):
        main(command)
        assert capsys.readouterr().err.count(words) == 1


def test_a_new_key_is_noticed_although_the_returns_are_in_the_cache(built, key, register, tmp_path):
    def codes():
        result = consolidate(
            tmp_path / "returns", tmp_path / "m.xlsx", register=register, as_of=date(2026, 11, 1)
        ).consolidation
        return {each.finding.code.name for each in result.findings} & SEALS

    assert codes() == set()
    secret = key.read_text()
    key.write_text("ab" * 32)
    assert codes() == {"SEAL_WRONG"}
    key.write_text(secret)
    assert codes() == set()


def test_the_key_is_in_no_file_that_is_written(built, key, register, tmp_path):
    secret = bytes.fromhex(key.read_text().strip())
    consolidate(tmp_path / "returns", tmp_path / "m.xlsx", register=register, as_of=date(2026, 11, 1))
    texts = (secret, secret.hex().encode(), secret.hex().upper().encode())
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != key]
    assert len(written) > len(built)
    for path in written:
        data = path.read_bytes()
        assert not [text for text in texts if text in data], path
    for path in built:
        book = openpyxl.load_workbook(path)
        assert secret.hex() not in book["_xlkpi"]["A2"].value


def test_the_same_key_gives_the_same_bytes_and_reading_alone_needs_none(built, register, tmp_path):
    again = [path.read_bytes() for _, path in build_returns(register, PERIOD, tmp_path / "again").files]
    assert again == [path.read_bytes() for path in built]
    assert not {each.code.name for path in built for each in check_return(path).findings} & SEALS


def test_the_demonstration_neither_makes_nor_uses_a_key(key, register, tmp_path):
    with without_seals():
        built = [path for _, path in build_returns(register, PERIOD, tmp_path / "demo").files]
        assert [seals(path) for path in built] == [[], []]
    assert not key_path().exists()
    assert SEAL_FIELD not in openpyxl.load_workbook(built[0])["_xlkpi"]["A2"].value
    assert Path(key) == key_path()
