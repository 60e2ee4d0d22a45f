"""``xlkpi feedback``: a scorecard and an email for each provider."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import add_json_option, add_overwrite_option, day_argument, optional, period_argument
from xlkpi.cli.terminal import DONE, FIX, progress_bar, say, say_faults, say_kept

if TYPE_CHECKING:
    from xlkpi.commands.feedback import Feedback


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi feedback``."""
    parser.add_argument("source", metavar="MASTER|FOLDER", help="the master, or the folder with the returns")
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder for the files")
    contacts = "contacts and addresses; also identifies missing returns"
    parser.add_argument("--register", metavar="FILE", help=contacts)
    parser.add_argument("--previous", metavar="FOLDER", help="earlier returns, or an earlier master, for the trend")
    parser.add_argument("--decisions", metavar="FILE", help="officers' decisions (else those beside the folder)")
    parser.add_argument("--period", help="the period (else the master's, or the one that most providers returned)")
    day = "the day to answer by, 2026-12-08 (else in ten working days)"
    parser.add_argument("--answer-by", metavar="DATE", help=day)
    parser.add_argument("--without-pdf", action="store_true", help="no PDFs, even where LibreOffice is installed")
    add_overwrite_option(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the feedback, and list it; everything is written even where something must be fixed."""
    from xlkpi.commands.feedback import make_feedback

    with progress_bar("Reading returns") as progress:
        feedback = make_feedback(
            arguments.source,
            arguments.out,
            register=arguments.register,
            previous=arguments.previous,
            decisions=arguments.decisions,
            period=optional(period_argument, arguments.period),
            answer_by=optional(day_argument, arguments.answer_by),
            pdf=not arguments.without_pdf,
            overwrite=arguments.overwrite,
            progress=progress,
        )
    if arguments.json:
        from xlkpi.cli.json_feedback import feedback_document

        print(feedback_document(feedback))
    else:
        _print(feedback, with_register=bool(arguments.register))
    for text in (*feedback.left_out, feedback.pdfs):
        if text:
            say(text)
    say_kept(feedback.kept)
    faulty = say_faults(feedback.faults)
    to_fix = any(entry.status in ("to fix", "no return") for entry in feedback.entries)
    return FIX if to_fix or faulty or feedback.period is None else DONE


def _print(feedback: Feedback, *, with_register: bool) -> None:
    from xlkpi.commands.feedback_files import INDEX

    for entry in feedback.entries:
        print("\t".join((entry.provider_id, entry.status, entry.email or "no address known", entry.text)))
    if feedback.period is None:
        say("There is nothing to give feedback on: no file is a return of the period.")
        return
    cards = [entry for entry in feedback.entries if entry.scorecard]
    pdfs = sum(bool(entry.pdf) for entry in cards)
    reminders = len(feedback.entries) - len(cards)
    written = f"{len(cards)} scorecards ({pdfs} as PDF too) and {reminders} reminders"
    say(f"{written} for {feedback.period} in {feedback.folder}.")
    say(f"{INDEX} lists who gets which. Providers are asked to answer by {feedback.answer_by.isoformat()}.")
    if not with_register:
        say("Emails are not addressed by name and have no address to send them to: add --register to include both.")
