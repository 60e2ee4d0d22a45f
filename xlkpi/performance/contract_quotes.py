"""Quotations from the Schedule about performance, word for word; tests compare each with the contract's own file.

Runs of white space are shortened to one space; nothing else is changed.
"""

from __future__ import annotations

AMBER_MEANS = "Performance at acceptable level, but below Target"
AMBER_REASONS = (
    "The Council will require the Contractor to identify the reason(s) for not meeting the minimum service "
    "requirements."
)
AMBER_PLAN = (
    "If proportionate, the Council will work with the Contractor to agree an action plan to progress towards meeting "
    "minimum service requirements."
)
PLAN_OBJECTIVES = (
    "shall include SMART objectives that are time specific and will require regular updates on progress-to- date."
)
BELOW_STANDARD = (
    "KCC Commissioning to review with Provider and if appropriate agree an action plan to improve performance."
)
TERMINATION = (
    "If there is a continuous failure to meet the minimum required service levels and any of the agreed action plans "
    "have failed to be delivered by the Contractor, the Council reserves the right to terminate the contract as set "
    "out under Clause 48 (Termination on Default) of the contract Terms and Conditions."
)
INDICATIVE = (
    "The targets set within Section 3 for year 1 are indicative and an element of flexibility around performance will "
    "be adopted."
)
RISK_BASED = (
    "The approach to Performance monitoring will be on a risk based approach which will determine the frequency and "
    "intensity of the contractual meetings and/or spot checks."
)
INTENSIVE = (
    "Continued failure to deliver on targets will require an intensive intervention, which may result in regular "
    "meetings and/or suspension from the framework agreement."
)
MINUTES = (
    "Such approval should be given or withheld by the Contractor within ten Business Days of receipt of such minutes. "
    "Where no response is received within such period, the Contractor will be deemed to have agreed the content of the "
    "relevant minutes."
)
WARNING_WHEN = (
    "If the Council, through its contract management and performance monitoring processes, believes that the "
    "Contractor’s performance is continuously poor and/or that re-occurring problems are not being resolved, a formal "
    "warning will be issued."
)
WARNING_STATES = (
    "The current level of performance is not adequate;",
    "An explanation of why this is the case; and",
    "An action plan rectifying the poor performance will be required.",
)
PLAN_AGREED = (
    "Both the Contract Manager and Contractor having worked closely through the performance management meetings will "
    "agree an action plan outlining key tasks, milestones, timescales and identified resources within 10 working days "
    "of receiving its formal warning. The action plan must be agreed by both parties."
)
RETURNS_TIMELY = (
    "This information reported should be accurate, and data should be inputted in a timely manner and maintained in "
    "accordance with the Council’s Data Quality Policy."
)
QUOTES = (
    AMBER_MEANS,
    AMBER_REASONS,
    AMBER_PLAN,
    PLAN_OBJECTIVES,
    BELOW_STANDARD,
    TERMINATION,
    INDICATIVE,
    RISK_BASED,
    INTENSIVE,
    MINUTES,
    WARNING_WHEN,
    *WARNING_STATES,
    PLAN_AGREED,
    RETURNS_TIMELY,
)
WARNING_DAYS = 10
"""Working days from receiving a formal warning within which the action plan is agreed (11.3)."""

MINUTES_DAYS = 10
"""Business days from receiving minutes after which they count as agreed (9.0)."""
