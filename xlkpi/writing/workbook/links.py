"""Where cells lead: the hyperlinks of one sheet and, for files, its relationships."""

from __future__ import annotations

import re
from functools import lru_cache

from xlkpi.plain_text import make_visible
from xlkpi.writing.workbook.shared_strings import quoted_attribute
from xlkpi.writing.workbook.workbook_plan import Link

MOST_LINKS = 65_530  # with more, Excel calls the file damaged
LONGEST_TARGET = 2_079
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_UNSAFE = re.compile(r"""[\x00-\x20"#%:<>?\[\\\]^`{|}\x7f]""")
_DRIVE = re.compile("[A-Za-z]:")


class Links:
    """The hyperlinks of one sheet, in the order they were added."""

    def __init__(self) -> None:
        """Begin without a link."""
        self._links: list[str] = []
        self._targets: dict[str, int] = {}

    def add(self, ref: str, link: Link) -> None:
        """Let a cell lead somewhere; an empty text, or one more than a sheet can have, leads nowhere."""
        if not link.text or len(self._links) >= MOST_LINKS:
            return
        target = target_of(link.file)
        if len(target) > LONGEST_TARGET or not (target or link.place) or (link.file and not target):
            return
        relation = f' r:id="to{self._targets.setdefault(target, len(self._targets) + 1)}"' if target else ""
        place = f' location="{quoted_attribute(link.place)}"' if link.place else ""
        self._links.append(f'<hyperlink ref="{ref}"{relation}{place}/>')

    def element(self) -> str:
        """The element for the sheet's XML; nothing where there are no links."""
        return f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else ""

    def relationships(self) -> str:
        """What the sheet's relationships must contain: one for each file, however many cells lead to it."""
        return "".join(
            f'<Relationship Id="to{number}" Type="{_TYPE}" Target="{quoted_attribute(target)}" TargetMode="External"/>'
            for target, number in self._targets.items()
        )


@lru_cache(maxsize=1_000)  # of a name's length; the findings of a return lead to one file
def target_of(file: str) -> str:
    """A path from the workbook's folder as the address in a relationship; letters of any script stay.

    Empty where no link may be: to a drive, a server or the root of a disk, and to a name with signs that act. A colon
    is escaped, so that a file called ``mailto:x`` stays a file.
    """
    if _DRIVE.match(file) or file.startswith(("/", "\\")) or make_visible(file) != file:
        return ""
    return _escaped(file)


def _escaped(path: str) -> str:
    return _UNSAFE.sub(lambda match: f"%{ord(match.group()):02X}", path)
