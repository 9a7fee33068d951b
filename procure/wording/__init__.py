"""
French prose: words, phrases of the lexicon, what they say and whether it is denied.

Knows no tender and no rule: a text in, hits with their place in the text out.
"""
