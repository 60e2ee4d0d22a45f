"""Where the sources are that a host loads unchanged: ``udfs`` in the project, inside the package once installed."""

from __future__ import annotations

from pathlib import Path

import xlkpi

PACKAGE = Path(xlkpi.__file__).resolve().parent


def udfs_folder() -> Path:
    """The folder ``udfs``: inside the package where a wheel was installed, next to it in a working copy."""
    inside = PACKAGE / "udfs"
    return inside if inside.is_dir() else PACKAGE.parent / "udfs"


def source_text(host: str, name: str) -> str:
    """A source of a host ("excel", "libreoffice") by its path there, with line feeds whatever a checkout made of them.

    Raises FileNotFoundError where it is missing.
    """
    return (udfs_folder() / host / name).read_text(encoding="utf-8")
