"""Messages about the lists that officers keep: register, decisions, invoice ledger, case-system extract."""

from __future__ import annotations

from xlkpi.findings.severity import MUST, NOTE, QUERY, Message

REGISTER_FAULT: Message = (MUST, "{register}: {remedy}")
DECISION_FAULT: Message = (MUST, "A decision was not applied. {remedy}")
LIST_ROW: Message = (MUST, "{list} line {line} is set aside: {column}[ ({at})] {remedy}")
LIST_COLUMN: Message = (NOTE, "{list}: column {column}, “{found}”, is not one of ours and was not read.")
LIST_WIDE: Message = (
    NOTE,
    "{list} has more than {number} columns. Those to the right of them were not read.",
)
LIST_REMARK: Message = (QUERY, "{list}: {remedy}")
LIST_MORE: Message = (
    QUERY,
    "{list}: {number} more rows have the same problem ({code}). Fix the cause and run again.",
)
