"""How this project is set up on a machine: its facts, the steps planned from them, and the doing.

Standard library only, and no part of the installed package: `install_addin.py` is its one door.
"""
