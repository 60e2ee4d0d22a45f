"""Workbooks converted by LibreOffice, many in one go."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress

from xlkpi.writing.libreoffice.process import make_british_profile, office_command, run_office, scratch_folder

START_SECONDS, SECONDS_PER_FILE = 600, 10  # only one that hangs takes so long, on a slow machine too


def convert(sources: Mapping[str, bytes], to: str, office: str, seconds: float) -> dict[str, bytes]:
    """Convert files by their names into another format, by the same names with its suffix.

    All are handed to one LibreOffice, whose program is ``office``; it is ended after so many seconds. One that it did
    not write is not in the result, and one that was cut off may be: look whether it is whole.
    """
    with scratch_folder() as folder, suppress(OSError):
        for name, data in sources.items():
            (folder / name).write_bytes(data)
        make_british_profile(folder / "profile")
        arguments = ("--convert-to", to, "--outdir", "out", *sources)
        run_office(office_command(office, folder / "profile", *arguments), folder, seconds)
        return {path.name: path.read_bytes() for path in sorted((folder / "out").glob("*"))}
    return {}


def resave(data: bytes, office: str) -> bytes:
    """Save a workbook again as LibreOffice does; unchanged where it does not do it within ten minutes."""
    again = convert({"return.xlsx": data}, "xlsx", office, START_SECONDS).get("return.xlsx", b"")
    return again if zipfile.is_zipfile(io.BytesIO(again)) else data


def print_to_pdf(workbooks: Sequence[bytes], office: str) -> list[bytes | None]:
    """Print each workbook as a PDF, None for one that LibreOffice did not print; never raises for what it does.

    It is ended after ten minutes and ten seconds for each file.
    """
    if not workbooks:
        return []
    names = [f"{number:05d}" for number in range(len(workbooks))]
    sources = {f"{name}.xlsx": data for name, data in zip(names, workbooks, strict=True)}
    files = convert(sources, "pdf", office, START_SECONDS + SECONDS_PER_FILE * len(workbooks))
    return [_whole_pdf(files.get(f"{name}.pdf", b"")) for name in names]


def _whole_pdf(data: bytes) -> bytes | None:
    return data if data.startswith(b"%PDF-") and b"%%EOF" in data[-64:] else None
