"""
Public code lists as look-ups: for now the common procurement vocabulary (CPV).

The lists are data in `rules/registers/`, with their source and date. Start with `cpv.py`.
"""
