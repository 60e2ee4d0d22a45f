"""What is read from returned files, and what is said of it."""
