"""Writing: the room that makes files, spreadsheets among them; a stranger to reading."""
