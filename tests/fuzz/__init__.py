"""Inputs changed at random, by the thousand: nothing but findings, no traceback, no file over its budget."""
