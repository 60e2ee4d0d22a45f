"""List the spreadsheet programs that xlkpi serves: one record each. A further one is a record here and its folder.

Nobody else names a program: the installer, the doctor and the command line take what they need from these records.
Standard library only, because `install_addin.py` reads it before anything is installed.
"""

from __future__ import annotations

from xlkpi.hosts import excel, libreoffice
from xlkpi.hosts.excel import check_excel, find_excel, install_excel
from xlkpi.hosts.libreoffice import find_libreoffice, install_libreoffice
from xlkpi.installer.spreadsheet_host import SpreadsheetHost

EXCEL = SpreadsheetHost(
    name=excel.NAME,
    label="Excel",
    functions_on=frozenset({"windows"}),
    menu_on=frozenset({"windows", "darwin"}),
    processes={"windows": "EXCEL.EXE", "darwin": "Microsoft Excel"},
    find=find_excel.find_excel,
    files=install_excel.excel_files,
    install=install_excel.install_steps,
    check=check_excel.check_excel,
    extra=excel.EXTRA,
    without_functions=install_excel.MENU_ONLY,
    if_absent=f"Leave out --only {excel.NAME} and run the command again to install for LibreOffice.",
    add_to_record=install_excel.add_to_record,
)

LIBREOFFICE = SpreadsheetHost(
    name=libreoffice.NAME,
    label="LibreOffice",
    functions_on=frozenset({"windows", "darwin", "linux"}),
    menu_on=frozenset({"windows", "darwin", "linux"}),
    processes={"windows": "soffice.bin", "darwin": "soffice", "linux": "soffice.bin"},
    find=find_libreoffice.find_libreoffice,
    files=install_libreoffice.libreoffice_files,
    install=install_libreoffice.install_steps,
    check=install_libreoffice.check_libreoffice,
    if_absent=install_libreoffice.GET_LIBREOFFICE,
    refuses_root=find_libreoffice.ROOT,
    uninstall=install_libreoffice.uninstall_steps,
    registered=find_libreoffice.registered_version,
    add_to_record=install_libreoffice.add_to_record,
    uninstall_notes=install_libreoffice.uninstall_notes,
)

HOSTS = (EXCEL, LIBREOFFICE)
