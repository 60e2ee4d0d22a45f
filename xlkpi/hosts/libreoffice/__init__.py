"""LibreOffice: what builds the extension."""
