"""One file a promise to a user, by role."""
