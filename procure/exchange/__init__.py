"""
Readers and writers of files: our own YAML and JSON, eForms notices, workbooks.

Every reader returns a `Reading`: the tender, and where each field was found. Nothing is judged
here. Start with `reader.py`, which chooses the reader of a file.
"""
