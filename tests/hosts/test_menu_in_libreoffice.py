"""The menu KPI in a real LibreOffice: every command dispatched, on real returns, folders and on what goes wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.judge.real_returns import CODES, saved
from tests.writing.addin_calls import saved_by_excel
from xlkpi.hosts.macros import MACROS
from xlkpi.hosts.subprocess_bridge import HOW_TO_INSTALL

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("kpi office")]

FAILURE, SUCCESS = 0, 1


def choose(book, command, **answers):
    """Choose an entry of the menu as a script does; gives whether it was done, and its message."""
    given = {name: str(answer) for name, answer in answers.items()}
    event = book.dispatch(f"org.xlkpi.calc:{command}", Quiet=True, **given)
    return event.State == SUCCESS, event.Result


def open_files(office):
    """The files that are open in the office, by name."""
    components = office.desktop.Components.createEnumeration()
    results = {}
    while components.hasMoreElements():
        component = components.nextElement()
        url = getattr(component, "URL", "")
        if url:
            results[Path(office.uno.fileUrlToSystemPath(url)).name] = component
    return results


LEDGER = """provider_id,invoice_no,received_date,due_date,disputed_date,paid_date
P-001,1,03/02/2027,10/02/2027,,
nobody,2,03/02/2027,,,
"""


@pytest.fixture
def opened(kpi_office):
    """Asks for a file that a macro has opened, and closes it after the test."""
    closing = []

    def ask(name):
        files = open_files(kpi_office)
        assert name in files, sorted(files)
        closing.append(files[name])
        return files[name]

    yield ask
    for document in closing:
        document.close(True)


# --- the menu itself ---


def test_the_menu_bar_has_kpi_with_every_macro_in_order(kpi_office):
    provider = kpi_office.service("com.sun.star.configuration.ConfigurationProvider")
    path = "/org.openoffice.Office.Addons/AddonUI/OfficeMenuBar/org.xlkpi.calc.menu"
    access = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", kpi_office.properties(nodepath=path)
    )
    entries = [access.getByName("Submenu").getByName(name) for name in sorted(access.getByName("Submenu").ElementNames)]
    assert access.getByName("Title") == "KPI"
    assert access.getByName("Context") == "com.sun.star.sheet.SpreadsheetDocument"
    assert [(entry.getByName("Title"), entry.getByName("URL")) for entry in entries] == [
        (macro.label, f"org.xlkpi.calc:{macro.id}") for macro in MACROS
    ]


def test_only_commands_that_exist_are_answered(kpi_calc, kpi_office):
    frame = kpi_calc().document.CurrentController.Frame
    for command, there in (("org.xlkpi.calc:check", True), ("org.xlkpi.calc:nothing", False)):
        url = kpi_office.uno.createUnoStruct("com.sun.star.util.URL")
        url.Complete, url.Protocol, url.Path = command, "org.xlkpi.calc:", command.partition(":")[2]
        assert (frame.queryDispatch(url, "_self", 0) is not None) == there


# --- check this return ---


def test_check_opens_the_marked_copy_of_a_real_return(kpi_calc, inbox, opened):
    file = inbox / "more" / "zephyr.xlsx"
    before = file.read_bytes()
    done, message = choose(kpi_calc(file), "check")
    assert done
    assert message.startswith("2 to fix, 0 to correct or explain. 13 indicators checked")
    copy = opened("zephyr - checked.xlsx")
    (added,) = set(copy.Sheets.ElementNames) - set(openpyxl.load_workbook(file).sheetnames)
    answer = copy.Sheets.getByName(added).getCellRangeByName("A1:H30").getDataArray()
    assert any(str(cell).startswith("KPI S1: x is 60 and y is 50") for row in answer for cell in row)
    assert file.read_bytes() == before


def test_check_of_a_sound_return_opens_nothing(kpi_calc, kpi_office, inbox):
    book = kpi_calc(inbox / "alpha.xlsx")
    done, message = choose(book, "check")
    assert (done, message) == (True, f"Nothing to fix. {len(CODES)} indicators checked against catalogue 2026-27.2.")
    assert "alpha - checked.xlsx" not in open_files(kpi_office)


def test_check_of_a_workbook_that_is_no_return(kpi_calc, tmp_path):
    own = openpyxl.Workbook()
    own.save(tmp_path / "own.xlsx")
    _, message = choose(kpi_calc(tmp_path / "own.xlsx"), "check")
    assert "own.xlsx is a workbook, but not one of our KPI returns." in message


def test_check_of_what_was_never_saved(kpi_calc):
    choices = choose(kpi_calc(), "check")
    assert choices == (False, "This workbook is not on this computer yet. Save it here, then choose the command again.")


def test_check_of_what_has_changed_since(kpi_calc, inbox):
    book = kpi_calc(inbox / "alpha.xlsx")
    book.set(*book.named("KPI_S1.x"), 3)
    choices = choose(book, "check")
    assert choices == (False, "This workbook has changes that are not saved. Save it, then choose the command again.")


# --- connect the functions ---


def test_a_workbook_of_excels_shows_its_results_again_in_a_copy(kpi_calc, tmp_path, opened):
    path = saved(tmp_path / "mine.xlsx", saved_by_excel())
    book = kpi_calc(path)
    book.document.calculateAll()
    assert [book.cell("Mine", f"D{row}").String for row in (2, 5)] == ["#NAME?", "#NAME?"]
    done, message = choose(book, "connect")
    assert done
    assert message.startswith("7 calls of the KPI functions connected.\nA copy opens now")
    sheet = opened("mine - connected.xlsx").Sheets.getByName("Mine")
    shown = [sheet.getCellRangeByName(f"D{row}").String for row in range(2, 7)]
    assert shown == ["Green", "8", "on target", "0.96", "0.95"]
    assert path.read_bytes() == saved_by_excel()


# --- folders ---


def test_consolidate_makes_and_opens_the_master_of_a_real_folder(kpi_calc, inbox, tmp_path, opened):
    master = tmp_path / "master.xlsx"
    done, message = choose(kpi_calc(), "consolidate", folder=inbox, out=master)
    assert done
    assert "3 files found: 2 used, 1 set aside, 0 superseded.\nMissing: P-003 (by register.csv)." in message
    data = opened("master.xlsx").Sheets.getByName("Data")
    rows = data.getCellRangeByName("A2:G60").getDataArray()
    assert ("P-002", "KPI S1", 60.0, 50.0) in {(row[1], row[4], row[5], row[6]) for row in rows}
    assert {row[1] for row in rows if row[1]} == {"P-001", "P-002"}


def test_consolidate_of_a_folder_that_is_not_there(kpi_calc, tmp_path):
    choices = choose(kpi_calc(), "consolidate", folder=tmp_path / "gone", out=tmp_path / "master.xlsx")
    assert choices == (False, "gone does not exist. Check the name and the folder.")
    assert not (tmp_path / "master.xlsx").exists()


def test_consolidate_cancelled(kpi_calc, inbox):
    assert choose(kpi_calc(), "consolidate", folder=inbox) == (False, "Nothing was done.")


def test_a_contract_folder_is_made_and_works_without_a_question(kpi_calc, kpi_office, inbox, tmp_path, opened):
    contract = tmp_path / "contract"
    done, message = choose(kpi_calc(), "new", folder=contract)
    assert (done, message.splitlines()[0]) == (True, f"Contract folder: {contract}")
    for path in inbox.glob("*.xlsx"):
        (contract / "inbox" / path.name).write_bytes(path.read_bytes())
    (contract / "register.csv").write_bytes((tmp_path / "register.csv").read_bytes())
    done, message = choose(kpi_calc(contract / "inbox" / "alpha.xlsx"), "status")
    assert done, message
    assert "thing" in message.splitlines()[0]
    done, message = choose(kpi_calc(contract / "inbox" / "alpha.xlsx"), "consolidate")
    assert done, message
    (master,) = (contract / "out").glob("*/KCC master *.xlsx")
    assert opened(master.name)


def test_build_writes_the_returns_of_a_register(kpi_calc, inbox, tmp_path):
    out = tmp_path / "out"
    answers = {"register": tmp_path / "register.csv", "period": "2026-27 Q2", "out": out}
    done, message = choose(kpi_calc(), "build", **answers)
    assert (done, message) == (True, f"3 return workbooks for 2026-27 Q2 written to {out}.")
    assert len(list(out.glob("*.xlsx"))) == 3


def test_finance_makes_and_opens_its_workbook(kpi_calc, inbox, tmp_path, opened):
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    done, message = choose(kpi_calc(), "finance", folder=inbox, ledger=ledger, out=tmp_path / "f.xlsx")
    assert done
    assert "Ledger rows: 2 read, 1 used, 1 set aside." in message
    check = opened("f.xlsx").Sheets.getByName("S2 check")
    assert {row[0]: row[6] for row in check.getCellRangeByName("A2:G4").getDataArray()}["P-001"] == 1


def test_finance_without_its_ledger(kpi_calc, inbox, tmp_path):
    choices = choose(kpi_calc(), "finance", folder=inbox, ledger=tmp_path / "none.csv", out=tmp_path / "f.xlsx")
    assert choices == (False, "none.csv does not exist. Check the name and the folder.")


@pytest.mark.parametrize(
    ("command", "answered"),
    [
        ("consolidate", ()),  # a folder
        ("consolidate", ("folder",)),  # where to save
        ("build", ()),  # a file
        ("build", ("register",)),  # a line of text
        ("explain", ()),
    ],
)
def test_a_real_dialog_comes_up_and_ends_it_when_cancelled(kpi_calc, inbox, command, answered):
    """An office without a screen cancels every dialog it is asked to show; one that breaks would be in the log."""
    book = kpi_calc(inbox / "alpha.xlsx")
    event = book.dispatch(f"org.xlkpi.calc:{command}", **dict.fromkeys(answered, str(inbox)))
    assert (event.State, event.Result) == (FAILURE, "Nothing was done.")


# --- explain and about ---


def test_explain_tells_of_the_indicator_in_the_selected_row(kpi_calc, inbox):
    book = kpi_calc(inbox / "alpha.xlsx")
    sheet, cell = book.named("KPI_S2.y")
    book.document.CurrentController.setActiveSheet(book.sheet(sheet))
    book.document.CurrentController.select(book.cell(sheet, cell))
    done, message = choose(book, "explain")
    assert done
    assert message.startswith("KPI S2: % of invoices that are submitted on time and undisputed")
    assert "The Schedule contradicts itself here." in message


def test_explain_where_no_indicator_is_selected(kpi_calc):
    book = kpi_calc()
    book.set(0, "A1", 5)
    assert choose(book, "explain") == (False, "Nothing was done.")  # a quiet script cannot be asked
    assert choose(book, "explain", indicator="KPI S99")[1].startswith("“KPI S99” is not an indicator.")


def test_about_tells_of_functions_and_toolkit(kpi_calc):
    done, message = choose(kpi_calc(), "about")
    assert done
    assert message.startswith("Functions and menu: catalogue 2026-27.2, Python 3.")
    assert "LibreOffice" in message


# --- without the toolkit ---


@pytest.fixture
def no_toolkit(kpi_folder):
    """The record is gone, as on a computer where only the extension was installed."""
    record = kpi_folder / "record.json"
    record.unlink()
    yield
    record.write_text(json.dumps({"python": sys.executable, "version": "0.1.0"}), encoding="utf-8")


def test_without_the_toolkit_the_menu_says_how_to_install_it(kpi_calc, no_toolkit, inbox, tmp_path):
    book = kpi_calc(inbox / "alpha.xlsx")
    assert choose(book, "check") == (False, HOW_TO_INSTALL)
    assert choose(book, "consolidate", folder=inbox, out=tmp_path / "m.xlsx") == (False, HOW_TO_INSTALL)
    assert choose(book, "about")[1].endswith(HOW_TO_INSTALL)
    assert choose(book, "explain", indicator="KPI S1")[0]
    book.set(0, "H30", '=KPI_RAG("KPI S3";48;50)')
    assert book.get(0, "H30") == "Green"
