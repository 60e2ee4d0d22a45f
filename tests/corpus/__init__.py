"""Sample files: returns, odd but legal spellings, damaged files and rubbish."""
