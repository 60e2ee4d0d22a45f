"""The sheet Start here."""
