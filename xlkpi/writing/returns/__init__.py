"""The return workbook: written once per combination of sections, stamped per provider."""
