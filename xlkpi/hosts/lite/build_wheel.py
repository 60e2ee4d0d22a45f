"""Build the wheel of what runs inside Excel through xlwings Lite: ``xlkpi_lite``, pure Python, no dependency.

It has the rooms that the functions and the check need, under their own names.
"""

from __future__ import annotations

import base64
import hashlib

import xlkpi
from xlkpi.hosts.source_archive import pack_files, read_sources

NAME = "xlkpi_lite"
ROOMS = ("catalogue", "core", "findings", "layout", "ooxml", "reading/returns")
SINGLE = (
    "__init__.py",
    "errors.py",
    "plain_text.py",
    "problem_log.py",
    "commands/__init__.py",
    "commands/explain.py",
    "hosts/__init__.py",
    "hosts/array_arguments.py",
    "hosts/functions.py",
    "hosts/lite/__init__.py",
    "hosts/lite/book_copy.py",
    "hosts/lite/in_workbook.py",
    "reading/__init__.py",
)
LEFT_OUT = ("reading/returns/seal_key.py",)
"""The Council's key has no place in a workbook that goes round."""


def wheel_name() -> str:
    """The wheel's file name."""
    return f"{NAME}-{xlkpi.__version__}-py3-none-any.whl"


def wheel_bytes() -> bytes:
    """The wheel as one file: the same bytes on every machine."""
    return pack_files(wheel_files())


def wheel_files() -> dict[str, bytes]:
    """Every file of the wheel by its name, the list of them last, as the format asks."""
    sources = read_sources(ROOMS, SINGLE)
    files = {f"xlkpi/{name}": text.encode() for name, text in sources.items() if name not in LEFT_OUT}
    folder = f"{NAME}-{xlkpi.__version__}.dist-info"
    files[f"{folder}/METADATA"] = _metadata().encode()
    files[f"{folder}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: xlkpi\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{folder}/RECORD"] = f"{record}{folder}/RECORD,,\n".encode()
    return files


def _metadata() -> str:
    return (
        "Metadata-Version: 2.1\n"
        f"Name: {NAME.replace('_', '-')}\n"
        f"Version: {xlkpi.__version__}\n"
        "Summary: The KPI functions and the check of a return, for Excel through xlwings Lite\n"
        "License: MIT\n"
        "Requires-Python: >=3.11\n"
    )


def _digest(content: bytes) -> str:
    """The sha256 as a wheel's list writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
