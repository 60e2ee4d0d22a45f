"""Install xlkpi on a person's machine: collect facts, plan steps from them, and carry the steps out.

    system, paths, inspect_python, install_state    look, and change nothing
    preconditions, install_plan, uninstall_plan     turn facts into steps, which are data (actions)
    change, record                                  carry the steps out whole or not at all; say what is installed
    run_command, doctor                             the commands
    spreadsheet_host                                what a program has to tell; hosts/registry.py lists the programs

Standard library only: `install_addin.py` runs it before anything is installed. Of other rooms it imports only the
names of the files that the toolkit keeps, so that uninstall removes them.
"""
