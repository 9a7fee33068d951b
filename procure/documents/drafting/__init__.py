"""
The documents of a consultation, drafted from the one file of the tender.

Amounts, days and durations are put into words once, in `amounts.py`, so that they agree everywhere;
what nobody decided is a marked blank, never a guess. Start with `drafts.py`, then
`templates/documents/`.
"""
