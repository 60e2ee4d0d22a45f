"""Saving a workbook again with LibreOffice, as some providers do, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

MAC_OFFICE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
WINDOWS_OFFICE = Path("C:/Program Files/LibreOffice/program/soffice.exe")
SECONDS = 120


def find_office() -> str:
    """LibreOffice's program; empty where it is not found."""
    installed = (str(path) for path in (MAC_OFFICE, WINDOWS_OFFICE) if path.exists())
    return shutil.which("soffice") or shutil.which("libreoffice") or next(installed, "")


def saved_again(data: bytes, office: str) -> bytes:
    """The workbook as LibreOffice saves it; unchanged where LibreOffice does not do it in two minutes."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        source, out = folder / "return.xlsx", folder / "out"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            return (out / source.name).read_bytes()
        except (OSError, subprocess.SubprocessError):
            return data
