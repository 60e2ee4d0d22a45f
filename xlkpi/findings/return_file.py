"""Messages about a return file: whether it can be read, what was done to its sheets and rows, what it declares."""

from __future__ import annotations

from xlkpi.findings.severity import MUST, NOTE, QUERY, USE_FRESH_COPY, Message

# The rows and sheets of the workbook.
ROW_UNSURE: Message = (
    MUST,
    "{code}: its figures should be beside its code, but {at} says “{found}”,"
    " so we cannot be sure which figures belong to it. " + USE_FRESH_COPY,
)
ROW_TWICE: Message = (
    MUST,
    "{code} is in two rows ({at} and {near}) with figures that differ, so we cannot be sure which are meant. "
    + USE_FRESH_COPY,
)
CELL_BROUGHT: Message = (
    MUST,
    "{code}: {at} was moved there from the row of {other}, so we cannot be sure which figures belong to {code}. "
    + USE_FRESH_COPY,
)
HEADINGS_LOST: Message = (
    MUST,
    "{sheet} does not have one heading x and one heading y above the figures, so we cannot be sure which figures are"
    " which. " + USE_FRESH_COPY,
)
ROW_LOST: Message = (MUST, "The row for {code} is missing from this file. " + USE_FRESH_COPY)
ROW_MOVED: Message = (
    NOTE,
    "{code} is now in row {row} of {sheet}, not in row {planned}. Its figures were read there.",
)
NAMES_LOST: Message = (
    NOTE,
    "{codes}: the named cells are missing. The figures were read from the rows with these codes.",
)
NAME_ELSEWHERE: Message = (
    QUERY,
    "{codes}: the names of the cells point to {named}, but the headings x, y and “Reason or comment” are above {seen}."
    " What is in {seen} was read: check it, or copy your figures into a fresh copy of the workbook.",
)
CELLS_SWAPPED: Message = (
    NOTE,
    "{codes}: the cells of x and y were moved to each other's place. What is under the headings x and y was read"
    " ({seen}).",
)
SHEET_PROVIDER: Message = (
    MUST,
    "{sheets}: the heading says {found} ({at}), but the workbook was made for {provider}."
    " Copy your own figures into a fresh copy of the workbook.",
)
SHEET_PERIOD: Message = (
    MUST,
    "{sheets}: the heading says {found} ({at}), but the workbook was made for {period}."
    " Copy the figures of {period} into a fresh copy of the workbook.",
)
COPY_DIFFERS: Message = (
    MUST,
    "The sheet {other} also has figures for {codes}, and they differ: {at} on {sheet}, {near} on {other}. {remedy}",
)
COPY_UNREAD: Message = (
    QUERY,
    "The sheet {other} has numbers beside {codes}, and they were not read, as it has no headings x and y. {remedy}",
)
CHECK_COPY = "Check that the figures on {sheet} are those that count, and clear the others."
"""What to do about numbers of which nobody can tell what they are."""
CLEAR_COPY = "Correct them on {sheet}, which was read, and clear them on {other}."
"""What can be done to a second sheet with other figures; where the list of sheets is locked, nobody can delete it."""
LEAVE_COPY = "Copy the figures that are right into a fresh copy of the workbook ({sheet} was read)."
"""What can be done where the second sheet is hidden and nobody can show it."""
SHEET_LOST: Message = (MUST, "The sheet {sheet} is missing. " + USE_FRESH_COPY)
SHEET_RENAMED: Message = (NOTE, "The sheet {planned} is now called {sheet}. Its figures were read there.")
SHEET_HIDDEN: Message = (QUERY, "The sheet {sheet} is hidden. {remedy}")
SHOW_SHEET = "Show it, check its figures, and save again."
"""What can be done to a hidden sheet, unless the list of sheets is locked or a program hid it from the menu too."""
ROW_HIDDEN: Message = (NOTE, "{codes}: hidden, possibly by a filter. The figures were still read.")
COLUMN_HIDDEN: Message = (NOTE, "{sheet}: column {column} is hidden. It was still read.")
PROTECTION_OFF: Message = (
    NOTE,
    "The protection is off on {sheets}. Figures were read by name, and all results were recalculated.",
)
FORMULA_LOST: Message = (NOTE, "{sheet}: the formula is missing from {cells}. Our own results are used.")

# The return as a whole.
DECLARED_BY: Message = (MUST, "Enter the name of the person making the declaration ({at}).")
DECLARED_NOBODY: Message = (QUERY, "The name of the person making the declaration ({at}) says “{found}”. Enter a name.")
DECLARED_ON: Message = (MUST, "Enter the date of the declaration ({at}) as day/month/year.")
DECLARED_ON_TEXT: Message = (MUST, "The date of the declaration ({at}) is “{found}”. Enter it as day/month/year.")
DECLARED_EARLY: Message = (
    QUERY,
    "The figures were declared on {found}, before the period ended on {end}. Check the date.",
)
PROVIDER_CHANGED: Message = (
    MUST,
    "Start here says this is the return of {found}, but the workbook was made for {provider}."
    " Copy your figures into the workbook that was made for you.",
)
PROVIDER_RENAMED: Message = (
    QUERY,
    "Start here says this is the return of {found}, but the workbook was made for {provider}."
    " Check that both are the same provider.",
)
PERIOD_CHANGED: Message = (
    MUST,
    "Start here says {found}, but this workbook was made for {period}. Use the workbook for your period.",
)
MANIFEST_CHANGED: Message = (
    QUERY,
    "The hidden sheet of this workbook was edited. Check that the provider and the period are right.",
)
SEAL_WRONG: Message = (
    QUERY,
    "This workbook says it is the return of {provider}, but its seal does not match this PC's key: somebody altered it,"
    " or it was built with another key. Ask the provider whether it sent this file; xlkpi key says how to move a key.",
)
SEAL_MISSING: Message = (
    QUERY,
    "This workbook says it is the return of {provider}, but it has no seal: it was built before this PC had a key, or"
    " by somebody else. Ask the provider whether it sent this file; if it did, decide to use it.",
)

# The file itself.
UNREADABLE: Message = (MUST, "{reason} {remedy}")
NOT_A_RETURN: Message = (
    MUST,
    "{file} is a workbook, but not one of our KPI returns. Copy your figures into the workbook we sent.",
)
MANIFEST_LOST: Message = (
    MUST,
    "{file} has lost its hidden sheet, so we cannot tell whose return it is. " + USE_FRESH_COPY,
)
MANIFEST_REBUILT: Message = (
    QUERY,
    "This workbook has lost its hidden sheet and the names of its cells, as in Numbers. It was read by its codes as the"
    " return of {provider} for {period}: check that this is right, and decide to use it.",
)
TEMPLATE_OTHER: Message = (
    NOTE,
    "This workbook was made with template {found}, not with {now}: it was read by its names and codes, and judged by"
    " what is in force for {period}.[ It did not ask for {codes}.]",
)
TARGETS_CHANGED: Message = (
    NOTE,
    "{codes}: the workbook shows the targets before they changed. It was judged by the targets that are in force for"
    " {period}.",
)
TEMPLATE_UNKNOWN: Message = (
    MUST,
    "This workbook was made with template {found}, and this version of xlkpi knows none of its sections."
    " Update xlkpi, or copy the figures into a fresh copy of the workbook.",
)
