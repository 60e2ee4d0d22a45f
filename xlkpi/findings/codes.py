"""Every finding there is, by its code; its message is in the file of its stage."""

from __future__ import annotations

from enum import Enum

from xlkpi.findings import active_content, council_lists, entry, finance, inbox, return_file
from xlkpi.findings.severity import Severity


class Code(Enum):
    """One member per kind of finding; scripts rely on the names (``check --json``)."""

    ENTRY_EMPTY = entry.ENTRY_EMPTY
    COUNT_EMPTY = entry.COUNT_EMPTY
    COUNT_TEXT = entry.COUNT_TEXT
    COUNT_DECIMAL = entry.COUNT_DECIMAL
    COUNT_NEGATIVE = entry.COUNT_NEGATIVE
    COUNT_OTHER = entry.COUNT_OTHER
    X_OVER_Y = entry.X_OVER_Y
    X_WITHOUT_Y = entry.X_WITHOUT_Y
    REASON = entry.REASON
    PLAN = entry.PLAN
    AGREED_REASON = entry.AGREED_REASON
    AGREED_PLAN = entry.AGREED_PLAN
    SAME_Y = entry.SAME_Y
    SUM_OF_X = entry.SUM_OF_X
    PART_OF_X = entry.PART_OF_X
    CHANGE = entry.CHANGE
    CARRIED_OVER = entry.CARRIED_OVER
    LARGE = entry.LARGE
    UNRATED = entry.UNRATED
    NUMBER_AS_TEXT = entry.NUMBER_AS_TEXT
    TEXT_FORMAT = entry.TEXT_FORMAT
    DATE_AS_COUNT = entry.DATE_AS_COUNT
    PERCENT_AS_COUNT = entry.PERCENT_AS_COUNT
    SHOWN_OTHERWISE = entry.SHOWN_OTHERWISE
    FORMULA_AS_COUNT = entry.FORMULA_AS_COUNT
    ARRAY_AS_COUNT = entry.ARRAY_AS_COUNT
    MERGED = entry.MERGED
    REASON_SAYS_NOTHING = entry.REASON_SAYS_NOTHING
    PLAN_SAYS_NOTHING = entry.PLAN_SAYS_NOTHING
    PLAN_NO_PROGRESS = entry.PLAN_NO_PROGRESS
    PLAN_PROGRESS_SAYS_NOTHING = entry.PLAN_PROGRESS_SAYS_NOTHING
    PLAN_NO_DAY = entry.PLAN_NO_DAY
    PLAN_NOBODY = entry.PLAN_NOBODY
    QUESTION_OPEN = entry.QUESTION_OPEN
    QUESTIONS_OPEN = entry.QUESTIONS_OPEN
    CONTACTS_CHANGED = entry.CONTACTS_CHANGED
    WORDS_LOST = entry.WORDS_LOST
    Y_NOT_ASKED = entry.Y_NOT_ASKED
    NOT_DUE_FILLED = entry.NOT_DUE_FILLED

    ROW_UNSURE = return_file.ROW_UNSURE
    ROW_TWICE = return_file.ROW_TWICE
    CELL_BROUGHT = return_file.CELL_BROUGHT
    HEADINGS_LOST = return_file.HEADINGS_LOST
    ROW_LOST = return_file.ROW_LOST
    ROW_MOVED = return_file.ROW_MOVED
    NAMES_LOST = return_file.NAMES_LOST
    NAME_ELSEWHERE = return_file.NAME_ELSEWHERE
    CELLS_SWAPPED = return_file.CELLS_SWAPPED
    SHEET_PROVIDER = return_file.SHEET_PROVIDER
    SHEET_PERIOD = return_file.SHEET_PERIOD
    COPY_DIFFERS = return_file.COPY_DIFFERS
    COPY_UNREAD = return_file.COPY_UNREAD
    SHEET_LOST = return_file.SHEET_LOST
    SHEET_RENAMED = return_file.SHEET_RENAMED
    SHEET_HIDDEN = return_file.SHEET_HIDDEN
    ROW_HIDDEN = return_file.ROW_HIDDEN
    COLUMN_HIDDEN = return_file.COLUMN_HIDDEN
    PROTECTION_OFF = return_file.PROTECTION_OFF
    FORMULA_LOST = return_file.FORMULA_LOST
    DECLARED_BY = return_file.DECLARED_BY
    DECLARED_NOBODY = return_file.DECLARED_NOBODY
    DECLARED_ON = return_file.DECLARED_ON
    DECLARED_ON_TEXT = return_file.DECLARED_ON_TEXT
    DECLARED_EARLY = return_file.DECLARED_EARLY
    PROVIDER_CHANGED = return_file.PROVIDER_CHANGED
    PROVIDER_RENAMED = return_file.PROVIDER_RENAMED
    PERIOD_CHANGED = return_file.PERIOD_CHANGED
    MANIFEST_CHANGED = return_file.MANIFEST_CHANGED
    MACROS = active_content.MACROS
    OUTSIDE_LINK = active_content.OUTSIDE_LINK
    EMBEDDED = active_content.EMBEDDED
    OUTSIDE_FORMULA = active_content.OUTSIDE_FORMULA
    SEAL_WRONG = return_file.SEAL_WRONG
    SEAL_MISSING = return_file.SEAL_MISSING
    UNREADABLE = return_file.UNREADABLE
    NOT_A_RETURN = return_file.NOT_A_RETURN
    MANIFEST_REBUILT = return_file.MANIFEST_REBUILT
    MANIFEST_LOST = return_file.MANIFEST_LOST
    TEMPLATE_OTHER = return_file.TEMPLATE_OTHER
    TARGETS_CHANGED = return_file.TARGETS_CHANGED
    TEMPLATE_UNKNOWN = return_file.TEMPLATE_UNKNOWN

    OTHER_PERIOD = inbox.OTHER_PERIOD
    PERIOD_AHEAD = inbox.PERIOD_AHEAD
    UNKNOWN_PROVIDER = inbox.UNKNOWN_PROVIDER
    SECTION_NOT_ASKED = inbox.SECTION_NOT_ASKED
    SUPERSEDED = inbox.SUPERSEDED
    LATER_LACKS = inbox.LATER_LACKS
    LATER_NOT_KNOWN = inbox.LATER_NOT_KNOWN
    INCOMPLETE_RETURN = inbox.INCOMPLETE_RETURN
    INCOMPLETE_DIFFERS = inbox.INCOMPLETE_DIFFERS
    SAME_FIGURES = inbox.SAME_FIGURES
    IDENTITY_IN_DOUBT = inbox.IDENTITY_IN_DOUBT
    SAME_FILE = inbox.SAME_FILE
    DECIDED = inbox.DECIDED
    ANOTHER_DECIDED = inbox.ANOTHER_DECIDED
    DECISION_CANNOT = inbox.DECISION_CANNOT
    DECISION_NO_FILE = inbox.DECISION_NO_FILE
    DECISION_CHANGED = inbox.DECISION_CHANGED
    LOCKED = inbox.LOCKED
    LOCK_LOST = inbox.LOCK_LOST

    TARGET_FAULT = council_lists.TARGET_FAULT
    MEETING_FAULT = council_lists.MEETING_FAULT
    DECISION_FAULT = council_lists.DECISION_FAULT
    DECISION_NO_PROVIDER = council_lists.DECISION_NO_PROVIDER
    DECISION_NO_INDICATOR = council_lists.DECISION_NO_INDICATOR
    DECISION_NO_ENTRY = council_lists.DECISION_NO_ENTRY
    DECISION_NO_MATTER = council_lists.DECISION_NO_MATTER
    DECISION_NOT_LOCKED = council_lists.DECISION_NOT_LOCKED
    DECISION_NO_CONTACTS = council_lists.DECISION_NO_CONTACTS
    REGISTER_FAULT = council_lists.REGISTER_FAULT

    LATE = inbox.LATE
    CONTRACT_NOT_RUNNING = inbox.CONTRACT_NOT_RUNNING
    CONTRACT_PART = inbox.CONTRACT_PART
    MIXED_READINGS = inbox.MIXED_READINGS

    LIST_ROW = council_lists.LIST_ROW
    LIST_COLUMN = council_lists.LIST_COLUMN
    LIST_TABLE_BESIDE = council_lists.LIST_TABLE_BESIDE
    LIST_WIDE = council_lists.LIST_WIDE
    LIST_REMARK = council_lists.LIST_REMARK
    LIST_MORE = council_lists.LIST_MORE
    LIST_MONTH_FIRST = council_lists.LIST_MONTH_FIRST
    LIST_DAY_ORDER = council_lists.LIST_DAY_ORDER
    LIST_YEAR_FIRST = council_lists.LIST_YEAR_FIRST
    LIST_YEAR_ORDER = council_lists.LIST_YEAR_ORDER
    LIST_DAYS_SWAPPED = council_lists.LIST_DAYS_SWAPPED
    LIST_DAYS_UTC = council_lists.LIST_DAYS_UTC
    LIST_DAYS_EVENING = council_lists.LIST_DAYS_EVENING
    LIST_DAYS_ZERO = council_lists.LIST_DAYS_ZERO
    LIST_DAYS_NEVER = council_lists.LIST_DAYS_NEVER
    LIST_DAYS_FAR = council_lists.LIST_DAYS_FAR
    LIST_YES_NO = council_lists.LIST_YES_NO
    LIST_NOT_DAYS = council_lists.LIST_NOT_DAYS
    LIST_COMMA = council_lists.LIST_COMMA
    LIST_POINT_THOUSANDS = council_lists.LIST_POINT_THOUSANDS
    LIST_POINT_DECIMALS = council_lists.LIST_POINT_DECIMALS

    LEDGER_PROVIDER = finance.LEDGER_PROVIDER
    LEDGER_TWO_PROVIDERS = finance.LEDGER_TWO_PROVIDERS
    LEDGER_OTHERS = finance.LEDGER_OTHERS
    LEDGER_DUPLICATE = finance.LEDGER_DUPLICATE
    LEDGER_RESENT = finance.LEDGER_RESENT
    LEDGER_LINES = finance.LEDGER_LINES
    LEDGER_NUMBER_AGAIN = finance.LEDGER_NUMBER_AGAIN
    LEDGER_SAME_SUM = finance.LEDGER_SAME_SUM
    LEDGER_DATES = finance.LEDGER_DATES
    LEDGER_UNDATED = finance.LEDGER_UNDATED
    LEDGER_NO_DUE = finance.LEDGER_NO_DUE
    LEDGER_AMOUNT = finance.LEDGER_AMOUNT
    LEDGER_AMOUNT_UNSURE = finance.LEDGER_AMOUNT_UNSURE
    LEDGER_SIGNS = finance.LEDGER_SIGNS
    LEDGER_NUMBER_LOST = finance.LEDGER_NUMBER_LOST
    LEDGER_TYPE = finance.LEDGER_TYPE
    LEDGER_CREDITS_UNREAD = finance.LEDGER_CREDITS_UNREAD
    LEDGER_CANCELLED_UNREAD = finance.LEDGER_CANCELLED_UNREAD
    LEDGER_DISPUTED_UNREAD = finance.LEDGER_DISPUTED_UNREAD
    LEDGER_TWO_SUMS = finance.LEDGER_TWO_SUMS
    LEDGER_NUMBERS_ALIKE = finance.LEDGER_NUMBERS_ALIKE
    LEDGER_TOTALS = finance.LEDGER_TOTALS
    LEDGER_SUM_ONLY = finance.LEDGER_SUM_ONLY
    LEDGER_OTHER_PERIOD = finance.LEDGER_OTHER_PERIOD
    LEDGER_DUE_PAYMENT = finance.LEDGER_DUE_PAYMENT
    LEDGER_NO_DUE_COLUMN = finance.LEDGER_NO_DUE_COLUMN
    S2_DIFFERS = finance.S2_DIFFERS
    S2_NOT_COMPARED = finance.S2_NOT_COMPARED
    S2_NOT_DUE = finance.S2_NOT_DUE
    CROSS_DIFFERS = finance.CROSS_DIFFERS
    EXTRACT_ROWS = finance.EXTRACT_ROWS
    CROSS_NOT_CHECKED = finance.CROSS_NOT_CHECKED

    @property
    def severity(self) -> Severity:
        """How serious a finding of this kind is, unless it is explained."""
        severity: Severity = self.value[0]
        return severity

    @property
    def template(self) -> str:
        """The message with its ``{fields}`` and optional ``[parts]``."""
        template: str = self.value[1]
        return template
