"""``xlkpi feedback``: a scorecard and an e-mail for each provider."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from xlkpi.cli.exit_status import DONE, FIX, progress_bar, say
from xlkpi.cli.periods import day_argument, period_argument
from xlkpi.commands.feedback import Feedback, make_feedback
from xlkpi.commands.feedback_files import INDEX
from xlkpi.findings import Severity


def run(asked: argparse.Namespace) -> int:
    """Make the feedback, and say for whom; everything is written even where something must be fixed."""
    with progress_bar("Reading returns") as progress:
        made = make_feedback(
            asked.source,
            asked.out,
            register=asked.register,
            previous=asked.previous,
            decisions=asked.decisions,
            period=period_argument(asked.period) if asked.period is not None else None,
            answer_by=day_argument(asked.answer_by) if asked.answer_by is not None else None,
            pdf=not asked.without_pdf,
            progress=progress,
        )
    if asked.json:
        print(json.dumps(_document(made), ensure_ascii=False, indent=2))
    else:
        _print(made, named=bool(asked.register))
    for text in (*made.left_out, made.pdfs):
        if text:
            say(text)
    for fault in made.faults:
        say(f"{fault.severity.value}: {fault.message}")
    faulty = any(fault.severity is Severity.MUST_FIX for fault in made.faults)
    to_fix = any(one.status in ("to fix", "no return") for one in made.entries)
    return FIX if to_fix or faulty or made.period is None else DONE


def _document(made: Feedback) -> dict[str, object]:
    return {
        "folder": str(made.folder),
        "period": str(made.period) if made.period else None,
        "answer_by": made.answer_by.isoformat(),
        "providers": [asdict(one) for one in made.entries],
    }


def _print(made: Feedback, *, named: bool) -> None:
    for one in made.entries:
        print("\t".join((one.provider_id, one.status, one.email or "no address known", one.text)))
    if made.period is None:
        say("There is nothing to give feedback on: no file is a return of the period.")
        return
    cards = [one for one in made.entries if one.scorecard]
    pdfs = sum(bool(one.pdf) for one in cards)
    reminders = len(made.entries) - len(cards)
    say(f"{len(cards)} scorecards ({pdfs} as PDF too) and {reminders} reminders for {made.period} in {made.folder}.")
    say(f"{INDEX} says which goes to whom. Asked to answer by {made.answer_by.isoformat()}.")
    if not named:
        say("No register was named, so nobody is greeted by name and addresses are not known: add --register.")
