"""The text of a print."""

from __future__ import annotations

import shutil
import subprocess

from tests.conftest import missing
from tests.judge.libreoffice import MissingTool


def pages_of(pdf, *options):
    """The text of each page, as poppler reads it."""
    if not shutil.which("pdftotext"):
        missing(MissingTool("pdftotext is not on this machine; install poppler-utils"))
    command = ["pdftotext", *options, pdf, "-"]
    text = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert text.endswith("\f")
    return text.removesuffix("\f").split("\f")
