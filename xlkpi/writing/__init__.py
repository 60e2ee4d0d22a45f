"""Writing: the room that makes files, spreadsheets among them; it does not know reading."""
