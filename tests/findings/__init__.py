"""Every message."""
