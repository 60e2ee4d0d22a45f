"""Promises to an officer who needs the figures back."""
