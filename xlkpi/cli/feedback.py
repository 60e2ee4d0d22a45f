"""``xlkpi feedback``: a scorecard and an email for each provider."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import (
    add_as_of_option,
    add_json_option,
    add_overwrite_option,
    add_period_option,
    add_previous_option,
    day_argument,
    optional,
)
from xlkpi.cli.in_contract_folder import contract_of, period_of, required_path
from xlkpi.cli.terminal import DONE, FIX, progress_bar, say, say_faults, say_kept, say_note
from xlkpi.core.day import short_date
from xlkpi.layout.live_values import pluralise

if TYPE_CHECKING:
    from xlkpi.commands.feedback import Feedback


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi feedback``."""
    source = "the master, or the folder with the returns (else the inbox of the contract folder)"
    parser.add_argument("source", nargs="?", metavar="MASTER|FOLDER", help=source)
    parser.add_argument("--out", metavar="DIR", help="the folder for the files (else out/PERIOD/feedback)")
    contacts = "contacts and addresses; also identifies missing returns"
    parser.add_argument("--register", metavar="FILE", help=contacts)
    add_previous_option(parser)
    parser.add_argument("--decisions", metavar="FILE", help="officers' decisions (else those beside the folder)")
    add_period_option(parser, "the period", "the master's, or the latest that has ended")
    day = "the day to answer by, 2026-12-08 (else in ten working days)"
    parser.add_argument("--answer-by", metavar="DATE", help=day)
    add_as_of_option(parser, "the day of writing, which decides what is open and overdue")
    parser.add_argument("--without-pdf", action="store_true", help="no PDFs, even where LibreOffice is installed")
    add_overwrite_option(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the feedback, and list it; everything is written even where something must be fixed."""
    from xlkpi.commands.feedback import make_feedback

    run = contract_of(arguments, arguments.source, "the master or the folder with the returns, and --out")
    with progress_bar("Reading returns") as progress:
        feedback = make_feedback(
            run.contract.inbox if run else arguments.source,
            arguments.out or (run.feedback if run else required_path(None, "--out", "the folder for the files")),
            register=arguments.register,
            previous=arguments.previous,
            decisions=arguments.decisions,
            period=period_of(arguments, run),
            answer_by=optional(day_argument, arguments.answer_by),
            as_of=optional(day_argument, arguments.as_of),
            pdf=not arguments.without_pdf,
            overwrite=arguments.overwrite,
            progress=progress,
            contract=run.contract if run else None,
        )
    if arguments.json:
        from xlkpi.cli.json_feedback import feedback_document

        print(feedback_document(feedback))
    else:
        _print(feedback, with_register=bool(arguments.register or run))
    for text in (*feedback.notes, *feedback.left_out, feedback.pdfs):
        say_note(text)
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
    written = f"{pluralise(len(cards), 'scorecard')} ({pdfs} as PDF too) and {pluralise(reminders, 'reminder')}"
    say(f"{written} for {feedback.period} in {feedback.folder}.")
    say(f"{INDEX} lists who gets which. Providers are asked to answer by {short_date(feedback.answer_by)}.")
    if not with_register:
        say("Emails are not addressed by name and have no address to send them to: add --register to include both.")
