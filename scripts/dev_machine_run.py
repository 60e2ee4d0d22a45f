"""Show a plan for a developer's machine, or carry it out."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dev_machine_plan import CommandPlan, CommandStep


def carry_out(plan: CommandPlan) -> int:
    """Do the steps in order; return the exit status of the last one, or 1 at the first that fails."""
    for text in (*plan.notes, plan.stop):
        if text:
            print(text, file=sys.stderr)
    if plan.stop:
        return 1
    for step in plan.steps:
        print(f"{step.title} ...", file=sys.stderr, flush=True)
        status = _run(step)
        if step.last:
            return status
        if status:
            print(step.remedy or f"{step.title}: did not work (status {status}).", file=sys.stderr)
            if not step.optional:
                return 1
        elif step.stamp:
            step.stamp.write_text(step.stamp_text, encoding="utf-8")
    return 0


def _run(step: CommandStep) -> int:
    """Give 0 when a command succeeds, else the last one's status (128 + the signal's number if killed)."""
    status = 1
    for command in step.commands:
        try:
            status = subprocess.run(command, cwd=step.folder, check=False).returncode
        except OSError as problem:
            print(problem, file=sys.stderr)
        if status == 0:
            break
    return 128 - status if status < 0 else status


def show(plan: CommandPlan) -> int:
    """Print the plan; return 1 when nothing can be done."""
    for number, step in enumerate(plan.steps, 1):
        print(f"{number}. {step.title}: {step.why}")
        for command in step.commands:
            print(f"     {shlex.join(command)}")
    for text in (*plan.notes, plan.stop):
        if text:
            print(text)
    return 1 if plan.stop else 0
