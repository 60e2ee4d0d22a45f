"""Regenerate what is made from the code and committed beside it. Run ``python scripts/regenerate.py``."""

from __future__ import annotations

import regenerate_reference

if __name__ == "__main__":
    regenerate_reference.write()
