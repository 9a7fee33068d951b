"""The French classification of activities, NAF rév. 2: its codes of five signs and their labels."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from io import StringIO

from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes

REGISTER = "registers/naf.csv"
LEVEL = "sous-classe"
_LOOSE = re.compile(r"([0-9]{2})[. ]?([0-9]{2})[. ]?([A-Z])")


@cache
def labels() -> Mapping[str, str]:
    """The label of every code of five signs: « 43.21A »."""
    text = decode(read_bytes(data_folder("rules") / REGISTER), REGISTER)
    rows = csv.DictReader(StringIO(text))
    return {row["code"]: row["libelle"] for row in rows if row["niveau"] == LEVEL}


def label(code: str) -> str | None:
    """The label of a code, None where the classification does not have it."""
    return labels().get(code)


def code(text: str) -> str | None:
    """The code as the register writes it, « 4321a » is « 43.21A »; None where it is not one."""
    parts = _LOOSE.fullmatch(text.strip().upper())
    found = f"{parts[1]}.{parts[2]}{parts[3]}" if parts else ""
    return found if found in labels() else None
