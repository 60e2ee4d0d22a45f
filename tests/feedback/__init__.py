"""What a provider is told."""
