"""Where LibreOffice and its Python bridge are found, and the settings a judging office starts with."""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from xlkpi.writing.libreoffice.process import NEVER_UPDATED, find_office

if TYPE_CHECKING:
    from collections.abc import Iterable

SYSTEM_UNO = "/usr/lib/python3/dist-packages"

# (registry path, property, value): recalculate every file on load, stay quiet, never autosave or recover, and
# leave what is typed as it was typed; without the side bar (10336), which is laid out again after each entry.
SETTINGS = (
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "0"),
    ("/org.openoffice.Office.Calc/Input", "AutoInput", "false"),
    ("/org.openoffice.Office.Common/AutoCorrect", "UseReplacementTable", "false"),
    ("/org.openoffice.Office.Common/AutoCorrect", "TwoCapitalsAtStart", "false"),
    ("/org.openoffice.Office.Common/AutoCorrect", "CapitalAtStartSentence", "false"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Views/Windows/org.openoffice.Office.Views:WindowType['scalc/10336']", "Visible", "false"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-GB"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", NEVER_UPDATED),
)

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)


class MissingTool(RuntimeError):
    """A program the judge needs is not on this machine; the text says what to install."""


def find_soffice() -> str:
    """The path of soffice, as the product finds it."""
    office = find_office()
    if not office:
        raise MissingTool("soffice is not on this machine; install LibreOffice Calc (docs/developing.md)")
    return office


def own_path() -> str:
    """The PATH of an office started from a menu: its own folder first.

    The Python inside LibreOffice takes the library of the first `python3` on the PATH. A test run begun by pyenv
    has another Python's there, and every extension written in Python then ends in std::bad_alloc.
    """
    return os.pathsep.join((str(Path(find_soffice()).parent), os.environ.get("PATH", "")))


def _uno_folders() -> Iterable[str]:
    yield os.environ.get("XLKPI_UNO", "")
    yield SYSTEM_UNO
    program = Path(find_soffice()).resolve().parent
    yield str(program)
    yield str(program.parent / "Resources")


def import_uno() -> Any:
    """LibreOffice's bridge; a virtual environment borrows it without keeping dist-packages on the path.

    It puts itself in the way of every import, to serve `from com.sun.star… import`. That would slow all other tests,
    so it is taken out of the way again: ask it for such names by `getClass`, `getConstantByName` and `Enum`.
    """
    plain_import = builtins.__import__
    for folder in ("", *_uno_folders()):
        if folder and not (Path(folder) / "uno.py").is_file():
            continue
        sys.path.append(folder)
        try:
            import uno
            import unohelper  # noqa: F401  # later imports need it, when the folder is off the path again
        except ImportError:
            sys.modules.pop("uno", None)
        else:
            return uno
        finally:
            builtins.__import__ = plain_import
            sys.path.remove(folder)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise MissingTool(
        f"Python {version} cannot load LibreOffice's bridge; install python3-uno and run the tests with the "
        "system's own python3 (docs/developing.md)"
    )


def write_profile(folder: Path, settings: Iterable[tuple[str, str, str]] = SETTINGS) -> None:
    """A fresh user profile that carries `settings`, for `-env:UserInstallation`."""
    items = "".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{escape(name)}" oor:op="fuse">'
        f"<value>{escape(value)}</value></prop></item>\n"
        for path, name, value in settings
    )
    user = folder / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(f"{_HEAD}{items}</oor:items>\n", encoding="utf-8")
