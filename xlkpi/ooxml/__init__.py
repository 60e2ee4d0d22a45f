"""The Office Open XML format and nothing else: packages, parts, cells, styles, addresses, limits."""
