"""
Reads a notice in eForms XML (SDK 1.3 to 1.16) as a tender: contract, prior information and award.

What the notice does not say stays unknown; what it says and cannot be taken over is a note in
French. Nothing is concluded from prose. Start with `notice.py`; `tables.py` says which element of
the standard gives which field of ours, `codes.py` which code.
"""

from procure.exchange.eforms.notice import read_notice

__all__ = ["read_notice"]
