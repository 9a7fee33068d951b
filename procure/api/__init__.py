"""
The hall: one function per task, for the command line, the portal and other programs.

Each function joins the rooms and decides nothing itself. Start with `scoring.py`.
"""

from procure.api.scoring import Scored, score, score_reading, verify

__all__ = ["Scored", "score", "score_reading", "verify"]
