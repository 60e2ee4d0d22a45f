"""The ribbon tab of the add-in: every macro once, by its words, with a picture that Excel has."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from xlkpi.hosts.excel.build_xlam import addin_modules
from xlkpi.hosts.excel.vba_source import procedure_of
from xlkpi.hosts.macros import MACROS
from xlkpi.writing.vba.udf_sources import source_text

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
PROCEDURE = re.compile(r"^(?:Public )?Sub (\w+)\((.*)\)", re.MULTILINE)

# Buttons of Excel 2013, 2016 and Microsoft 365 alike, from Microsoft's lists of control identifiers (OfficeDev/
# office-fluent-ui-command-identifiers, excelcontrols.xlsx). Excel shows no picture for any other name, and no message.
BUTTONS = """
AccountingFormat AddInManager AutoSum CalculateNow CalculateSheet CommaStyle Connections Consolidate Copy DataTable
DataValidation DataValidationCircleInvalid EditLinks ErrorChecking FileNew FileOpen FilePrint FileSave FilterReapply
FindDialogExcel FormatCellsDialog FormulaEvaluate FunctionWizard GoalSeek GoTo Help HyperlinkInsert MacroPlay
NameManager NumberFormatsDialog OutlineSubtotals Paste PercentStyle PivotTableInsert PrintTitles Refresh RefreshAll
RemoveDuplicates ReplaceDialog ReviewHighlightChanges ReviewNewComment ReviewShareWorkbook ScenarioManager
SheetInsert SheetProtect SortCustomExcel SortDialog SparklineLineInsert Spelling TableInsertExcel TraceError
TracePrecedents Translate ViewCustomViews WindowNew XmlExport XmlImport
"""
PICTURES = frozenset(BUTTONS.split())


def faults_of(ribbon, procedures):
    """What is wrong with a ribbon whose add-in has these procedures."""
    elements = list(ET.fromstring(ribbon).iter())
    ids = [element.get("id") for element in elements if element.get("id")]
    faults = [f"id {name} twice" for name in sorted(set(ids)) if ids.count(name) > 1]
    for element in elements:
        picture, action = element.get("imageMso"), element.get("onAction")
        if picture is not None and picture not in PICTURES:
            faults.append(f"no picture {picture}")
        if action is not None and procedures.get(action) != "Optional control As Object":
            faults.append(f"no macro {action}")
        if element.tag == f"{UI}button" and None in (picture, action, element.get("id")):
            faults.append(f"button {element.get('label')} lacks something")
    return faults


@pytest.fixture(scope="module")
def procedures():
    return dict(match for text in addin_modules().values() for match in PROCEDURE.findall(text))


@pytest.fixture(scope="module")
def ribbon():
    return source_text("excel", "ribbon.xml")


def test_the_ribbon_is_free_of_faults_that_excel_passes_over_in_silence(ribbon, procedures):
    assert faults_of(ribbon, procedures) == []


def test_the_ribbon_has_every_macro_once_with_its_words(ribbon):
    root = ET.fromstring(ribbon)
    assert [(b.get("onAction"), b.get("label"), b.get("supertip")) for b in root.iter(f"{UI}button")] == [
        (procedure_of(macro), macro.label, macro.help) for macro in MACROS
    ]
    (tab,) = root.iter(f"{UI}tab")
    assert tab.get("label") == "KPI"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('imageMso="Consolidate"', 'imageMso="DataConsolidate"', "no picture DataConsolidate"),
        ('imageMso="Consolidate"', "", "button Consolidate folder… lacks something"),
        ('id="xlkpiBuild"', 'id="xlkpiCheck"', "id xlkpiCheck twice"),
        ('onAction="KpiCheck"', 'onAction="KpiChek"', "no macro KpiChek"),
        ('onAction="KpiCheck"', 'onAction="RegisterHelp"', "no macro RegisterHelp"),
    ],
)
def test_each_of_these_faults_is_noticed(ribbon, procedures, old, new, fault):
    assert ribbon.count(old) == 1
    assert fault in faults_of(ribbon.replace(old, new), procedures)
