"""
The nouns: tenders, lots, criteria, clauses, buyers, findings, scores, and the exceptions.

Nothing here reads a file, a clock or a rule. Start with `tender.py`, then `report.py`.
"""
