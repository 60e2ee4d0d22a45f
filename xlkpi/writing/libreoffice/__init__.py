"""LibreOffice run from outside: its process (the one way to start and end it), and what it converts for us."""
