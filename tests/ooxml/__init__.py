"""The workbook format: cells, styles, packages and damaged files, held against other readers."""
