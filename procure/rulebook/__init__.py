"""
The law and the policy on paper: rules, dated parameters, profiles, cases and their pages.

Nothing is judged here: conditions are read, checked and bound to a day, and the engine evaluates
them. Start with `schema.py`, then `loader.py`, the one module that reads `rules/`.
"""
