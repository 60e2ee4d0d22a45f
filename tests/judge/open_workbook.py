"""A workbook as LibreOffice has it open: cells read and written, typed into, recalculated and saved."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.judge.inside_office import cell_rules, names
from tests.judge.shown_fills import shown_fills

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.judge.libreoffice import Office

Value = float | str | None
Place = tuple[str | int, str]
POSITION_AND_SIZE = 15
PLACE = re.compile(r"\$(?:'((?:[^']|'')+)'|(\w+))\.(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")

# LibreOffice's enumerations in their order: its Basic gives a number for each.
KINDS = ("ANY", "WHOLE", "DECIMAL", "DATE", "TIME", "TEXT_LEN", "LIST", "CUSTOM")
OPERATORS = (
    *("NONE", "EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL", "BETWEEN", "NOT_BETWEEN"),
    "FORMULA",
)
ALERTS = ("STOP", "WARNING", "INFO", "MACRO")

# LibreOffice's numbers for what Excel writes as an error value.
ERRORS = {532: "#DIV/0!", 32767: "#N/A", 519: "#VALUE!", 525: "#NAME?", 524: "#REF!", 503: "#NUM!"}


@dataclass(frozen=True)
class Validation:
    """What one cell accepts; kind and operator in LibreOffice's words (`WHOLE`, `LIST`, `BETWEEN`…)."""

    kind: str
    operator: str
    formula1: str
    formula2: str
    alert: str  # STOP, WARNING, INFO; "" when nothing is shown
    title: str
    message: str
    prompt_title: str
    prompt: str
    ignores_blank: bool


class Book:
    """An open workbook. `sheet` is a name or a number from 0, `cell` is "F7", `cells` is "F7:G9"."""

    def __init__(self, office: Office, document: Any) -> None:
        self.office = office
        self.document = document
        self._window: Any = None  # these three, once something was typed: each new proxy costs a dozen calls
        self._controller: Any = None
        self._grid: Any = None  # where keys are typed
        self._sheets: dict[str, Any] = {}
        self._names: dict[str, str] = {}

    # --- where things stand ---

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The sheets in order, hidden ones too."""
        return tuple(self.document.Sheets.ElementNames)

    def sheet(self, sheet: str | int) -> Any:
        """LibreOffice's own sheet object."""
        if isinstance(sheet, int):
            return self.document.Sheets.getByIndex(sheet)
        if sheet not in self._sheets:
            self._sheets[sheet] = self.document.Sheets.getByName(sheet)
        return self._sheets[sheet]

    def cell(self, sheet: str | int, cell: str) -> Any:
        """LibreOffice's own cell or range object."""
        return self.sheet(sheet).getCellRangeByName(cell)

    def named(self, name: str) -> tuple[str, str]:
        """The sheet and cell a defined name points to, as first asked: `book.get(*book.named("KPI_S1.x"))`."""
        if not self._names:
            self._names = names(self)
        place = PLACE.fullmatch(self._names.get(name, ""))
        if not place:
            raise LookupError(f"{name} points to no cell")
        quoted, plain, cell = place.groups()
        return (quoted or plain).replace("''", "'"), cell.replace("$", "")

    # --- values ---

    def get(self, sheet: str | int, cell: str) -> Value:
        """The value shown: a number, text, an error value as "#N/A", or None for an empty cell."""
        cell_value = self.cell(sheet, cell)
        value = cell_value.getDataArray()[0][0]
        if value is None:
            problem = cell_value.getError()
            return ERRORS.get(problem, f"Err:{problem}")
        return None if value == "" and cell_value.Type.value == "EMPTY" else value

    def values(self, sheet: str | int, cells: str) -> tuple[tuple[float | str, ...], ...]:
        """A block of values row by row in one call; empty cells are ""."""
        return tuple(tuple(row) for row in self.cell(sheet, cells).getDataArray())

    def text(self, sheet: str | int, cell: str) -> str:
        """The cell as a person sees it, number format applied."""
        return str(self.cell(sheet, cell).String)

    def formula(self, sheet: str | int, cell: str) -> str:
        """The formula in LibreOffice's grammar, or the plain content."""
        return str(self.cell(sheet, cell).Formula)

    def set(self, sheet: str | int, cell: str, value: Value) -> None:
        """Write a value past validation and protection; "=…" is a formula, None empties the cell."""
        cell_value = self.cell(sheet, cell)
        if isinstance(value, str) and not value.startswith("="):
            cell_value.String = value
        elif isinstance(value, (int, float)):
            cell_value.Value = value
        else:
            cell_value.Formula = value or ""

    def fill_down(self, sheet: str | int, cells: str) -> None:
        """Pull the first row of a block down over the others, as a person does."""
        down = self.office.uno.Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM")
        self.cell(sheet, cells).fillAuto(down, 1)

    def type_text(self, sheet: str | int, cell: str, text: str) -> None:
        """Type `text` and press Enter, as a person does: a locked cell or a rejected entry stays as it was.

        Real key strokes; writing through the interface would pass by protection and validation. Whatever the
        office then asks is cancelled, so an entry that a warning asks about is not taken.
        """
        if self._window is None:
            self._controller = self.document.CurrentController
            self._window = self._controller.Frame.ContainerWindow
        self._window.setVisible(True)
        self._window.toFront()
        self._window.setFocus()
        self._controller.select(self.cell(sheet, cell))
        if self._grid is None:  # kept, since a box about a protected cell stays in front of a headless office
            self._controller.Frame.LayoutManager.setVisible(False)  # menus and tool bars, which follow each entry
            self._window.setPosSize(0, 0, 20, 10, POSITION_AND_SIZE)  # drawing a large one costs more than the entry
            screen = self.office.service("com.sun.star.ui.test.UITest")
            self._grid = screen.getTopFocusWindow().getChild("grid_window")
            self.document.lockControllers()  # nor draw that
        for keys in ({"TEXT": text}, {"KEYCODE": "RETURN"}):
            self._grid.executeAction("TYPE", self.office.properties(**keys))

    def dispatch(self, command: str, **arguments: Any) -> Any:
        """Run a menu command on the office's main thread."""
        dispatcher = self.office.service("com.sun.star.frame.DispatchHelper")
        frame = self.document.CurrentController.Frame
        given = self.office.properties(**arguments)
        return self.office.on_main(lambda: dispatcher.executeDispatch(frame, command, "", 0, given))

    def recalc(self) -> None:
        """Recalculate every formula."""
        self.document.calculateAll()

    # --- rules and looks ---

    def validation(self, sheet: str | int, cell: str) -> Validation | None:
        """The rule on what may be typed into one cell, or None where there is none and no tip either."""
        return self.validations([(sheet, cell)])[sheet, cell]

    def validations(self, places: Iterable[Place]) -> dict[Place, Validation | None]:
        """The rule on each of some cells, one call for each sheet: asked for one by one, each costs a dozen."""
        cells: dict[str | int, list[str]] = {}
        for sheet, cell in places:
            cells.setdefault(sheet, []).append(cell)
        rules = {
            (sheet, cell): _as_validation(*rule)
            for sheet, refs in cells.items()
            for cell, rule in zip(refs, cell_rules(self, sheet, refs), strict=True)
        }
        return {place: rule if rule.kind != "ANY" or rule.prompt else None for place, rule in rules.items()}

    def locked(self, sheet: str | int, cell: str) -> bool:
        """True when the cell cannot be changed: it is locked and its sheet is protected."""
        return bool(self.cell(sheet, cell).CellProtection.IsLocked and self.sheet(sheet).isProtected())

    def fill(self, sheet: str | int, cell: str) -> str | None:
        """The cell's own fill as "FFD9D9", without conditional formats; None when it has none."""
        colour = self.cell(sheet, cell).CellBackColor
        return None if colour < 0 else f"{colour:06X}"

    def shown_fill(self, sheet: str | int, cell: str) -> str | None:
        """The fill a person sees, conditional formats applied; None for none, and for a hidden cell.

        Costs one HTML export of the workbook; for many cells use `shown_fills(book, sheet)` once.
        """
        return shown_fills(self, sheet).get(cell)

    # --- the file ---

    def save(self, path: Path | str, file_filter: str = "Calc MS Excel 2007 XML", **options: Any) -> Path:
        """Store a copy with one of LibreOffice's filters (.xlsx unless told); returns its path."""
        given = self.office.properties(FilterName=file_filter, **options)
        self.document.storeToURL(Path(path).absolute().as_uri(), given)
        return Path(path)

    def close(self) -> None:
        """Close without saving; closing twice, or after the office ended, does no harm."""
        with contextlib.suppress(Exception):
            self.document.close(True)


def _as_validation(kind: str, operator: str, alert: str, alerts: str, ignores: str, *texts: str) -> Validation:
    shown = ALERTS[int(alert)] if alerts == "True" else ""
    formula1, formula2, *words = texts
    return Validation(KINDS[int(kind)], OPERATORS[int(operator)], formula1, formula2, shown, *words, ignores == "True")
