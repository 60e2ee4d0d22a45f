"""Messages about one entry: its x and y, its comment and its action plan.

The messages of the first group also appear in the entry's own row of the workbook while somebody types: the layout
renders them as worksheet formulas. Keep one optional part ``[…]`` at most in each of those that only concern x and y,
because the edition with KPI functions inserts the cell addresses there.
"""

from __future__ import annotations

from xlkpi.findings.severity import MUST, NOTE, QUERY, TYPE_IN_FRESH_COPY, Message

# Shown in the entry's row, and reported of the file.
ENTRY_EMPTY: Message = (
    MUST,
    "{code}[ ({x_at}, {y_at})] is empty. Enter x and y; if there was nothing to count, enter 0 and 0.",
)
COUNT_EMPTY: Message = (MUST, "{code} {which}[ ({at})] is empty. Enter the {counted}; if there were none, enter 0.")
COUNT_TEXT: Message = (MUST, "{code} {which} is the text “{found}”[ ({at})]. Enter the {figure} in digits only.")
COUNT_DECIMAL: Message = (MUST, "{code} {which} is {found}[ ({at})]. It is {of_kind}: enter {needed}.")
COUNT_NEGATIVE: Message = (
    MUST,
    "{code} {which} is {found}[ ({at})]. {of_this_kind} cannot be below 0: enter 0 or more.",
)
COUNT_OTHER: Message = (MUST, "{code} {which}[ ({at})] does not contain a number. Enter the {figure} in digits only.")
X_OVER_Y: Message = (
    MUST,
    "{code}: x is {x} and y is {y}[ ({x_at}, {y_at})]. x counts some of the y, so it cannot be larger. Check both.",
)
X_WITHOUT_Y: Message = (
    MUST,
    "{code}: x is {x}, but y is 0[ ({x_at}, {y_at})]. Enter how many cases x is for, or 0 and 0 if there were none.",
)
REASON: Message = (MUST, "{code} is {rag}. Enter the reason for missing the target in {comment_at}.")
PLAN: Message = (
    MUST,
    "{code} is Red. Complete its action, expected outcomes and timescale on the sheet {plan_at}.",
)
AGREED_REASON: Message = (
    MUST,
    "{code} is {rag} by the agreed figures, {figures}. Enter the reason for missing the target[ in {comment_at}].",
)
AGREED_PLAN: Message = (
    MUST,
    "{code} is Red by the agreed figures, {figures}. Complete its action, expected outcomes and timescale on the sheet"
    " {plan_at}.",
)
SAME_Y: Message = (
    QUERY,
    "{code} y is {y} and {other} y is {other_y}. Both count {counts}."
    " Correct one of them, or explain the difference in {comment_at}.",
)
SUM_OF_X: Message = (
    QUERY,
    "{members}: the x values add up to {total}, but y is {y}."
    " {because}, so they cannot add up to more: correct them, or explain in {comment_at}.",
)
PART_OF_X: Message = (
    QUERY,
    "{code} x is {x} and {other} x is {other_x}."
    " {because}: correct one of them, or explain the difference in {comment_at}.",
)
CHANGE: Message = (
    QUERY,
    "{code} y is {y}; in the last return it was {previous}. Check it, or explain in {comment_at}.",
)
CARRIED_OVER: Message = (
    QUERY,
    "{code}: x is {x} and y is {y}[ ({x_at}, {y_at})]."
    " Correct them, or explain[ in {comment_at}] which cases began in an earlier period.",
)
LARGE: Message = (QUERY, "{code} y is {y}[ ({at})], a very large count. Check it, or explain[ in {comment_at}].")
UNRATED: Message = (NOTE, "{code}: the {document} as written has no band for this outturn, so it has no RAG.")

# Only visible in the file, not to a formula. {remedy} is one of those below.
PASTE_FROM = (
    "The cell keeps that format: copy {near}, paste it onto {at} and enter the {figure}, or type your figures into a"
    " fresh copy of the workbook."
)
"""The way to a format of ours in a locked sheet: the other cell of the row has it."""
ENTER_RESULT = "Enter its result as a number."
CLEAR_ARRAY = "Select all of {range}, press Delete, and enter each count as a number."
"""A program lets nobody change a part of what one formula fills."""
NUMBER_AS_TEXT: Message = (MUST, "{code} {which} is the text “{found}” ({at}). Enter {number}, in digits only.")
TEXT_FORMAT: Message = (
    MUST,
    "{code} {which} is the text “{found}” ({at}), because the cell has the format Text. {remedy}",
)
DATE_AS_COUNT: Message = (MUST, "{code} {which} ({at}) is a date, {found}. {remedy}")
PERCENT_AS_COUNT: Message = (MUST, "{code} {which} ({at}) is a percentage, {found}. {remedy}")
SHOWN_OTHERWISE: Message = (MUST, "{code} {which} ({at}) is {found}, but the cell's format shows it {how}. {remedy}")
FORMULA_AS_COUNT: Message = (
    MUST,
    "{code} {which} ({at}) contains a formula, {found}. {remedy}",
)
ARRAY_AS_COUNT: Message = (
    MUST,
    "{code} {which} ({at}) is part of the array formula in {range}. {remedy}",
)
MERGED: Message = (MUST, "{code} {which} ({at}) is part of the merged cells {range}. " + TYPE_IN_FRESH_COPY)
REASON_SAYS_NOTHING: Message = (
    QUERY,
    "{code} is {rag}, and its reason in {at} is “{found}”. Write why the target was missed.",
)
PLAN_SAYS_NOTHING: Message = (
    QUERY,
    "{code} is Red, but its action plan does not say {missing}. Complete it on the sheet {plan_at}.",
)
PLAN_NO_PROGRESS: Message = (
    QUERY,
    "{code}: the action plan of {period} is open, and its progress to date ({at}) is empty. Enter what has been done.",
)
PLAN_PROGRESS_SAYS_NOTHING: Message = (
    QUERY,
    "{code}: the progress to date of its action plan ({at}) is “{found}”. Write what has been done, by whom and when.",
)
PLAN_NO_DAY: Message = (
    QUERY,
    "{code}: the new timescale of its action plan ({at}) is “{found}”, which names no day."
    " Enter the day by which it will be done.",
)
PLAN_NOBODY: Message = (
    QUERY,
    "{code}: its action ({at}) is “{found}”, and does not say who will do it. Add the role, such as “the manager”.",
)
QUESTION_OPEN: Message = (
    QUERY,
    "A question on the sheet Questions has no answer ({at}). Answer it there.",
)
QUESTIONS_OPEN: Message = (
    QUERY,
    "{number} questions on the sheet Questions have no answer ({at}). Answer each one there.",
)
CONTACTS_CHANGED: Message = (
    NOTE,
    "The provider's points of contact were changed ({at}): {what}."
    ' To use them, accept them: xlkpi decide "contacts accepted".',
)
WORDS_LOST: Message = (
    MUST,
    "{what} ({at}) shows {found} instead of words. Type it again, beginning with a letter.",
)
Y_NOT_ASKED: Message = (NOTE, "{code} asks for x alone, so the figure in {y_at} is not used.")
NOT_DUE_FILLED: Message = (NOTE, "{code} is not due this period, so its figures ({x_at}, {y_at}) are not used.")
