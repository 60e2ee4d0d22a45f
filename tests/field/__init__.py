"""What people and other programs do to returns and lists: one file per kind, named by what they do."""
