"""The sheet *Start here*: its rows, its steps, and the whole sheet."""
