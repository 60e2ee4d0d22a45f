"""Render the descriptive parts of the LibreOffice extension from the function table and the macro table.

Documents and LibreOffice's own registry contain the service, interface and method names: never rename one. The
types are given as IDL *text*, which LibreOffice reads itself, so that no compiler is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from xlkpi.hosts.functions import FUNCTIONS, Argument, Function
from xlkpi.hosts.macros import Macro

IDENTIFIER = "org.xlkpi.calc"
INTERFACE = "XKpiFunctions"
FUNCTION_SERVICE = f"{IDENTIFIER}.KpiFunctions"
MENU_SERVICE = f"{IDENTIFIER}.Menu"
LEAST_OFFICE = "25.2"

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
CONFIGURATION = "application/vnd.sun.star.configuration-data"
COUNTS = frozenset(("x", "y", "submitted", "disputed", "late"))
BLANK_HINT = " A single cell that may be blank: write B9:B9, since B9 alone would count as 0."


def method(function: Function) -> str:
    """Name the method behind a function: ``kpirag`` for KPI_RAG."""
    return function.name.lower().replace("_", "")


def idl() -> str:
    """Describe the interface: an argument may be a value, a range or left out; an answer is a value or a block."""
    modules = IDENTIFIER.split(".")
    opened = "".join(f"module {name} {{ " for name in modules)
    methods = (
        f"    any {method(function)}({', '.join(f'[in] any {a.name}' for a in function.arguments)});\n"
        for function in FUNCTIONS
    )
    return f"{opened}\ninterface {INTERFACE}\n{{\n{''.join(methods)}}};\n{'}; ' * len(modules)}\n"


def calc_add_ins() -> str:
    """Give names and help for the function wizard; .xlsx files contain the compatibility name."""
    functions = "".join(map(_function, FUNCTIONS))
    service = _node(FUNCTION_SERVICE, f'<node oor:name="AddInFunctions">\n{functions}</node>\n')
    return _component_data("CalcAddIns", f'<node oor:name="AddInInfo">\n{service}</node>\n')


def _function(function: Function) -> str:
    arguments = "".join(_argument(argument) for argument in function.arguments)
    inside = (
        _property("DisplayName", function.name, "en"),
        _property("Description", function.help, "en"),
        _property("Category", "Add-In"),
        _property("CompatibilityName", function.name, "en-US"),
        f'<node oor:name="Parameters">\n{arguments}</node>\n',
    )
    return _node(method(function), "".join(inside))


def _argument(argument: Argument) -> str:
    description = argument.help + (BLANK_HINT if argument.name in COUNTS else "")
    return _node(
        argument.name, _property("DisplayName", argument.name, "en") + _property("Description", description, "en")
    )


def menu(macros: Sequence[Macro]) -> str:
    """Describe the menu *KPI* in the menu bar of Calc."""
    entries = "".join(
        _node(
            f"m{number:02}",
            _property("URL", f"{IDENTIFIER}:{macro.id}", kind="string")
            + _property("Title", macro.label, "en", kind="string")
            + _property("Target", "_self", kind="string"),
        )
        for number, macro in enumerate(macros, start=1)
    )
    bar = _node(
        f"{IDENTIFIER}.menu",
        _property("Title", "KPI", "en", kind="string")
        + _property("Context", "com.sun.star.sheet.SpreadsheetDocument", kind="string")
        + f'<node oor:name="Submenu">\n{entries}</node>\n',
    )
    inside = f'<node oor:name="AddonUI">\n<node oor:name="OfficeMenuBar">\n{bar}</node>\n</node>\n'
    return _component_data("Addons", inside)


def protocol_handler() -> str:
    """Say which service answers the menu's commands."""
    handler = _node(
        f"{MENU_SERVICE}.impl",
        f'<prop oor:name="Protocols" oor:type="oor:string-list"><value>{IDENTIFIER}:*</value></prop>\n',
    )
    return _component_data("ProtocolHandler", f'<node oor:name="HandlerSet">\n{handler}</node>\n')


def components() -> str:
    """Say which Python file implements which service."""
    services = (
        ("xlkpi_functions.py", f"{FUNCTION_SERVICE}.impl", FUNCTION_SERVICE),
        ("xlkpi_menu.py", f"{MENU_SERVICE}.impl", "com.sun.star.frame.ProtocolHandler"),
    )
    listed = "".join(
        f'  <component loader="com.sun.star.loader.Python" uri="{file}">\n'
        f'    <implementation name="{implementation}"><service name="{service}"/></implementation>\n'
        "  </component>\n"
        for file, implementation, service in services
    )
    return f'{HEADER}<components xmlns="http://openoffice.org/2010/uno-components">\n{listed}</components>\n'


def description(version: str) -> str:
    """Describe the extension, with the oldest LibreOffice that binds the names in .xlsx files."""
    return (
        f"{HEADER}"
        '<description xmlns="http://openoffice.org/extensions/description/2006"'
        ' xmlns:dep="http://openoffice.org/extensions/description/2006"'
        ' xmlns:lo="http://libreoffice.org/extensions/description/2011"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'  <identifier value="{IDENTIFIER}"/>\n  <version value="{escape(version)}"/>\n  <platform value="all"/>\n'
        f'  <dependencies><lo:LibreOffice-minimal-version value="{LEAST_OFFICE}"'
        f' dep:name="LibreOffice {LEAST_OFFICE}"/></dependencies>\n'
        '  <display-name><name lang="en">xlkpi: KPI functions and menu</name></display-name>\n'
        '  <extension-description><src xlink:href="description.txt" lang="en"/></extension-description>\n'
        "</description>\n"
    )


def manifest() -> str:
    """List what LibreOffice registers, in an order in which each part finds what it needs."""
    parts = (
        (f"types/{INTERFACE}.idl", "application/vnd.sun.star.uno-typelibrary;type=RDB"),
        ("xlkpi.components", "application/vnd.sun.star.uno-components"),
        ("CalcAddIns.xcu", CONFIGURATION),
        ("ProtocolHandler.xcu", CONFIGURATION),
        ("Addons.xcu", CONFIGURATION),
    )
    entries = "".join(
        f' <manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>\n' for path, kind in parts
    )
    return (
        f'{HEADER}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}'
        "</manifest:manifest>\n"
    )


def _component_data(name: str, inside: str) -> str:
    return (
        f'{HEADER}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' oor:name="{name}" oor:package="org.openoffice.Office">\n{inside}</oor:component-data>\n'
    )


def _node(name: str, inside: str) -> str:
    return f'<node oor:name={quoteattr(name)} oor:op="replace">\n{inside}</node>\n'


def _property(name: str, text: str, language: str = "", *, kind: str = "") -> str:
    lang = f' xml:lang="{language}"' if language else ""
    typed = f' oor:type="xs:{kind}"' if kind else ""
    return f'<prop oor:name="{name}"{typed}><value{lang}>{escape(text)}</value></prop>\n'


def all_parts(version: str, macros: Sequence[Macro]) -> Iterator[tuple[str, str]]:
    """Give every descriptive part by its path in the extension."""
    parts: Iterable[tuple[str, str]] = (
        ("META-INF/manifest.xml", manifest()),
        ("description.xml", description(version)),
        ("CalcAddIns.xcu", calc_add_ins()),
        ("Addons.xcu", menu(macros)),
        ("ProtocolHandler.xcu", protocol_handler()),
        ("xlkpi.components", components()),
        (f"types/{INTERFACE}.idl", idl()),
    )
    yield from parts
