"""The workbook part: which sheets there are, adding one, and which one shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.ooxml.limits import LONGEST_SHEET_NAME
from xlkpi.ooxml.package import relationships_part
from xlkpi.ooxml.workbook_part import read_workbook
from xlkpi.writing.marked_copy import edit_xml
from xlkpi.writing.marked_copy.edit_package import EditablePackage, NotAWorkbookError
from xlkpi.writing.marked_copy.mark_styles import empty_stylesheet

_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
    "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_ID_LIMIT = 0xFFFE


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the workbook: `kind` is "worksheet", "chartsheet" …; `part` is where its XML is."""

    name: str
    kind: str
    part: str
    visible: bool


class MarkedWorkbook:
    """The workbook part of a package."""

    def __init__(self, package: EditablePackage) -> None:
        """Find the workbook part through the package's relationships.

        Raises:
            NotAWorkbookError: there is none, or it is a binary workbook.
        """
        self._package = package
        workbooks = (item for item in package.relationships("") if item.kind == "officeDocument")
        self.part = next((item.target for item in workbooks), "")
        if not package.has(self.part) or self.part.lower().endswith(".bin"):
            raise NotAWorkbookError("it contains no .xlsx or .xlsm workbook")
        self.root = package.edit(self.part)
        self._listed = read_workbook(package.read(self.part)).sheets
        sheets = edit_xml.child(self.root, "sheets")
        if sheets is None:
            raise NotAWorkbookError("it lists no sheets")
        self._sheets = sheets
        self._relations = {item.id: item for item in package.relationships(self.part)}

    def entries(self) -> list[SheetPart]:
        """The sheets in tab order; those whose part is missing are left out."""
        parts = []
        for sheet in self._listed:
            relation = self._relations.get(sheet.relation)
            if relation is not None and self._package.has(relation.target):
                parts.append(SheetPart(sheet.name, relation.kind, relation.target, sheet.state == "visible"))
        return parts

    def free_sheet_name(self, wanted: str) -> str:
        """`wanted`, or `wanted (2)` and so on when a sheet has that name (letter case apart)."""
        taken = {item.get("name", "").casefold() for item in edit_xml.children(self._sheets, "sheet")}
        name, count = wanted[:LONGEST_SHEET_NAME], 1
        while name.casefold() in taken:
            count += 1
            tail = f" ({count})"
            name = wanted[: LONGEST_SHEET_NAME - len(tail)] + tail
        return name

    def stylesheet(self) -> edit_xml.Element:
        """The root of the style part, made when the workbook has none."""
        part = self._related("styles")
        if part is None:
            usual = f"{self._folder()}styles.xml"  # openpyxl looks nowhere else
            taken = self._package.has(usual)
            part = self._package.free_name(f"{self._folder()}styles{{}}.xml") if taken else usual
            empty = empty_stylesheet(edit_xml.namespace(self.root))
            self._package.insert(part, empty, f"{_TYPE}styles+xml")
            self._package.relate(self.part, f"{self._relation_base()}/styles", part)
        return self._package.edit(part)

    def views(self) -> int:
        """How many windows the workbook has; at least one is made."""
        views = edit_xml.ensure(self.root, "bookViews", _ORDER)
        if edit_xml.child(views, "workbookView") is None:
            edit_xml.add(views, "workbookView")
        return sum(1 for _ in edit_xml.children(views, "workbookView"))

    def append(self, name: str, root: edit_xml.Element, titles: str, table: str) -> None:
        """Put a sheet last and let every window open on it.

        Args:
            name: the sheet's name, free.
            root: its XML.
            titles: the rows to repeat in print, `"$5:$5"`.
            table: the filtered range, `"$A$5:$F$9"`.
        """
        index = sum(1 for _ in edit_xml.children(self._sheets, "sheet"))
        part = self._package.free_name(f"{self._folder()}worksheets/sheet{{}}.xml")
        self._package.insert(part, root, f"{_TYPE}worksheet+xml")
        relation = self._package.relate(self.part, f"{self._relation_base()}/worksheet", part)
        entry = edit_xml.add(self._sheets, "sheet", name=name, sheetId=str(self._free_id()))
        entry.set(self._id_attribute(), relation)
        for view in edit_xml.children(edit_xml.child(self.root, "bookViews"), "workbookView"):
            view.set("activeTab", str(index))
        self._define("_xlnm._FilterDatabase", index, f"{quoted_sheet(name)}!{table}", hidden=True)
        self._define("_xlnm.Print_Titles", index, f"{quoted_sheet(name)}!{titles}", hidden=False)

    def unselect(self, entries: Iterable[SheetPart]) -> None:
        """Unselect the tab of every sheet: two selected tabs would be edited together."""
        for entry in entries:
            data = self._package.read(entry.part)
            # A part that cannot contain the word need not be parsed (and stays as it is, byte for byte).
            if b"tabSelected" not in data and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
                continue
            views = edit_xml.child(self._package.edit(entry.part), "sheetViews")
            for view in edit_xml.children(views, "sheetView"):
                view.attrib.pop("tabSelected", "")

    def recalculate_on_load(self) -> None:
        """Let the program that opens the copy calculate every formula."""
        edit_xml.ensure(self.root, "calcPr", _ORDER).set("fullCalcOnLoad", "1")

    def unrelate(self, relation: str) -> None:
        """Remove a relationship of the workbook part."""
        rels = self._package.edit(relationships_part(self.part))
        for item in list(edit_xml.elements(rels)):
            if item.get("Id") == relation:
                rels.remove(item)

    def _free_id(self) -> int:
        """One more than the highest sheet id; when that is at its limit, the lowest free one."""
        used = {edit_xml.number(item.get("sheetId"), 0) for item in edit_xml.children(self._sheets, "sheet")}
        after = max(used, default=0) + 1
        return after if after <= _ID_LIMIT else min(set(range(1, len(used) + 2)) - used)

    def _define(self, name: str, sheet: int, target: str, *, hidden: bool) -> None:
        names = edit_xml.ensure(self.root, "definedNames", _ORDER)
        defined = edit_xml.add(names, "definedName", name=name, localSheetId=str(sheet))
        if hidden:
            defined.set("hidden", "1")
        defined.text = target

    def _related(self, kind: str) -> str | None:
        targets = (item.target for item in self._relations.values() if item.kind == kind)
        return next((target for target in targets if self._package.has(target)), None)

    def _folder(self) -> str:
        folder = self.part.rpartition("/")[0]
        return f"{folder}/" if folder else ""

    def _relation_base(self) -> str:
        """What the types of this workbook's relationships begin with (Strict or Transitional)."""
        kinds = (item.type for item in self._relations.values() if item.kind.endswith("sheet"))
        first = next(kinds, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/x")
        return first.rpartition("/")[0]

    def _id_attribute(self) -> str:
        """The name of `r:id` in this workbook's own spelling of the namespace."""
        for item in edit_xml.children(self._sheets, "sheet"):
            for name in map(str, item.attrib):
                if name.endswith("/relationships}id"):
                    return name
        return "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
