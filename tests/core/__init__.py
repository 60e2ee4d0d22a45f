"""The exact rules, judged by tables made by hand and by an oracle that shares no code with them."""
