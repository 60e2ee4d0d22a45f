"""A host made by hand: it answers from a list and writes down what the macro asks, tells and opens."""

from __future__ import annotations

from xlkpi.hosts.macros import Outcome, Workbook


class PaperDesk:
    """Answers dialogs from ``answers`` by kind, in order; None is a cancelled one."""

    def __init__(self, *, answers=(), workbook=("", False), row=(), outcome=None):
        self.answers = list(answers)
        self.book = Workbook(*workbook)
        self.row = row
        self.outcome = outcome or Outcome("Done.")
        self.asked, self.jobs, self.told, self.opened, self.logged = [], [], [], [], []

    def _next(self, *what):
        self.asked.append(what)
        return self.answers.pop(0) if self.answers else None

    def ask_folder(self, title):
        return self._next("folder", title)

    def ask_file(self, title, endings):
        return self._next("file", title, *endings)

    def ask_save(self, title, suggested):
        return self._next("save", title, suggested)

    def ask_text(self, title, suggested):
        return self._next("text", title, suggested)

    def workbook(self):
        return self.book

    def selected_row(self):
        return self.row

    def do(self, job, answers):
        self.jobs.append((job, dict(answers)))
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def tell(self, title, message):
        self.told.append((title, message))

    def open(self, path):
        self.opened.append(path)

    def log(self, problem):
        self.logged.append(problem)
        return "xlkpi.log"
