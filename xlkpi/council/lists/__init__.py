"""The Council's lists: one reader, one way to find a header, to read a day and to report a fault by its cell."""
