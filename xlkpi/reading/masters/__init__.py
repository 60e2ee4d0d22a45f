"""Masters of earlier runs, read back from their tables."""
