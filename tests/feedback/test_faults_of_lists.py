"""What is wrong in the Council's lists, beside the feedback: each message names the file of its list, and once."""

from __future__ import annotations

from xlkpi.cli.terminal import say_faults
from xlkpi.commands.feedback import make_feedback
from xlkpi.hosts.job_words import describe_faults

LOG = "decided_on,decided_by,kind,provider_id,why\n2026-11-20,S. Marsh,no such kind,P001,Agreed by telephone.\n"
NAMED = "decisions.csv: Row 2, kind (C2) says “no such kind”."


def test_a_row_of_the_log_that_cannot_be_read_is_named_with_its_file(tmp_path, capsys):
    inbox, log = tmp_path / "inbox", tmp_path / "decisions.csv"
    inbox.mkdir()
    log.write_text(LOG, encoding="utf-8")
    feedback = make_feedback(inbox, tmp_path / "out", decisions=log, period="2026-27 Q2", pdf=False)
    assert say_faults(feedback.faults)
    assert f"must fix: {NAMED}" in capsys.readouterr().err
    heading, line = describe_faults(feedback.faults)[1:]
    assert f"{heading} {line}".startswith(f"In {NAMED}")
