"""Feedback: what each provider gets back, a scorecard of one page and an email, of its own figures alone."""

from __future__ import annotations
