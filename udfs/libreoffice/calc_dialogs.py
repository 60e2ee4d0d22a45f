"""LibreOffice's dialogs: a folder, a file, a place to save, a line of text. A cancelled one gives None."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import unohelper

OPEN_ONE, SAVE_AS = 0, 10  # com.sun.star.ui.dialogs.TemplateDescription
CHOSEN = 1
PUSH_OK, PUSH_CANCEL = 1, 2
WIDTH, LINE = 220, 14


class CalcDialogs:
    """The dialogs of one window."""

    def __init__(self, context: Any, frame: Any) -> None:
        self.context = context
        self.frame = frame

    def folder(self, title: str, start: str) -> Optional[str]:
        """A folder that exists."""
        picker = self._service("com.sun.star.ui.dialogs.FolderPicker")
        picker.setTitle(title)
        if start:
            picker.setDisplayDirectory(unohelper.systemPathToFileUrl(start))
        if picker.execute() != CHOSEN:
            return None
        return str(unohelper.fileUrlToSystemPath(picker.getDirectory()))

    def file(self, title: str, endings: Sequence[str], start: str) -> Optional[str]:
        """A file that exists, of one of these kinds."""
        picker = self._file_picker(title, OPEN_ONE)
        picker.appendFilter(", ".join(endings), ";".join("*" + ending for ending in endings))
        if start:
            picker.setDisplayDirectory(unohelper.systemPathToFileUrl(start))
        return self._chosen(picker)

    def save(self, title: str, suggested: str) -> Optional[str]:
        """Where an .xlsx goes; the dialog itself asks before one is written over."""
        picker = self._file_picker(title, SAVE_AS)
        picker.appendFilter("Excel 2007-365 (.xlsx)", "*.xlsx")
        picker.setDisplayDirectory(unohelper.systemPathToFileUrl(str(Path(suggested).parent)))
        picker.setDefaultName(Path(suggested).name)
        path = self._chosen(picker)
        return path if path is None or path.lower().endswith(".xlsx") else path + ".xlsx"

    def text(self, title: str, suggested: str) -> Optional[str]:
        """A line of text."""
        model = self._service("com.sun.star.awt.UnoControlDialogModel")
        model.Title, model.Width, model.Height = "KPI", WIDTH, 6 * LINE
        half = WIDTH // 2 - LINE
        cancel = {"Label": "Cancel", "PushButtonType": PUSH_CANCEL}
        controls = (
            ("FixedText", "label", (LINE // 2, LINE // 2, WIDTH - LINE, LINE), {"Label": title}),
            ("Edit", "line", (LINE // 2, 2 * LINE, WIDTH - LINE, LINE), {"Text": suggested}),
            ("Button", "ok", (LINE // 2, 4 * LINE, half, LINE), {"Label": "OK", "PushButtonType": PUSH_OK}),
            ("Button", "cancel", (half + LINE, 4 * LINE, half, LINE), cancel),
        )
        for kind, name, box, properties in controls:
            self._control(model, kind, name, box, properties)
        model.getByName("ok").DefaultButton = True
        dialog = self._service("com.sun.star.awt.UnoControlDialog")
        dialog.setModel(model)
        dialog.createPeer(self._service("com.sun.star.awt.Toolkit"), self.frame.ContainerWindow)
        try:
            return str(dialog.getControl("line").getText()) if dialog.execute() == CHOSEN else None
        finally:
            dialog.dispose()

    def _control(self, model: Any, kind: str, name: str, box: Sequence[int], properties: Mapping[str, Any]) -> None:
        control = model.createInstance("com.sun.star.awt.UnoControl%sModel" % kind)
        control.PositionX, control.PositionY, control.Width, control.Height = box
        for key, value in properties.items():
            setattr(control, key, value)
        model.insertByName(name, control)

    def _file_picker(self, title: str, template: int) -> Any:
        services = self.context.ServiceManager
        name = "com.sun.star.ui.dialogs.FilePicker"
        picker = services.createInstanceWithArgumentsAndContext(name, (template,), self.context)
        picker.setTitle(title)
        return picker

    def _chosen(self, picker: Any) -> Optional[str]:
        if picker.execute() != CHOSEN:
            return None
        return str(unohelper.fileUrlToSystemPath(picker.getSelectedFiles()[0]))

    def _service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)
