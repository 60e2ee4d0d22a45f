"""A planned return, judged cell by cell."""
