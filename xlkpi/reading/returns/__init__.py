"""Returned workbooks: found, checked, and turned into typed entries and findings."""
