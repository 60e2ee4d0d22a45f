"""Emails, reminders and warnings."""
