"""The parts of the annotated copy: the package, its styles, its sheets and the list of findings.

Everything here edits the XML of a file somebody else saved. No spreadsheet library takes part, because
each of them loses what it does not know (macros, ribbons, extensions); what is not edited is not parsed.
"""
