"""Tests of the consolidation: a folder of returns made into rows, files, findings and who is missing."""
