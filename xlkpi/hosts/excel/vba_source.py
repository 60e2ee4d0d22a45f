"""Render Visual Basic from the two tables: functions, macros, and the help of Excel's wizard.

``python -m xlkpi.hosts.excel.vba_source`` writes udfs/excel/return/KpiFunctions.bas again, which goes into every return
with functions; the texts of the add-in are made when the add-in is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlkpi.hosts.excel import NAME
from xlkpi.hosts.functions import FUNCTIONS, Function
from xlkpi.hosts.macros import MACROS, Macro
from xlkpi.writing.vba.udf_sources import udfs_folder

MODULE = "xlkpi.hosts.excel.server"
"""The one module that Excel's functions are bound to."""
ADD_IN = "xlkpi.xlam"
CATEGORY = "KPI"
LONGEST_HELP = 255

_WRAPPER = """\
Function {name}({signature})
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        {name} = XLPy.CallUDF("{module}", "{name}", Array({arguments}), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        {name} = XLPy.CallUDF("{module}", "{name}", Array({arguments}))
        Exit Function
    #End If
failed:
    {name} = {answer}
End Function

"""
XLWINGS_ANSWER = "Err.Description"
"""What a cell shows where a function fails, in xlwings' own text: a traceback in place of a result."""

_IN_A_RETURN = """\
Public Function {name}({signature})
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
{calls}    Exit Function
failed:
    {name} = CVErr(xlErrValue)
End Function
"""


def addin_functions(functions: Iterable[Function] = FUNCTIONS, *, answer: str = "") -> str:
    """Render the wrappers of the add-in: the text xlwings' own *Import Functions* writes, in its order.

    One thing differs: a function that fails gives #VALUE! and a line in the log, not the text of the failure, which a
    formula would use as a result. ``answer`` puts another expression in its place.
    """
    lines = ['Attribute VB_Name = "xlwings_udfs"\n', '#Const App = "Microsoft Excel"\n']
    for function in sorted(functions, key=lambda f: f.name):
        signature, arguments = _signature(function), ", ".join(a.name for a in function.arguments)
        on_failure = answer or f'NoAnswer("{function.name}", Err.Description)'
        lines.append(
            _WRAPPER.format(
                name=function.name, signature=signature, arguments=arguments, module=MODULE, answer=on_failure
            )
        )
    return "".join(lines)


def return_functions(functions: Iterable[Function] = FUNCTIONS) -> str:
    """Render the wrappers inside a return: each passes its cells to the function of the same name in the add-in."""
    head = (
        'Attribute VB_Name = "KpiFunctions"\n'
        "Option Explicit\n"
        "' Made by python -m xlkpi.hosts.excel.vba_source from xlkpi/hosts/functions.py: change it there.\n"
        "' Each function asks the KPI add-in, which calculates it. Without the add-in it gives #VALUE!.\n"
    )
    return "\n".join([head, *map(_in_a_return, functions)])


def _in_a_return(function: Function) -> str:
    return _IN_A_RETURN.format(name=function.name, signature=_signature(function), calls=_calls(function))


def _calls(function: Function) -> str:
    """Render the calls with as many arguments as were given: Application.Run passes no missing one on."""
    names = [a.name for a in function.arguments]
    needed = sum(not a.optional for a in function.arguments)
    if needed == len(names) or not all(a.optional for a in function.arguments[needed:]):
        message = f"{function.name}: the last arguments, and no others, may be left out"
        raise ValueError(message)
    lines = []
    for count in range(len(names), needed, -1):
        before = [f'        If IsMissing({name}) Then {name} = ""\n' for name in names[needed : count - 1]]
        start = "If" if count == len(names) else "ElseIf"
        lines.append(
            f"    {start} Not IsMissing({names[count - 1]}) Then\n{''.join(before)}{_run(function, names[:count])}"
        )
    return f"{''.join(lines)}    Else\n{_run(function, names[:needed])}    End If\n"


def _run(function: Function, names: Sequence[str]) -> str:
    name = function.name
    return f'        {name} = Application.Run("\'" & ADD_IN & "\'!{name}", {", ".join(names)})\n'


def addin_help(functions: Iterable[Function] = FUNCTIONS) -> str:
    """Render the help of the function wizard: a macro that the add-in runs once when it has been opened."""
    head = (
        'Attribute VB_Name = "KpiHelp"\n'
        "Option Explicit\n"
        "' The help of each function in the function wizard.\n"
        "\n"
        "Public Sub RegisterHelp()\n"
        "    ' Without it the functions still work, so whatever Excel refuses is left out.\n"
        "    On Error Resume Next\n"
        "    Dim book As String\n"
        '    book = "\'" & ThisWorkbook.Name & "\'!"\n'
    )
    return head + "".join(map(_help_of, functions)) + "End Sub\n"


def _help_of(function: Function) -> str:
    arguments = ", _\n            ".join(basic_text(a.help) for a in function.arguments)
    return (
        f'    Application.MacroOptions Macro:=book & "{function.name}", Category:="{CATEGORY}", _\n'
        f"        Description:={basic_text(function.help)}, _\n"
        f"        ArgumentDescriptions:=Array( _\n            {arguments})\n"
    )


def addin_macros(macros: Iterable[Macro] = MACROS) -> str:
    """Render one procedure per macro, for the ribbon, which passes its control, and for the buttons of a return."""
    head = (
        'Attribute VB_Name = "KpiMacros"\n'
        "Option Explicit\n"
        "' The macros of the tab KPI, as xlkpi/hosts/macros.py has them.\n"
    )
    return head + "".join(
        f'\nPublic Sub {procedure_of(macro)}(Optional control As Object)\n    RunKpi "{macro.id}"\nEnd Sub\n'
        for macro in macros
    )


def procedure_of(macro: Macro) -> str:
    """Name the procedure, as the ribbon and the buttons have it: ``KpiCheck``."""
    return f"Kpi{macro.id.capitalize()}"


def _signature(function: Function) -> str:
    return ", ".join(f"Optional {a.name}" if a.optional else a.name for a in function.arguments)


def basic_text(text: str) -> str:
    """Write a text as Visual Basic does, on every code page: ``"rise (+) or fall (" & ChrW(8722) & ")"``."""
    pieces: list[str] = []
    plain = ""
    for letter in text[:LONGEST_HELP]:
        if letter.isascii() and letter.isprintable():
            plain += '""' if letter == '"' else letter
            continue
        pieces += [f'"{plain}"'] if plain else []
        pieces.append(f"ChrW({ord(letter)})")
        plain = ""
    return " & ".join([*pieces, f'"{plain}"'] if plain or not pieces else pieces)


def main() -> None:
    """Write the text that is committed in the repository."""
    path = udfs_folder() / NAME / "return" / "KpiFunctions.bas"
    path.write_text(return_functions(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
