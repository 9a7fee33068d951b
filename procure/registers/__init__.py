"""
Public code lists as look-ups: CPV, NAF, communes, trades, staff and turnover; SIRET numbers.

The lists are data in `rules/registers/`, with their source and date. Start with `trades.py`.
"""
