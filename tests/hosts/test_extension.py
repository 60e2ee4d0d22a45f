"""The extension as a file: the same bytes everywhere, complete, plain enough, and installed as by a double click."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest

import xlkpi
from tests.conftest import missing
from tests.core.test_every_python import interpreters
from tests.house.project_files import ROOT
from tests.house.test_rooms import imported
from tests.judge.libreoffice import MissingTool, Office
from xlkpi.hosts.functions import FUNCTIONS
from xlkpi.hosts.libreoffice.build_oxt import PACKAGE, build_extension, extension_bytes, extension_files
from xlkpi.hosts.libreoffice.oxt_parts import FUNCTION_SERVICE, IDENTIFIER, idl, method
from xlkpi.hosts.macros import MACROS

SAMPLE = ROOT / "workbooks" / "xlkpi.oxt"
FILES = extension_files()
MODULES = sorted(name for name in FILES if name.endswith(".py"))
PARTS = sorted(name for name in FILES if name.endswith((".xml", ".xcu", ".components")))
OFFICE_MODULES = {"uno", "unohelper", "com", "org"}


# --- its bytes ---


def test_the_one_in_workbooks_is_what_the_command_builds():
    assert SAMPLE.read_bytes() == extension_bytes(), "run: python scripts/regenerate.py --only oxt"


@pytest.mark.parametrize(("seed", "zone"), [("1", "UTC"), ("2", "Asia/Tokyo")])
def test_its_bytes_depend_on_the_sources_alone(tmp_path, seed, zone):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "xlkpi.hosts.libreoffice.build_oxt", "made.oxt"]
    printed = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert printed.stdout == "made.oxt\n"
    assert (tmp_path / "made.oxt").read_bytes() == extension_bytes()


def test_it_is_written_whole_into_a_new_folder(tmp_path):
    path = build_extension(tmp_path / "new" / "xlkpi.oxt")
    assert path.read_bytes() == extension_bytes()
    assert [path_beside.name for path_beside in path.parent.iterdir()] == ["xlkpi.oxt"]


def test_nothing_in_it_is_compressed_dated_or_named_oddly():
    with zipfile.ZipFile(io.BytesIO(extension_bytes())) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(FILES)
    assert {(entry.compress_type, entry.date_time, entry.create_system) for entry in entries} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 3)
    }
    assert all(re.fullmatch(r"[\w./-]+", name) and "__pycache__" not in name for name in FILES)
    assert not any("\r" in text for text in FILES.values())


# --- its parts ---


@pytest.mark.parametrize("name", PARTS)
def test_a_descriptive_part_is_sound_xml(name):
    ET.fromstring(FILES[name].encode())


def test_what_the_parts_name_is_there():
    listed = re.findall(r'full-path="([^"]+)"', FILES["META-INF/manifest.xml"])
    modules = re.findall(r'uri="([^"]+)"', FILES["xlkpi.components"])
    described = re.findall(r'href="([^"]+)"', FILES["description.xml"])
    assert len(listed) == 5
    assert set(listed + modules + described) <= set(FILES)
    assert f'<version value="{xlkpi.__version__}"/>' in FILES["description.xml"]
    assert f'<identifier value="{IDENTIFIER}"/>' in FILES["description.xml"]


def test_names_that_documents_hold_are_those_of_the_first_release():
    assert FUNCTION_SERVICE == "org.xlkpi.calc.KpiFunctions"
    promised = ["kpioutturn", "kpirag", "kpicheck", "kpigap", "kpidue", "kpiabout", "kpis2"]
    assert [method(function) for function in FUNCTIONS] == promised, (
        "documents use these names: a new function goes last"
    )
    methods = re.findall(r"(\w+)\(([^)]*)\);", idl())
    assert [name for name, _ in methods] == [method(function) for function in FUNCTIONS]
    assert [arguments.count("[in] any") for _, arguments in methods] == [
        len(function.arguments) for function in FUNCTIONS
    ]


def test_each_function_and_macro_is_described_once():
    add_ins, addons = FILES["CalcAddIns.xcu"], FILES["Addons.xcu"]
    assert re.findall(r'"CompatibilityName"><value xml:lang="en-US">(\w+)<', add_ins) == [
        function.name for function in FUNCTIONS
    ]
    assert re.findall(rf"<value>{IDENTIFIER}:(\w+)<", addons) == [macro.id for macro in MACROS]


# --- the rooms inside it ---


@pytest.mark.parametrize("name", MODULES)
def test_a_module_inside_is_plain_and_old_enough(name):
    tree = ast.parse(FILES[name], feature_version=(3, 9))
    outside = imported(tree) - sys.stdlib_module_names - {PACKAGE}
    assert outside <= (OFFICE_MODULES if "hosts/" not in name else set()), "LibreOffice's Python has no such module"


def test_the_rooms_come_complete_under_a_name_of_their_own():
    inside = {name.removeprefix(f"pythonpath/{PACKAGE}/") for name in FILES if name.startswith("pythonpath/")}
    for room in ("core", "catalogue", "layout"):
        assert {f"{room}/{path.name}" for path in (ROOT / "xlkpi" / room).glob("*.py")} <= inside
    data = (ROOT / "xlkpi/catalogue/day_services").glob("*.json")
    assert {f"catalogue/day_services/{path.name}" for path in data} <= inside
    elsewhere = {name for name in FILES if "/" in name and not name.startswith(f"pythonpath/{PACKAGE}/")}
    assert elsewhere == {"META-INF/manifest.xml", "types/XKpiFunctions.idl"}


def test_every_module_that_is_imported_inside_is_inside():
    there = {name.removeprefix("pythonpath/").removesuffix(".py").replace("/", ".") for name in MODULES}
    there |= {name.removesuffix(".__init__") for name in there}
    asked = {
        module
        for name in MODULES
        for module in re.findall(rf"^\s*(?:from|import) ({PACKAGE}[\w.]*)", FILES[name], re.MULTILINE)
    }
    assert len(asked) > 20
    assert asked <= there


ALONE = f"""
import sys
sys.path.insert(0, sys.argv[1])
from {PACKAGE}.hosts.functions import FUNCTIONS
from {PACKAGE}.hosts.macros import MACROS
from {PACKAGE}.hosts import subprocess_bridge
call = {{one.name: one.call for one in FUNCTIONS}}
print(call["KPI_RAG"]((("KPI S1",), ("KPI S3",)), 48, 50), call["KPI_ABOUT"]("KPI S2", "reading")[:16])
print(len(MACROS), subprocess_bridge.do("about", {{}}, print).done, "xlkpi" in sys.modules)
"""


@pytest.mark.parametrize("program", [sys.executable, *interpreters().values()], ids=["this", *interpreters()])
def test_the_rooms_run_alone_beside_a_broken_xlkpi(tmp_path, program):
    with zipfile.ZipFile(SAMPLE) as archive:
        archive.extractall(tmp_path)
    broken = tmp_path / "site" / "xlkpi"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('another xlkpi')", encoding="utf-8")
    environment = {"PYTHONPATH": str(broken.parent), "XLKPI_RECORD": str(tmp_path / "none.json")}
    printed = subprocess.run(
        [program, "-B", "-S", "-c", ALONE, str(tmp_path / "pythonpath")],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env={**environment, "PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert printed.returncode == 0, printed.stderr
    assert printed.stdout.splitlines() == ["[['Red'], ['Green']] As KCC reads it:", "12 False False"]


# --- installed ---


@pytest.mark.office
@pytest.mark.xdist_group("kpi office")
def test_the_extension_manager_takes_the_file_and_the_next_start_has_the_functions(tmp_path):
    """What a double click does: the manager unpacks the file into the user's profile."""
    try:
        office = Office(tmp_path / "profile", environment={"XLKPI_LOG": str(tmp_path / "log")})
    except MissingTool as problem:
        missing(problem)
        raise
    dog = office.watchdog()
    try:
        office.start()
        install(office)
        office.stop()
        office.start()
        book = office.open()
        book.set(0, "A1", '=KPI_RAG("KPI S1";5;50)')
        assert book.get(0, "A1") == "Amber"
        manager = office.context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
        deployed = manager.getDeployedExtension("user", IDENTIFIER, SAMPLE.name, None)
        assert (deployed.Version, deployed.DisplayName) == (xlkpi.__version__, "xlkpi: KPI functions and menu")
        book.close()
    finally:
        dog.cancel()
        office.stop()
    assert not (tmp_path / "log").exists()


def install(office):
    """Add the extension for this user: the manager asks once, whether to install it: no licence, no warning."""
    import unohelper

    handler, environment = map(
        office.uno.getClass, ("com.sun.star.task.XInteractionHandler", "com.sun.star.ucb.XCommandEnvironment")
    )
    approve = office.uno.getTypeByName("com.sun.star.task.XInteractionApprove")
    asked = []

    class Approves(unohelper.Base, environment, handler):
        def getInteractionHandler(self):  # noqa: N802 - the bridge looks for this name
            return self

        def getProgressHandler(self):  # noqa: N802 - as above
            return None

        def handle(self, request):
            asked.append(request)  # what it says cannot be read: the bridge trips over the exception in it
            next(choice for choice in request.getContinuations() if choice.queryInterface(approve)).select()

    manager = office.context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
    assert manager.addExtension(SAMPLE.as_uri(), (), "user", None, Approves()) is not None
    assert len(asked) == 1
