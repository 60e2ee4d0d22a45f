"""Which of two returns of a provider is the later one, and whether the files show it at all.

The time in a file is a claim: programs keep the old one or write none, clocks are wrong, and local time is written as
UTC. So it counts only where nothing speaks against it. When an email was received counts before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from xlkpi.consolidation.found_file import FoundFile
from xlkpi.core.day import long_date
from xlkpi.reading.returns.checked_return import CheckedReturn

CLOCKS_DIFFER = timedelta(hours=1)
"""Some programs write British Summer Time as if it were UTC: saved times as close as this show no order."""

CLOCK_AHEAD = timedelta(days=1)
"""How much later than the day of the run a file may have been saved, for clocks and time zones."""


NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Order:
    """Which of two returns is the later one, as ``since`` shows it; None where ``doubt`` says why that is not known."""

    later: FoundFile | None
    since: str = ""
    doubt: str = ""


def order_of(this: FoundFile, other: FoundFile, today: date) -> Order:
    """Decide which of two returns is later: by when they were received, else by when they were saved."""
    by_receipt = _order_of_receipt(this, other, today)
    if by_receipt is not None:
        return by_receipt
    doubt = doubt_about_saving(this, today) or doubt_about_saving(other, today)
    if doubt:
        return Order(None, doubt=doubt)
    first, second = sorted((this, other), key=lambda file: saved(file.checked))
    apart = saved(second.checked) - saved(first.checked)
    if not apart:
        return Order(None, doubt="both have the same saved time")
    if apart <= CLOCKS_DIFFER:
        return Order(None, doubt="they were saved within an hour of each other, and clocks may differ by that much")
    if declared(second, today) < declared(first, today):
        return Order(None, doubt="the one that was saved later was declared earlier")
    return Order(second, f"saved {show_moment(saved(second.checked))}")


def _order_of_receipt(this: FoundFile, other: FoundFile, today: date) -> Order | None:
    """Compare when emails were received; a return saved after the other was received is later too."""
    if this.received_at and other.received_at:
        if this.received_at == other.received_at:  # both are attached to one email
            return None
        later = max(this, other, key=received)
        return Order(later, f"received {show_moment(received(later))}")
    for by_email, plain in ((this, other), (other, this)):
        if by_email.received_at and not doubt_about_saving(plain, today):
            moment = saved(plain.checked)
            if moment > by_email.received_at + CLOCKS_DIFFER and declared(plain, today) >= declared(by_email, today):
                return Order(plain, f"saved {show_moment(moment)}")
    return None


def without_wrong_receipts(files: Iterable[FoundFile], today: date) -> list[FoundFile]:
    """Return the files without times of receipt from before their period or in the future: a clock was wrong.

    Whatever asks when a file was received asks the same: which return is later, days late, whether it is after a lock.
    """
    return [replace(file, received_at=None) if _is_receipt_wrong(file, today) else file for file in files]


def _is_receipt_wrong(file: FoundFile, today: date) -> bool:
    if file.received_at is None:
        return False
    day = file.received_at.date()
    has_begun = file.manifest is None or day >= file.manifest.period.start
    return not has_begun or day > today + CLOCK_AHEAD


def doubt_about_saving(file: FoundFile, today: date) -> str:
    """Say why the saved time of a file shows nothing; empty where nothing speaks against it."""
    manifest, moment = file.manifest, saved(file.checked)
    if moment == NEVER:
        return f"{file.file} does not say when it was saved"
    claim = f"{file.file} says that it was saved on {long_date(moment.date())}"
    # The time in a workbook that nobody has saved since it was built, or that a program left as it was.
    if manifest is not None and moment <= datetime.combine(manifest.period.end, time(), UTC):
        return f"{claim}, before the period ended"
    if moment.date() > today + CLOCK_AHEAD:
        return f"{claim}, which is in the future"
    if (moment + CLOCKS_DIFFER).date() < declared(file, today):
        return f"{claim}, before it was declared on {long_date(declared(file, today))}"
    return ""


def received(file: FoundFile) -> datetime:
    """Return when a file was received; the earliest time there is where that is not known."""
    return file.received_at or NEVER


def declared(file: FoundFile, today: date) -> date:
    """Return the day of the declaration; the earliest day there is where there is none, or one in the future."""
    day = file.checked.declared_on or date.min
    return day if day <= today + CLOCK_AHEAD else date.min


def saved(checked: CheckedReturn) -> datetime:
    """Return when the file says it was last saved, in UTC; the earliest time there is where it does not say."""
    try:
        moment = datetime.fromisoformat(checked.saved_at.upper())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last day there are may be none in UTC
        return NEVER


def show_moment(moment: datetime) -> str:
    """Show a day and time: ``13 October 2026, 08:00 UTC``; the day alone where an officer decided on a day."""
    if moment.timetz() == time(tzinfo=UTC):
        return long_date(moment.date())
    return f"{long_date(moment.date())}, {moment.astimezone(UTC):%H:%M} UTC"
