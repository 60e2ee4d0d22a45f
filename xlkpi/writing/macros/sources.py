"""Where the texts lie that Excel loads (udfs/excel), and how Visual Basic keeps a text."""

from __future__ import annotations

from pathlib import Path

import xlkpi

PACKAGE = Path(xlkpi.__file__).parent
CODE_PAGE = "cp1252"


def udfs_folder() -> Path:
    """The folder ``udfs``: inside the package where a wheel was installed, beside it in a working copy."""
    inside = PACKAGE / "udfs"
    return inside if inside.is_dir() else PACKAGE.parent / "udfs"


def excel_text(name: str) -> str:
    """A text of udfs/excel by its path there, as ``return/KpiReturn.bas``."""
    return (udfs_folder() / "excel" / name).read_text(encoding="utf-8")


def as_stored(source: str) -> str:
    """A module's text with the line ends Visual Basic keeps. Raises UnicodeEncodeError for what its page lacks."""
    text = "\r\n".join(source.split("\n")) if "\r\n" not in source else source
    text.encode(CODE_PAGE)
    return text
