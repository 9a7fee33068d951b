"""
Judges a tender by a rulebook bound to a day: facts, inference, score, receipt.

No file is read and no clock consulted here. Start with `judge.py`; `vocabulary/` says what a fact
is and where it comes from, `inference.py` is the one door to durable-rules.
"""
