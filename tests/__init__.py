"""Tests judge from outside: hand-built inputs, other programs' files, an oracle that shares no code."""
