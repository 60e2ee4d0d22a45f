"""The judges: LibreOffice, a second formula engine, and an oracle read from the Schedule itself."""
