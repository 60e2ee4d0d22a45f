"""Put the code for xlwings Lite into a workbook.

xlwings Lite keeps its code in the workbook, in the part ``xl/webextensions/webextension1.xml``, as texts in JSON:
``main.py`` and ``requirements.txt``. The form was taken from workbooks that it has saved; no Excel was at hand.
"""

from __future__ import annotations

import base64
import bz2
import io
import json
import textwrap
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

import xlkpi
from xlkpi.hosts.functions import FUNCTIONS, Function
from xlkpi.hosts.lite.build_wheel import NAME, wheel_bytes
from xlkpi.writing.vba.udf_sources import source_text

STORE_ID = "wa200008175"
"""xlwings Lite in Microsoft's store of add-ins."""
EXTENSION_ID = "{5B3C9D0E-7C1F-4B7A-9C55-1E0C2F6A7D21}"
REQUIREMENTS = "xlwings\n"
MAIN, NEEDS = "main.py", "requirements.txt"
_FOLDER = "xl/webextensions"
_SPACE = "http://schemas.microsoft.com/office/webextensions"
_RELATION = "http://schemas.microsoft.com/office/2011/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = {
    f"/{_FOLDER}/taskpanes.xml": "application/vnd.ms-office.webextensiontaskpanes+xml",
    f"/{_FOLDER}/webextension1.xml": "application/vnd.ms-office.webextension+xml",
}


def main_text() -> str:
    """The code of the workbook: the wheel as text, one function of Python per worksheet function, and two scripts."""
    packed = base64.b64encode(bz2.compress(wheel_bytes(), 9)).decode()
    functions = "\n\n\n".join(map(_function, FUNCTIONS))
    template = source_text("lite", "template.txt")
    wheel = "\n".join(textwrap.wrap(packed, 120))
    return template.format(wheel=wheel, name=f"{NAME}-{xlkpi.__version__}", functions=functions)


def _function(function: Function) -> str:
    """One function; every argument comes as a list of rows, so that a column differs from a row."""
    described = [
        f'@xw.arg("{argument.name}", ndim=2, err_to_str=True, doc={json.dumps(argument.help, ensure_ascii=False)})'
        for argument in function.arguments
    ]
    names = ", ".join(argument.name for argument in function.arguments)
    taken = ", ".join(argument.name + ("=None" if argument.optional else "") for argument in function.arguments)
    body = f'def {function.name}({taken}):\n    """{function.help}"""\n'
    return "\n".join(("@xw.func", *described, f'{body}    return in_workbook.answer("{function.name}", {names})'))


def carry_code(workbook: bytes) -> bytes:
    """Put the code for xlwings Lite into a workbook without macros; everything else stays as it is."""
    added = _parts()
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "[Content_Types].xml":
                types = "".join(f'<Override PartName="{p}" ContentType="{kind}"/>' for p, kind in _TYPES.items())
                content = content.replace(b"</Types>", f"{types}</Types>".encode())
            if entry.filename == "_rels/.rels":
                link = _relationship("xlkpiLite", "webextensiontaskpanes", f"{_FOLDER}/taskpanes.xml")
                content = content.replace(b"</Relationships>", f"{link}</Relationships>".encode())
            out.writestr(_entry(entry.filename, entry.date_time), content)
        when = source.infolist()[0].date_time
        for name, text in added.items():
            out.writestr(_entry(name, when), text.encode())
    return packed.getvalue()


def _entry(name: str, when: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, when)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry


def _relationship(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'


def _parts() -> Mapping[str, str]:
    office = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    pane = f'<wetp:webextensionref {office} r:id="rId1"/>'
    panes = f'<wetp:taskpane dockstate="right" visibility="0" width="438" row="1">{pane}</wetp:taskpane>'
    link = _relationship("rId1", "webextension", "webextension1.xml")
    panes = f'<wetp:taskpanes xmlns:wetp="{_SPACE}/taskpanes/2010/11">{panes}</wetp:taskpanes>'
    links = f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{link}</Relationships>'
    return {
        f"{_FOLDER}/webextension1.xml": _extension(),
        f"{_FOLDER}/taskpanes.xml": _HEAD + panes,
        f"{_FOLDER}/_rels/taskpanes.xml.rels": _HEAD + links,
    }


def _extension() -> str:
    files = {MAIN: main_text(), NEEDS: REQUIREMENTS}
    properties = "".join(
        f"<we:property name={quoteattr(name)} value={quoteattr(json.dumps(text, ensure_ascii=False))}/>"
        for name, text in files.items()
    )
    reference = f'<we:reference id="{STORE_ID}" version="1.0.0.0" store="en-GB" storeType="OMEX"/>'
    again = f'<we:reference id="{STORE_ID}" version="1.0.0.0" store="{STORE_ID}" storeType="OMEX"/>'
    return (
        f'{_HEAD}<we:webextension xmlns:we="{_SPACE}/webextension/2010/11" id="{EXTENSION_ID}">{reference}'
        f"<we:alternateReferences>{again}</we:alternateReferences><we:properties>{properties}</we:properties>"
        "<we:bindings/></we:webextension>"
    )
