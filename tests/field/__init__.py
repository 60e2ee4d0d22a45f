"""Damaged and foreign files as people send them: one test file per kind, named by what people do."""
