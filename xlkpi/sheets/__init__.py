"""Workbooks we make, planned tab by tab: nothing is calculated here."""
