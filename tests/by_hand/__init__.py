"""Tests that need a tool no build machine promises; they run only when they are named."""
