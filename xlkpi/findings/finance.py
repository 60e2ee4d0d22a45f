"""Messages of the finance check: invoices, their indicator against the ledger, indicators against the case system."""

from __future__ import annotations

from xlkpi.findings.severity import MUST, NOTE, QUERY, Message

# The invoice ledger.
LEDGER_PROVIDER: Message = (
    MUST,
    "{list} line {line} is set aside[ with {more}]: “{found}” is not a known provider; it looks like {near}."
    ' Correct it, or say which provider it is ("" for none) under providers in {settings}.',
)
LEDGER_TWO_PROVIDERS: Message = (
    MUST,
    "{list} line {line} is set aside[ with {more}]: {found}. Correct one of the two cells, or the register.",
)
LEDGER_OTHERS: Message = (
    NOTE,
    "{list}: not ours and set aside: {rows} of {suppliers}, the first “{found}” in line {line}[, {limit}]."
    " If one is ours, enter its number in the register (supplier_numbers), or its name under providers in {settings}.",
)
LEDGER_DUPLICATE: Message = (
    NOTE,
    "{list} line {line} repeats line {other}: {provider_id}, invoice {invoice}. It is counted once.",
)
LEDGER_RESENT: Message = (
    NOTE,
    "{list} line {line} resubmits invoice {invoice} for {provider_id} (also on line {other}). It is counted once.",
)
LEDGER_LINES: Message = (
    NOTE,
    "{list}: invoices on several lines: {number} (first: {invoice} of {provider_id}, line {line})."
    " Each is counted once: disputed if a line is, paid when the last line is.",
)
LEDGER_NUMBER_AGAIN: Message = (
    NOTE,
    "{list}: invoices with the number of an earlier one: {number} (first: {invoice} of {provider_id}, lines {other} and"
    " {line}). Each is counted, because neither its dates nor its sum make it the same invoice.",
)
LEDGER_SAME_SUM: Message = (
    QUERY,
    "{list}: invoices with number and sum of one of the year before: {number} (first: {invoice} of {provider_id}, lines"
    " {other} and {line}). Each is counted; where one was sent again, give both lines the same invoice_date.",
)
LEDGER_DATES: Message = (QUERY, "{list} line {line}: {column} {found} is before {other} {due}. Check both dates.")
LEDGER_UNDATED: Message = (
    QUERY,
    "{list} line {line}: a dispute_reason without disputed_date is not counted. Enter the date.",
)
LEDGER_NO_DUE: Message = (
    QUERY,
    "{provider}: invoices without due_date ({number}) are counted as on time. Enter the dates.",
)
LEDGER_NO_DUE_COLUMN: Message = (
    QUERY,
    "{list} has no column due_date, so nothing is known of late invoices: they all count as on time."
    " Name the column that has it with --columns.",
)
LEDGER_OTHER_PERIOD: Message = (
    QUERY,
    "{list}: no invoice was received from {start} to {end}, which is what is counted; they were received from {first}"
    " to {last}. Check the dates of the list, or name the ledger of that time.",
)
LEDGER_DUE_PAYMENT: Message = (
    QUERY,
    "{list}: hardly an invoice came after its due_date (rows: {number}; first {at}). If “{found}” is the day to pay,"
    ' leave that column out; if it is the day to submit by, confirm it with --columns "due_date={found}".',
)
LEDGER_AMOUNT: Message = (
    QUERY,
    "{list}: amount has cells that are not sums of money (cells: {number}; first {at}, “{found}”)."
    " The invoices are counted without a sum; correct the cells.",
)
LEDGER_AMOUNT_UNSURE: Message = (
    QUERY,
    "{list}: amount has sums with two readings, because some cells have a point before the pence and some a comma"
    " (cells: {number}; first {at}, “{found}”). Their invoices count without a sum; write thousands without a sign.",
)
LEDGER_SIGNS: Message = (
    QUERY,
    "{list}: most amounts are negative (rows: {number}), so these rows count as credit notes."
    " If your program writes invoices as negative sums, turn the signs round in the export.",
)
LEDGER_NUMBER_LOST: Message = (
    MUST,
    "{list}: invoice_no has numbers that a spreadsheet cut short (cells: {number}; first {at}, “{found}”)."
    " Their rows are set aside; export the numbers as text.",
)
LEDGER_TYPE: Message = (
    QUERY,
    "{list}: type has words that are neither invoice nor credit note (cells: {number}; first {at}, “{found}”)."
    " They count as invoices; say under types in {settings} which are credit notes.",
)

LEDGER_CREDITS_UNREAD: Message = (
    QUERY,
    "{list}: “{column}” ({at}) says “{found}” or the like in {number} cells, but it is not read, so these rows count as"
    ' invoices. If they are credit notes, run again with --columns "type={column}".',
)
LEDGER_CANCELLED_UNREAD: Message = (
    QUERY,
    "{list}: “{column}” ({at}) says “{found}” or the like in {number} cells, but it is not read, so these rows count"
    " as any other. Take those that are not invoices out of the list, and run again.",
)
LEDGER_DISPUTED_UNREAD: Message = (
    QUERY,
    "{list}: “{column}” ({at}) says “{found}” or the like in {number} cells, but it is not read: only a day in"
    " disputed_date counts as a dispute. Enter the days of these disputes there, or clear the words.",
)
LEDGER_TWO_SUMS: Message = (
    QUERY,
    "{list} has its sums in two columns, “{column}” and “{other}”, so credit notes count as invoices."
    " Put the sums into one column amount, those of credit notes below 0.",
)
LEDGER_NUMBERS_ALIKE: Message = (
    QUERY,
    "{list}: invoices whose numbers differ only in signs or zeros, with the same sum or date: {number} (first:"
    " {invoice} and {other_invoice} of {provider_id}, lines {other} and {line}). Each is counted; where two are one"
    " invoice, write its number alike.",
)
LEDGER_TOTALS: Message = (
    NOTE,
    "{list}: rows of totals: {number} (first in line {line}). They are not invoices and are not counted.",
)
LEDGER_SUM_ONLY: Message = (
    QUERY,
    "{list}: rows with nothing but a sum: {number} (first in line {line}). They are taken for totals and not counted;"
    " if they are invoices, fill in their other cells.",
)

# The invoice indicator: the return against the ledger.
S2_DIFFERS: Message = (
    QUERY,
    "{provider}: {agreement}; {code} is {x} of {y} in the return, {other_x} of {other_y} in the ledger[ ({because})]."
    " Agree the figures and record who decided.",
)
S2_NOT_COMPARED: Message = (QUERY, "{provider}: {agreement}, so {code} could not be compared. {remedy}")
S2_NOT_DUE: Message = (NOTE, "{code} is not due in {period}; the ledger is counted for that period only.")

# The indicators that the contract has cross-checked: the return against the case system.
CROSS_DIFFERS: Message = (
    QUERY,
    "{provider}: {code} is {figures}; the case system has {other_figures}. Find out which is right.",
)
EXTRACT_ROWS: Message = (
    QUERY,
    "{list} line {line}: {code} of {provider_id} is on {number} lines, {why}, so it is not compared. {remedy}",
)
CROSS_NOT_CHECKED: Message = (
    NOTE,
    "{provider}: {code} should be compared with {system}, but the extract does not contain it.",
)
