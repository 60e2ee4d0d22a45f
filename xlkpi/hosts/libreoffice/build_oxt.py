"""Build ``xlkpi.oxt``, the LibreOffice extension: ``python -m xlkpi.hosts.libreoffice.build_oxt OUT.oxt``.

The rooms that the functions need come along inside it, as a package of its own name, so that an xlkpi installed in
the office's Python can neither disturb them nor be disturbed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import xlkpi
from xlkpi.hosts.libreoffice import NAME
from xlkpi.hosts.libreoffice.oxt_parts import all_parts
from xlkpi.hosts.macros import MACROS
from xlkpi.hosts.source_archive import pack_files, read_sources
from xlkpi.writing.files import write_whole
from xlkpi.writing.vba.udf_sources import source_text

PACKAGE = "xlkpi_office"
ROOMS = ("catalogue", "core", "findings", "layout")
SINGLE = (
    "errors.py",
    "plain_text.py",
    "problem_log.py",
    "commands/__init__.py",
    "commands/explain.py",
    "hosts/__init__.py",
    "hosts/array_arguments.py",
    "hosts/functions.py",
    "hosts/macros.py",
    "hosts/menu.py",
    "hosts/protocol.py",
    "hosts/subprocess_bridge.py",
    "ooxml/__init__.py",
    "ooxml/addresses.py",
    "ooxml/limits.py",
    "ooxml/serial_days.py",
)
AT_TOP = ("xlkpi_functions.py", "xlkpi_menu.py", "description.txt")
IN_PACKAGE = ("calc_host.py", "calc_dialogs.py")

_IMPORT = re.compile(r"^(\s*)(from|import) xlkpi(?=[.\s])", re.MULTILINE)


def build_extension(path: Path | str) -> Path:
    """Write the extension, whole or not at all; gives its path. Raises UnwritableFile where that fails."""
    path = Path(path)
    write_whole(path, extension_bytes())
    return path


def extension_bytes() -> bytes:
    """The extension as one file: the same bytes on every machine."""
    return pack_files({name: text.encode() for name, text in sorted(extension_files().items())})


def extension_files() -> dict[str, str]:
    """Every part of the extension as text, by its path inside it."""
    files = dict(all_parts(xlkpi.__version__, MACROS))
    files.update((name, source_text(NAME, name)) for name in AT_TOP)
    files.update((f"pythonpath/{PACKAGE}/{name}", text) for name, text in _package())
    return files


def _package() -> Iterator[tuple[str, str]]:
    yield "__init__.py", f'"""What the functions need of xlkpi, in Calc."""\n\n__version__ = "{xlkpi.__version__}"\n'
    for name in IN_PACKAGE:
        yield name, source_text(NAME, name)
    for name, text in read_sources(ROOMS, SINGLE).items():
        yield name, _vendored(text)


def _vendored(text: str) -> str:
    """A module of ours that imports from the package's new name."""
    return _IMPORT.sub(rf"\1\2 {PACKAGE}", text)


def unpack_extension(folder: Path) -> Path:
    """The extension as the folder that LibreOffice makes of it, for an office that loads it from there."""
    for name, text in extension_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def main() -> int:
    """Build the extension where the one argument says, else in the folder at hand."""
    out = build_extension(sys.argv[1] if len(sys.argv) > 1 else "xlkpi.oxt")
    sys.stdout.write(f"{out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
