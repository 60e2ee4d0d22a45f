"""Texts that are sent: emails, reminders, formal warnings, the list of addresses."""
