"""Messages about a folder of returns: which file is used, what officers decided, what does not match the register."""

from __future__ import annotations

from xlkpi.findings.severity import NOTE, QUERY, Message

OTHER_PERIOD: Message = (NOTE, "This is the {found} workbook; the folder collects {period}.")
PERIOD_AHEAD: Message = (
    QUERY,
    "This says it is the return of {found}, which is more than a year ahead. Ask {provider} for the right workbook.",
)
UNKNOWN_PROVIDER: Message = (
    QUERY,
    "{provider_id} is not in the register. Check whose return this is, or add the provider to the register.",
)
SECTION_NOT_ASKED: Message = (
    QUERY,
    "{provider} has {sections} in the register, but its workbook was built without them."
    " Correct the register, or build the workbook again and ask for those figures.",
)
SUPERSEDED: Message = (NOTE, "{provider} sent a later return, {later}. This one is kept but not used.")
LATER_LACKS: Message = (
    QUERY,
    "{provider} sent a later return, {later}, which is used, but counts given here are missing or 0 there:"
    " {differences}. Ask the provider for them, or decide to use this one.",
)
LATER_NOT_KNOWN: Message = (
    QUERY,
    "{provider} sent this return and {other}, and nothing shows which is later: {reason}."
    " {other} is used for now[, as it was {chosen}]; ask which counts, because they differ: {differences}.",
)
INCOMPLETE_RETURN: Message = (
    NOTE,
    "This return of {provider} {lacks}, so {other} is used[, which is {complete}].",
)
INCOMPLETE_DIFFERS: Message = (
    QUERY,
    "This return of {provider} {lacks}, so {other} is used[, which is {complete}]."
    " Ask which figures count, because they differ: {differences}.",
)
SAME_FIGURES: Message = (NOTE, "This has the same figures and reasons as {other}, which is used.")
IDENTITY_IN_DOUBT: Message = (
    QUERY,
    "This file says it is the return of {provider}, but that is in doubt, so {other} is used."
    " Ask the provider which of the two it sent.",
)
SAME_FILE: Message = (NOTE, "This is an exact copy of {other}. It is counted once.")
LATE: Message = (NOTE, "The return of {provider} was {known} on {found}, {days} after {due}.")
CONTRACT_NOT_RUNNING: Message = (
    QUERY,
    "{provider}'s contract {found} by the register, so no return of {period} is expected."
    " Correct the days in the register, or set this file aside.",
)
CONTRACT_PART: Message = (
    NOTE,
    "{provider}'s contract runs {found}, so its figures of {period} count a part of the period.",
)
MIXED_READINGS: Message = (
    QUERY,
    "{code} was returned under different readings ({readings}). Each is rated under its own; settle on one.",
)

# What officers decided about the files.
DECIDED: Message = (NOTE, "{who} decided on {on} to {action}. The reason: “{why}”.")
ANOTHER_DECIDED: Message = (NOTE, "{who} decided on {on} to use {other} instead. The reason: “{why}”.")
DECISION_CANNOT: Message = (
    QUERY,
    "{who} decided on {on} to use this file, but it cannot be used: {reason}. Ask for the right workbook.",
)
DECISION_NO_FILE: Message = (
    QUERY,
    "Row {row} of the decisions is about {named}, which is not in the folder[; it looks like {near}]."
    " Correct the name, or delete the row.",
)
LOCKED: Message = (
    QUERY,
    "{period} has been final since {on} ({who}), and this file came after that. It is not used; to use it, reopen the"
    " period: xlkpi decide reopen.",
)
LOCK_LOST: Message = (
    QUERY,
    "{period} has been final since {on} ({who}), but {number} of its final returns are no longer in the folder: sha256"
    " {digests}. The sheet Files of the last master names them by it: put them back as they were, from a backup or the"
    " provider's email, or reopen the period with xlkpi decide reopen.",
)
DECISION_CHANGED: Message = (
    QUERY,
    "Row {row} of the decisions: {named} has changed since {who} decided on {on}. Decide again.",
)
