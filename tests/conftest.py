"""Puts what several rooms' tests share, `tests/fixtures`, where they can import it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "fixtures"))
