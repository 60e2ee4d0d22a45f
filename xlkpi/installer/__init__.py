"""How this project is set up on a machine: its facts, the steps planned from them, and the doing.

    outside, places, hosts, machine, site, probe    look, and change nothing
    planning, install_plan, uninstall_plan          facts to steps, which are data (actions)
    doing, transaction, journal                     steps shown or carried out, and the way back
    record, refusing, reporting, doctor             what was put, what cannot work, what is there, what is wrong

Standard library only: `install_addin.py` runs it before anything is installed. It knows no other room.
"""
