"""A judge of packages: what is known to make Excel offer a repair, over every part of an .xlsx, .xlsm or .xlam.

    faults = audit("return.xlsx", content)
    assert not faults, report(faults)

It shares no code with the writers. Rules are functions from a package to its faults, grouped in files by what they
look at; ``rules.py`` lists them. It knows limits that no schema has: a sheet's name, a rule's prompt, a table's header
that differs from its cell. ``planted.py`` has the faults that it is itself tried on.
"""
