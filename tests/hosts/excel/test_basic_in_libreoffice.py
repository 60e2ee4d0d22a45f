"""What of our Visual Basic needs no Excel, run: LibreOffice loads the project of a workbook and executes it."""

from __future__ import annotations

import pytest

from tests.judge.real_returns import ANOTHER, saved, stamped
from xlkpi.hosts.excel.build_xlam import addin_modules
from xlkpi.writing.vba import addin as addin_writer
from xlkpi.writing.vba.project import project_file

pytestmark = pytest.mark.office

ALWAYS_EXECUTE = 4
"""com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN."""


@pytest.fixture
def run(calc, tmp_path):
    """`run(module, function, *arguments)` in a workbook that holds the add-in's own texts and a return's."""
    texts = addin_modules()
    modules = {name: texts[name] for name in ("KpiRun", "KpiMacros")}
    data = addin_writer._workbook(project_file(1, modules), "KPI", "Basic")
    books = {
        "add-in": calc(saved(tmp_path / "addin.xlsm", data), MacroExecutionMode=ALWAYS_EXECUTE),
        "return": calc(
            saved(tmp_path / "return.xlsm", stamped(ANOTHER, "2026-27 Q1", edition="udf")),
            MacroExecutionMode=ALWAYS_EXECUTE,
        ),
    }

    def running(book, module, procedure, *arguments):
        provider = books[book].document.getScriptProvider()
        url = f"vnd.sun.star.script:VBAProject.{module}.{procedure}?language=Basic&location=document"
        return provider.getScript(url).invoke(arguments, (), ())[0]

    return running


def test_a_message_of_several_lines_goes_to_the_log_as_one(run):
    assert run("add-in", "KpiRun", "OneLine", " first\r\nsecond\n") == "first  second"


def test_a_return_asks_whether_the_add_in_is_open_before_it_calls_it(run):
    assert run("return", "KpiReturn", "AddInIsOpen") is False


def test_without_the_add_in_a_wrapper_gives_an_error_value(run):
    assert run("return", "KpiFunctions", "KPI_RAG", "KPI S1", 1.0, 40.0) is None  # so Basic's CVErr arrives: no text
    assert run("add-in", "KpiRun", "NoAnswer", "KPI_RAG", "why") is None


def test_without_the_add_in_a_return_with_macros_on_says_so(calc, tmp_path):
    path = saved(tmp_path / "return.xlsm", stamped(ANOTHER, "2026-27 Q4", edition="udf"))
    book = calc(path, MacroExecutionMode=ALWAYS_EXECUTE)
    assert book.get(*book.named("KPI_S3.rag")) == "Not calculated"
    assert book.get(*book.named("KPI_S3.check")).startswith("The KPI functions are missing here")
