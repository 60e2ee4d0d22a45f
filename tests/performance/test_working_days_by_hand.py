"""Ten working days after a letter is received, counted by hand on the calendar of England."""

from __future__ import annotations

from datetime import date

import pytest

from xlkpi.performance.working_days import add_working_days, find_contract_deadlines

BY_HAND = [
    # a plain fortnight: Monday to Monday
    (date(2026, 6, 1), date(2026, 6, 15)),
    # over Easter 2026: Good Friday 3 April, Easter Monday 6 April
    (date(2026, 3, 30), date(2026, 4, 15)),
    # over Easter 2027 and its early May: Good Friday 26 March, Easter Monday 29 March
    (date(2027, 3, 22), date(2027, 4, 7)),
    # both May bank holidays: 4 and 25 May 2026
    (date(2026, 4, 30), date(2026, 5, 15)),
    (date(2026, 5, 21), date(2026, 6, 5)),
    # over Christmas 2026: Friday 25 December, Boxing Day on Saturday kept on Monday 28 December, 1 January 2027
    (date(2026, 12, 18), date(2027, 1, 6)),
    # over Christmas 2027, on a Saturday and a Sunday: kept on Monday 27 and Tuesday 28 December; 3 January 2028
    (date(2027, 12, 20), date(2028, 1, 6)),
    # one-off: the Queen's funeral, Monday 19 September 2022
    (date(2022, 9, 9), date(2022, 9, 26)),
    # one-off: the Platinum Jubilee, Thursday 2 and Friday 3 June 2022
    (date(2022, 5, 27), date(2022, 6, 14)),
    # one-off: the Coronation, Monday 8 May 2023, with the early May holiday on 1 May
    (date(2023, 4, 28), date(2023, 5, 16)),
    # received on a Saturday and on a bank holiday: counted from the next working day
    (date(2026, 8, 29), date(2026, 9, 14)),
    (date(2026, 8, 31), date(2026, 9, 14)),
]


@pytest.mark.parametrize(("received", "by"), BY_HAND)
def test_ten_working_days(received, by):
    assert add_working_days(received, 10) == by
    assert find_contract_deadlines(received).warning_plan_by == by
