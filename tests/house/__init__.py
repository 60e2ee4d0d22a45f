"""Checks of the project's own files."""
