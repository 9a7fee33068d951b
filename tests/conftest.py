"""
Puts what several rooms' tests share, `tests/fixtures`, where they can import it.

The tests use the rules on one day, whatever the day they run: nothing is to read again then; and
they read the rules themselves, not what the cache kept of them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["PROCURE_CACHE"] = ""
os.environ["PROCURE_USED_ON"] = "2026-11-22"
sys.path.insert(0, str(Path(__file__).parent / "fixtures"))
