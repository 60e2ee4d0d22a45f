"""Where the sources lie that a host loads as they are: ``udfs`` in the project, inside the package once installed."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve()


def host_sources(host: str) -> Path:
    """The folder of a host's sources ("libreoffice", "excel"). Raises FileNotFoundError where it is missing."""
    tried = [base / "udfs" / host for base in HERE.parents[1:3]]
    found = next((folder for folder in tried if folder.is_dir()), None)
    if found is None:
        message = f"the sources for {host} are missing; looked in {' and '.join(map(str, tried))}"
        raise FileNotFoundError(message)
    return found


def source_text(host: str, name: str) -> str:
    """A source file as text, with line feeds whatever the checkout made of them."""
    return (host_sources(host) / name).read_text(encoding="utf-8").replace("\r\n", "\n")
