"""The register of providers: its columns, and what each row contains."""
