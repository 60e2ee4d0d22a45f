"""The exact rules of the Schedule: indicators, bands, states, periods, lots. Standard library, Python 3.9."""
