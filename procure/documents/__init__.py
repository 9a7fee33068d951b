"""
What people are handed: reports as pages, written from templates, and clauses to take over.

Contexts decide what is said and in which order; templates only place it. Nothing is judged here.
Start with `contexts.py`, then `templates/reports/report.html.j2`; for the clauses, `library.py`.
"""
