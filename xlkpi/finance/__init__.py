"""Finance: the invoice ledger and the case-system extract held against what providers returned."""
