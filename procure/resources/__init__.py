"""
Where the data of the project lies, and the one safe door to YAML.

Knows no rule and no tender. Start with `folders.py`; `yaml.py` reads a file and remembers the line
and column of every value; `validation.py` turns it into a model, with French errors.
"""
