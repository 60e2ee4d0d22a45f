"""Every kind of output can be read by everyone: judged from outside, with openpyxl, lxml and pypdf."""
