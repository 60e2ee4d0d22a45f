"""The register of providers: which column is which, and what each row says."""
