"""Find letters that Visual Basic cannot read in a path: those that the system's code page for older programs lacks.

Visual Basic's Environ and Open, the loading of xlwings' library and the start of its server all turn a path into that
code page first, and a letter that is not in it becomes another one or a question mark. So on an English computer
nothing works below the folder of a user called Łukasz, and Excel does not say why.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlkpi.installer.paths import InstallPaths
    from xlkpi.installer.system import OperatingSystem

CODE_PAGES = r"HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage"
OTHER_LETTERS = (
    "Excel's Visual Basic cannot read the folder {0}: code page {1} of this Windows lacks the letters {2}. Use "
    "LibreOffice, where any name works, or ask IT for a user name without these letters, or for a system locale with "
    "them."
)


def letters_outside(text: str, code_page: str) -> str:
    """Give the letters that a code page ("1252") lacks, each once; "" too for a code page that is not known."""
    try:
        codec = codecs.lookup(f"cp{code_page}")
    except LookupError:
        return ""
    return "".join(dict.fromkeys(letter for letter in text if not _is_in(letter, codec)))


def _is_in(letter: str, codec: codecs.CodecInfo) -> bool:
    try:
        codec.encode(letter)
    except UnicodeEncodeError:
        return False
    return True


def unreadable_folder(machine: OperatingSystem, paths: InstallPaths) -> str:
    """Say why Visual Basic cannot read our files, and what to do; "" where it can."""
    code_page = machine.registry(CODE_PAGES, "ACP")
    for folder in (paths.conf.parent, paths.data):
        letters = letters_outside(str(folder), code_page)
        if letters:
            return OTHER_LETTERS.format(folder, code_page, ", ".join(letters))
    return ""
