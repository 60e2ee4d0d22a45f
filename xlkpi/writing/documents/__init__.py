"""Word documents, written as plain text in paragraphs: no macro, no field, no link."""
