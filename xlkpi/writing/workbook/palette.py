"""Colours of charts that can be distinguished in grey too: each set runs through lightness, not only through hue."""

from __future__ import annotations

from xlkpi.layout.styles import INK, NAVY, WHITE

# colour of the area, ink of the number in it
GREEN = ("#1E7D60", WHITE)
AMBER = ("#F0B428", INK)
RED = ("#8A1C20", WHITE)
NO_RAG = ("#DFE3E9", INK)
AREAS = ((NAVY, WHITE), ("#F0B428", INK), ("#2E75B6", WHITE), ("#DFE3E9", INK))

# colour, dash and marker of the first line, the second, …
LINES = (
    (NAVY, "solid", "circle"),
    ("#C2570C", "dash", "diamond"),
    ("#2E75B6", "round_dot", "square"),
    ("#6B7280", "dash_dot", "triangle"),
)
# the edges of the bands in a line chart: thin, without a marker
GREEN_EDGE = ("#1E7D60", "long_dash")
RED_EDGE = ("#8A1C20", "round_dot")
