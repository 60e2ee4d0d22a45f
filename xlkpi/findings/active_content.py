"""What acts by itself in a return, or reaches out of the file."""

from __future__ import annotations

from xlkpi.findings.severity import QUERY, Message

MACROS: Message = (
    QUERY,
    "This workbook contains macros that are not ours. Do not enable them; find out who added them, or copy your"
    " figures into the workbook we sent.",
)
OUTSIDE_LINK: Message = (
    QUERY,
    "This workbook has links out of the file, to {found}. Remove them, or copy your figures into the workbook we sent.",
)
EMBEDDED: Message = (
    QUERY,
    "{sheets}: there is an embedded object, control or add-in. Delete it, or copy your figures into the workbook we"
    " sent.",
)
OUTSIDE_FORMULA: Message = (
    QUERY,
    "{sheet}: the formula in {cells} reaches out of the file, {found}. Type the text or the figure itself.",
)
