"""A provider's scorecard: one page."""
