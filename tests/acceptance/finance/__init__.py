"""Tests of the finance check."""
