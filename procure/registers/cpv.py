"""The common procurement vocabulary, CPV 2008: French labels of its codes."""

from __future__ import annotations

import csv
from functools import cache

from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes

REGISTER = "registers/cpv.csv"


def label(code: str) -> str | None:
    """
    The French label of a code of eight digits, None where the vocabulary does not have it.

    Source: Regulation (EC) 213/2008.
    """
    content = _content()
    start = content.find(f"\n{code}-")
    if len(code) != 8 or start < 0:
        return None
    end = content.find("\n", start + 1)
    _, found = next(csv.reader([content[start + 1 : end if end >= 0 else None]]))
    return found


def has_beginning(start: str) -> bool:
    """Whether a code begins with these digits."""
    return start.isdigit() and f"\n{start}" in _content()


@cache
def _content() -> str:
    """The register as text: a look-up searches it, for one report needs a label or two of 9 454."""
    path = data_folder("rules") / REGISTER
    return decode(read_bytes(path), REGISTER).replace("\r\n", "\n")
