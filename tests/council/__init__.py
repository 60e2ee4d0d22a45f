"""Tests of the register and the settings."""
