"""Messages about the lists that officers keep: register, decisions, invoice ledger, case-system extract."""

from __future__ import annotations

from xlkpi.findings.severity import MUST, NOTE, QUERY, Message

REGISTER_FAULT: Message = (MUST, "{register}: {remedy}")
TARGET_FAULT: Message = (MUST, "A change of a target is not in force. {remedy}")
MEETING_FAULT: Message = (MUST, "A meeting was not read. {remedy}")
DECISION_FAULT: Message = (MUST, "A decision was not applied. {remedy}")
DECISION_NO_PROVIDER: Message = (
    QUERY,
    "Row {row} of the decisions ({kind}): “{found}” is not a known provider[; it looks like {near}]. Correct it.",
)
DECISION_NO_INDICATOR: Message = (
    QUERY,
    "Row {row} of the decisions ({kind}): “{found}” is not an indicator[; it looks like {near}]. Correct it.",
)
DECISION_NO_ENTRY: Message = (
    QUERY,
    "Row {row} of the decisions ({kind}): no return of {provider} for {period} has {code}[; there is one for {near}]."
    " Check the provider, the period and the indicator.",
)
DECISION_NO_MATTER: Message = (
    QUERY,
    "Row {row} of the decisions ({kind}): nothing was open about {about}[; open of this provider: {near}]."
    " Check the provider, the indicator and the period.",
)
DECISION_NOT_LOCKED: Message = (
    QUERY,
    "Row {row} of the decisions ({kind}): {period} was not locked. Check the period and the provider.",
)
DECISION_NO_CONTACTS: Message = (
    QUERY,
    "Row {row} of the decisions ({kind}): no return of {provider} proposes other contacts[ for {period}]."
    " Check the provider and the period.",
)
LIST_ROW: Message = (MUST, "{list} line {line} is set aside: {column}[ ({at})] {remedy}")
LIST_COLUMN: Message = (NOTE, "{list}: column {column}, “{found}”, is not one of ours and was not read.")
LIST_TABLE_BESIDE: Message = (
    MUST,
    "{list}: a second table begins in column {column}, beside the first, and was not read. Put it below the first, or"
    " on a sheet of its own.",
)
LIST_WIDE: Message = (
    NOTE,
    "{list} has more than {number} columns. Those to the right of them were not read.",
)
LIST_REMARK: Message = (QUERY, "{list}: {remedy}")
LIST_MORE: Message = (
    QUERY,
    "{list}: {number} more rows have the same problem ({code}). Fix the cause and run again.",
)

# A column of days, judged as a whole.
LIST_MONTH_FIRST: Message = (
    QUERY,
    "{list}: {column} is read with the month first, as its other dates are (cells: {number}; first {at}, “{found}”)."
    " If that is wrong, export the dates as year-month-day and run again.",
)
LIST_DAY_ORDER: Message = (
    MUST,
    "{list}: {column} has dates that could have the day or the month first, because the list has both (cells: {number};"
    " first {at}, “{found}”). Their rows are set aside; export the dates as year-month-day.",
)
LIST_YEAR_FIRST: Message = (
    QUERY,
    "{list}: {column} is read with the year first, in two digits, as the dates of the list show (cells: {number}; first"
    " {at}, “{found}”). If that is wrong, export the dates with four digits of the year and run again.",
)
LIST_YEAR_ORDER: Message = (
    MUST,
    "{list}: {column} has dates that could have the year first or last (cells: {number}; first {at}, “{found}”)."
    " Their rows are set aside; export the dates with four digits of the year.",
)
LIST_DAYS_SWAPPED: Message = (
    MUST,
    "{list}: in {column} days 1 to 12 are dates and later days are text, as when a program swaps day and month. The"
    " rows of the dates are set aside (cells: {number}; first {at}, “{found}”); export the dates as year-month-day.",
)
LIST_DAYS_UTC: Message = (
    NOTE,
    "{list}: {column} has times in another zone, which are on another day in the United Kingdom (cells:"
    " {number}; first {at}, “{found}”). The day in the United Kingdom is used.",
)
LIST_DAYS_EVENING: Message = (
    QUERY,
    "{list}: all summer times in {column} are 23:00, as midnight in the United Kingdom is in UTC (cells: {number};"
    " first {at}, “{found}”). The day after is used; if that is wrong, export days without times.",
)
LIST_DAYS_ZERO: Message = (
    NOTE,
    "{list}: {column} has the date that a program shows for an empty cell (cells: {number}; first {at}, “{found}”)."
    " It is read as empty.",
)
LIST_DAYS_NEVER: Message = (
    QUERY,
    "{list}: {column} has a date that programs write for never (cells: {number}; first {at}, “{found}”)."
    " It is read as empty; correct it where it is a day.",
)
LIST_DAYS_FAR: Message = (
    MUST,
    "{list}: {column} has days that are years after the others (cells: {number}; first {at}, “{found}”)."
    " Their rows are set aside; correct the year, or where it was written first, write day/month/year.",
)
LIST_YES_NO: Message = (
    MUST,
    "{list}: {column} says yes or no instead of a day (cells with yes: {number}; first {at}). They are read without a"
    " day; name the column that has it with --columns, or enter the days.",
)
LIST_NOT_DAYS: Message = (
    MUST,
    "{list}: no cell of {column} is a day (cells: {number}; first {at}, “{found}”), so their rows are set aside."
    " Name the column that has the days with --columns, or export them as day/month/year.",
)

# A column of numbers, judged as a whole.
LIST_COMMA: Message = (
    NOTE,
    "{list}: {column} is read with a comma before the decimals and points between thousands, as its cells have it"
    " (cells: {number}; first {at}, “{found}”).",
)
LIST_POINT_THOUSANDS: Message = (
    QUERY,
    "{list}: wherever {column} has a point, three digits follow (cells: {number}; first {at}, “{found}”), so it is"
    " read as a sign between thousands. Write the numbers without it, or with two decimals if it is a decimal point.",
)
LIST_POINT_DECIMALS: Message = (
    QUERY,
    "{list}: wherever {column} has a point, three digits follow (cells: {number}; first {at}, “{found}”); it is read"
    " as a decimal point. Write two decimals, or the numbers without it if it is a sign between thousands.",
)
