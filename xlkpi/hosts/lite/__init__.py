"""Excel through xlwings Lite, without an installation: what runs in the workbook, and what builds it.

``in_workbook`` and ``book_copy`` run inside Excel, in the browser's Python: standard library only. ``build_wheel``,
``carry_code`` and ``build_starters`` run where the project is.
"""
