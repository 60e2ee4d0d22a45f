"""Excel: the function server behind the add-in, its dialogs, and what builds the add-in."""
