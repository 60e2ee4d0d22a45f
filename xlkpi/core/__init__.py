"""The exact rules of the Schedule: indicators, bands, states, periods, lots. Standard library only, Python 3.9 syntax."""
