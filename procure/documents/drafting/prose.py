"""The prose of a tender as Markdown: paragraphs, lists and tables are kept, the rest is text."""

from __future__ import annotations

import re
from itertools import groupby

from procure.documents.rendering import Markup, escaped

HEADING = re.compile(r"^#{1,6} ")
_ITEM = re.compile(r"^(\d{1,3}\.|[-–•*])\s+(?=\S)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ROW = re.compile(r"^\|.*\|$")
_RULE = re.compile(r"^\|(?: *:?-+:? *\|)+$")
_BAR = re.compile(r"(?<!\\)\|")


def prose(text: str, is_titled: bool = False) -> Markup:
    """
    Words of a tender in which no sign commands anything.

    Args:
        is_titled: the first heading is the title of a clause of the library, told elsewhere.
    """
    lines = [line.strip() for line in text.split("\n")]
    if is_titled and HEADING.match(lines[0]):
        lines = lines[1:]
    blocks = [
        _table(list(run)) if is_row else _words(list(run))
        for is_row, run in groupby(lines, lambda line: bool(_ROW.match(line)))
    ]
    return Markup("\n\n".join(block for block in blocks if block))


def _table(lines: list[str]) -> str:
    """The rows of a table; lines that only look like some are words."""
    if len(lines) < 3 or not _RULE.match(lines[1]):
        return _words(lines)
    rows = [_BAR.split(line[1:-1]) for line in lines]
    if len({len(row) for row in rows}) != 1:
        return _words(lines)
    said = ["| " + " | ".join(_escaped(cell) for cell in row) + " |" for row in rows]
    said[1] = "|" + "-----|" * len(rows[0])
    return "\n".join(said)


def _words(lines: list[str]) -> str:
    kept: list[str] = []
    for line in lines:
        item = _ITEM.match(line)
        mark = "" if item is None else item[1] if item[1][0].isdigit() else "-"
        words = _escaped(HEADING.sub("", line[item.end() :] if item else line))
        if mark and kept and kept[-1] and not _ITEM.match(kept[-1]):
            kept.append("")
        kept.append(f"{mark} {words}".strip() if words else "")
    return "\n".join(kept).strip()


def _escaped(words: str) -> str:
    return str(escaped(_ESCAPE.sub(r"\1", words)))
