"""Build the Excel add-in ``xlkpi.xlam`` from the two tables and the installed xlwings, on any system, without Excel.

``python -m xlkpi.hosts.excel.build_xlam FILE`` is what the installer runs in the private environment: the add-in names
xlwings' library by its version, so it is built where that xlwings is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import xlkpi
from xlkpi.hosts.excel import NAME
from xlkpi.hosts.excel.vba_source import addin_functions, addin_help, addin_macros
from xlkpi.hosts.excel.xlwings_module import addin_module
from xlkpi.writing.files import write_whole
from xlkpi.writing.vba.addin import write_addin
from xlkpi.writing.vba.udf_sources import source_text

TITLE = "KPI"


def addin_modules() -> Mapping[str, str]:
    """Give every standard module of the add-in by name, in the order of the project."""
    return {
        "KpiMacros": addin_macros(),
        "KpiRun": source_text(NAME, "addin/KpiRun.bas"),
        "KpiHelp": addin_help(),
        "xlwings_udfs": addin_functions(),
        "xlwings": addin_module(),
    }


def addin_bytes() -> bytes:
    """Build the add-in. Raises MissingPart or PlanError where the packages it is made from are missing or different."""
    description = f"xlkpi {xlkpi.__version__}: KPI returns, checks and masters. Its functions and macros run in Python."
    code, ribbon = source_text(NAME, "addin/ThisWorkbook.bas"), source_text(NAME, "ribbon.xml")
    return write_addin(addin_modules(), code, ribbon, title=TITLE, description=description)


def build_addin(path: Path | str) -> Path:
    """Write the add-in whole or not at all; the same versions give the same bytes. Raises UnwritableFile too."""
    path = Path(path)
    write_whole(path, addin_bytes())
    return path


def main(arguments: list[str] | None = None) -> int:
    """Build the add-in under the name that is given; the status is 2 without a name."""
    words = sys.argv[1:] if arguments is None else arguments
    if len(words) != 1:
        sys.stderr.write("usage: python -m xlkpi.hosts.excel.build_xlam FILE.xlam\n")
        return 2
    sys.stdout.write(f"{build_addin(words[0])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
