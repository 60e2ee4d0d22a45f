"""The pictures of docs/img: pages of the sample workbooks, printed by LibreOffice and cut to what is on them.

Fonts and LibreOffice versions differ, so pictures are never compared point by point. The file docs/img/sources.json
says of which content each was taken; a picture is out of date when its workbook has changed since.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xlkpi.layout.addresses import COVER, HELP, PLAN
from xlkpi.writing.libreoffice.convert import print_to_pdf
from xlkpi.writing.libreoffice.process import find_office

IMAGES, SOURCES = "docs/img", "docs/img/sources.json"
PERIOD, PROVIDER = "2026-27 Q2", "P006 Medlar & Quince Partnership"
RETURN = f"inbox/emails/KPI return {PERIOD} - {PROVIDER}.xlsx"
MARKED_COPY = f"out/{PERIOD}/checked/KPI return {PERIOD} - {PROVIDER} - checked.xlsx"
MASTER = f"out/{PERIOD}/KCC master {PERIOD}.xlsx"
SCORECARD = f"out/{PERIOD}/feedback/KPI scorecard {PERIOD} - {PROVIDER}.xlsx"
FOOTER_INCHES, MARGIN_DOTS = 0.45, 12
FIRST, LAST = 0, -1


@dataclass(frozen=True)
class Picture:
    """One picture: a page of a sheet of a workbook below workbooks/; a sheet that is not named is the only one."""

    name: str
    workbook: str
    sheet: str = ""
    page: int = FIRST
    dpi: int = 100


PICTURES = (
    Picture("return.png", RETURN, "All lots", dpi=106),
    Picture("start-here.png", RETURN, COVER, dpi=80),
    Picture("action-plan.png", RETURN, PLAN, dpi=80),
    Picture("help.png", RETURN, HELP, dpi=80),
    Picture("marked-copy.png", MARKED_COPY, "Lot 1 Wellbeing", dpi=106),
    Picture("findings.png", MARKED_COPY, "Findings", dpi=80),
    Picture("master.png", MASTER, "Summary", LAST, dpi=84),
    Picture("scorecard.png", SCORECARD, dpi=90),
)


class Pictures:
    """The pictures of a working copy."""

    def __init__(self, root: Path) -> None:
        """Take pictures of the workbooks below ``root``."""
        self.root = root

    def obstacle(self) -> str:
        """What is missing on this machine to take pictures; empty where nothing is."""
        missing = [] if find_office() else ["LibreOffice"]
        missing += [program for program in ("pdftoppm", "pdftotext") if not shutil.which(program)]
        return f"Pictures need {', '.join(missing)}, which this machine does not have." if missing else ""

    def contents(self, check: bool) -> Mapping[str, bytes]:
        """Every picture and what it was taken of; with ``check`` those up to date are given as they are."""
        before = self._sources()
        now = {picture.name: self._digest(picture.workbook) for picture in PICTURES}
        stale = [one for one in PICTURES if before.get(one.name) != now[one.name] or not self._path(one).exists()]
        fresh = {picture.name: b"" for picture in stale} if check else take_pictures(self.root / "workbooks", stale)
        taken = {f"{IMAGES}/{one.name}": fresh.get(one.name) or self._stored(one, check=check) for one in PICTURES}
        return {**taken, SOURCES: (json.dumps(now, indent=2) + "\n").encode()}

    def _stored(self, picture: Picture, *, check: bool) -> bytes:
        path = self._path(picture)
        stale = check and self._sources().get(picture.name) != self._digest(picture.workbook)
        return b"" if stale or not path.exists() else path.read_bytes()

    def _path(self, picture: Picture) -> Path:
        return self.root / IMAGES / picture.name

    def _sources(self) -> Mapping[str, str]:
        path = self.root / SOURCES
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}

    def _digest(self, workbook: str) -> str:
        """The workbook's content as a number, whichever zlib packed it."""
        digest = hashlib.sha256()
        with zipfile.ZipFile(self.root / "workbooks" / workbook) as package:
            for part in package.infolist():
                digest.update(part.filename.encode() + package.read(part))
        return digest.hexdigest()


def take_pictures(workbooks: Path, pictures: list[Picture]) -> dict[str, bytes]:
    """Each picture as a PNG by its name; raises RuntimeError where LibreOffice does not print a workbook."""
    paths = sorted({picture.workbook for picture in pictures})
    documents = print_to_pdf([(workbooks / path).read_bytes() for path in paths], find_office())
    taken = {}
    with tempfile.TemporaryDirectory() as scratch:
        for path, document in zip(paths, documents, strict=True):
            if document is None:
                message = f"LibreOffice did not print workbooks/{path}. Run this again with no other LibreOffice open."
                raise RuntimeError(message)
            pdf = Path(scratch) / "printed.pdf"
            pdf.write_bytes(document)
            for picture in pictures:
                if picture.workbook == path:
                    taken[picture.name] = _picture(pdf, picture)
    return taken


def _picture(pdf: Path, picture: Picture) -> bytes:
    number = str(_page_number(pdf, picture))
    command = ["pdftoppm", "-r", str(picture.dpi), "-f", number, "-l", number, str(pdf)]
    page = subprocess.run(command, capture_output=True, check=True).stdout
    return _png(*_cut(*_pixels(page), footer=int(FOOTER_INCHES * picture.dpi)))


def _page_number(pdf: Path, picture: Picture) -> int:
    """Which page of the document: its last line is the sheet's footer, which names the sheet."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    footers = [page.strip().splitlines()[-1:] for page in text.split("\f")[:-1]]
    numbers = [number for number, line in enumerate(footers, 1) if picture.sheet in "".join(line)]
    if not numbers:
        message = f"{picture.name}: no page of {picture.workbook} is of a sheet {picture.sheet!r}"
        raise RuntimeError(message)
    return numbers[picture.page]


def _pixels(image: bytes) -> tuple[int, list[bytes]]:
    """A picture in the format PPM as its width and its rows, three bytes per dot."""
    _, width, height, _, rest = image.split(maxsplit=4)
    start = len(image) - int(width) * int(height) * 3 if len(rest) != int(width) * int(height) * 3 else 0
    data = image[start:] if start else rest
    size = int(width) * 3
    return int(width), [data[place : place + size] for place in range(0, len(data), size)]


def _cut(width: int, rows: list[bytes], footer: int) -> tuple[int, list[bytes]]:
    """The rows without the footer, cut to what is not white with a margin around it."""
    rows = rows[:-footer]
    used = [number for number, row in enumerate(rows) if row.count(255) < len(row)]
    top, bottom = max(used[0] - MARGIN_DOTS, 0), used[-1] + MARGIN_DOTS
    lefts = (len(row) - len(row.lstrip(b"\xff")) for row in rows if row.strip(b"\xff"))
    rights = (len(row.rstrip(b"\xff")) for row in rows)
    left, right = max(min(lefts) // 3 - MARGIN_DOTS, 0), min(max(rights) // 3 + MARGIN_DOTS, width)
    return right - left, [row[left * 3 : right * 3] for row in rows[top:bottom]]


def _png(width: int, rows: list[bytes]) -> bytes:
    data = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    data.seek(0, io.SEEK_END)
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    for kind, content in ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")):
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        data.write(struct.pack(">I", len(content)) + kind + content + checksum)
    return data.getvalue()
