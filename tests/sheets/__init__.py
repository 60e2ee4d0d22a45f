"""Masters, finance workbooks, ledger templates and scorecards as other programs open them."""
