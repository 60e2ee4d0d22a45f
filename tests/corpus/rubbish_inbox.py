"""An inbox of 200 files as e-mail attachments make it: returns, and every kind of rubbish, seeded.

`inbox` returns what every file is and what must become of it, worked out here without any of our readers.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from tests.corpus.many_returns import filled, providers
from xlkpi.core.period import Period

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
USED, ASIDE, SUPERSEDED = "used", "set aside", "superseded"
Q1, Q4_BEFORE = Period(2026, 1), Period(2025, 4)
FILES, MISSING, UNKNOWN, RESENT, COPIED, LATE_PERIODS = 200, 9, 4, 8, 7, 6
FOLDERS = ("", "emails", "emails/2026-10", "from Ann (forwarded)", "a/b/c/d", "Zustellung äöü")


@dataclass
class Expected:
    """What must become of each file by its name, the figures that count by provider, and who is missing."""

    status: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    figures: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def odd_files(dice: random.Random) -> dict[str, tuple[bytes, str]]:
    """One file of every kind that is no return, with a piece of what must be said of it."""
    whole, _ = filled(providers(1)[0], 99)
    return {
        "~$KPI return P00012.xlsx": (b"\x08Ann Reed" + bytes(156), "lock file"),
        ".~lock.KPI return.xlsx#": (b",ann,pc,12.10.2026 09:00,file;", "lock file"),
        "KPI return (empty).xlsx": (b"", "empty (0 bytes)"),
        "half synced.xlsx": (bytes(30_000), "nothing but zeros"),
        "cut short.xlsx": (whole[: len(whole) // 2], "damaged"),
        "bit flipped.xlsx": (_flipped(whole), "damaged"),
        "with password.xlsx": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password"),
        "old.xls": (COMPOUND + "Workbook".encode("utf-16-le"), ".xls"),
        "letter.doc": (COMPOUND + "WordDocument".encode("utf-16-le"), "Word"),
        "outlook.msg": (COMPOUND + "__substg1.0_0037001F".encode("utf-16-le"), "email"),
        "message.eml": (b"From: ann@example.org\r\nSubject: Our return\r\nMIME-Version: 1.0\r\n\r\nHello", "email"),
        "open.ods": (_zip({"mimetype": ODS, "content.xml": b"<a/>"}), ".ods"),
        "figures.csv": (b"KPI,x,y\r\nKPI S1,1,40\r\n", "plain text"),
        "scan.pdf": (b"%PDF-1.7\n1 0 obj", "PDF"),
        "download.xlsx": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        "letter.docx": (_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}), ""),
        "all returns.zip": (_zip({"KPI return P00001.xlsx": whole}), "zip folder"),
        "photo.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        "notes.txt": ("Grüße".encode("utf-16"), "plain text"),
        "Thumbs.db": (COMPOUND, ""),
        ".DS_Store": (b"\0\0\0\1Bud1" + bytes(40), ""),
        "desktop.ini": (b"[.ShellClassInfo]", ""),
        "budget 2026.xlsx": (_other_workbook(), "not one of our KPI returns"),
        "last year's form.xlsx": (_old_template(whole), "template"),
        "noise.xlsx": (dice.randbytes(4_000), "not an Excel workbook"),
    }


def inbox(folder: Path, seed: int = 1) -> tuple[Path, Path, Expected]:
    """Write the inbox and a register; returns both and what must come of it."""
    dice, expected = random.Random(seed), Expected()
    odd = odd_files(dice)
    known = FILES - len(odd) - UNKNOWN - RESENT - COPIED - LATE_PERIODS
    everybody = providers(known + MISSING + UNKNOWN)
    returning, strangers = everybody[:known], everybody[-UNKNOWN:]
    expected.missing = sorted(who.provider_id for who in everybody[known:-UNKNOWN])
    target = folder / "inbox"

    def put(name: str, data: bytes, status: str, says: str = "") -> str:
        where = dice.choice(FOLDERS)
        path = target / where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists()
        path.write_bytes(data)
        inside = path.relative_to(target).as_posix()
        expected.status[inside], expected.says[inside] = status, says
        return inside

    for number, who in enumerate((*returning, *strangers)):
        data, counts = filled(who, seed)
        expected.figures[who.provider_id] = counts
        put(f"{dice.choice(('return', 'KPI', 'Copy of return', 'FINAL'))} {number}.xlsx", data, USED)
    for number, who in enumerate(returning[:RESENT]):
        before, _ = filled(who, seed + 1, saved=f"2026-10-{number + 2:02d}T09:00:00Z")
        put(f"first try {number}.xlsx", before, SUPERSEDED, "later return")
    for number, who in enumerate(returning[20 : 20 + COPIED]):
        put(f"zz copy {number}.xlsx", filled(who, seed)[0], SUPERSEDED, "exact copy")
    for number, who in enumerate(returning[40 : 40 + LATE_PERIODS]):
        data, _ = filled(who, seed, (Q1, Q4_BEFORE)[number % 2])
        put(f"other period {number}.xlsx", data, ASIDE, "the folder collects")
    for name, (data, says) in odd.items():
        put(name, data, ASIDE, says)
    _first_copy_counts(expected)
    assert len(expected.status) == FILES
    return target, _register(folder, everybody[:-UNKNOWN]), expected


def _first_copy_counts(expected: Expected) -> None:
    """Of exact copies the first name counts, and folders are drawn by chance: tell which of two is used."""
    copies = sorted(name for name, says in expected.says.items() if says == "exact copy")
    for copy in copies:
        number = int(copy.rsplit(" ", 1)[1].removesuffix(".xlsx")) + 20
        twin = next(
            name for name, status in expected.status.items()
            if status == USED and name.rsplit("/", 1)[-1].rsplit(" ", 1)[1] == f"{number}.xlsx"
        )  # fmt: skip
        if copy < twin:
            expected.status[copy], expected.status[twin] = USED, SUPERSEDED
            expected.says[copy], expected.says[twin] = "", "exact copy"


def _register(folder: Path, everybody) -> Path:
    lines = ["provider_id,provider,type,lots,transport,contact_1"]
    lines += [
        f"{who.provider_id},{who.name},SME,{';'.join(who.lots)},{'yes' if who.transport else 'no'},"
        f"{who.contacts[0].name};{who.contacts[0].position};{who.contacts[0].email};"
        for who in everybody
    ]
    path = folder / "register.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _flipped(data: bytes) -> bytes:
    """A bit of the packed workbook part flipped: the check sum no longer fits."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = package.getinfo("xl/workbook.xml")
    at = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _other_workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Budget").write_row(0, 0, ["Quarter", "Pounds"])
    return out.getvalue()


def _old_template(data: bytes) -> bytes:
    """The return of another contract: its manifest names none of our sections."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as package:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/sharedStrings.xml":
                content, replaced = SECTIONS.subn(b'"sections": ["lot 9"]', content)
                assert replaced == 1
            package.writestr(zipfile.ZipInfo(part.filename, part.date_time), content)
    return out.getvalue()


SECTIONS = re.compile(rb'"sections": \[[^\]]*\]')
