"""What we promise a provider's manager, who has the workbook and nothing else of ours."""
