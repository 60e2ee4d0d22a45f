"""Which findings a provider can act on: feedback, questions and what is next ask it about these alone."""

from __future__ import annotations

FOR_THE_PROVIDER = frozenset(
    (
        *("ENTRY_EMPTY", "COUNT_EMPTY", "COUNT_TEXT", "COUNT_DECIMAL", "COUNT_NEGATIVE", "COUNT_OTHER"),
        *(
            "X_OVER_Y",
            "X_WITHOUT_Y",
            "REASON",
            "PLAN",
            "AGREED_REASON",
            "AGREED_PLAN",
            "SAME_Y",
            "SUM_OF_X",
            "PART_OF_X",
            "CHANGE",
            "CARRIED_OVER",
            "LARGE",
        ),
        *("NUMBER_AS_TEXT", "DATE_AS_COUNT", "PERCENT_AS_COUNT", "FORMULA_AS_COUNT", "MERGED"),
        *("TEXT_FORMAT", "SHOWN_OTHERWISE", "ARRAY_AS_COUNT", "CELL_BROUGHT", "HEADINGS_LOST"),
        *("REASON_SAYS_NOTHING", "PLAN_SAYS_NOTHING", "WORDS_LOST"),
        *("PLAN_NO_PROGRESS", "PLAN_PROGRESS_SAYS_NOTHING", "PLAN_NO_DAY", "PLAN_NOBODY"),
        *("QUESTION_OPEN", "QUESTIONS_OPEN"),
        *("ROW_UNSURE", "ROW_TWICE", "ROW_LOST", "SHEET_LOST", "SHEET_HIDDEN"),
        *("DECLARED_BY", "DECLARED_NOBODY", "DECLARED_ON", "DECLARED_ON_TEXT", "DECLARED_EARLY"),
        *("NAME_ELSEWHERE", "SHEET_PROVIDER", "SHEET_PERIOD", "COPY_DIFFERS", "COPY_UNREAD"),
        *("MACROS", "OUTSIDE_LINK", "EMBEDDED", "OUTSIDE_FORMULA"),
        *("PROVIDER_CHANGED", "PERIOD_CHANGED", "MANIFEST_CHANGED"),
    )
)
"""Codes that a provider can act on. Any other code, including one added later, stays with the officer."""
