"""Returned workbooks: opened verbatim, then parsed and checked."""
