"""
Cuts French prose into words and passages, each with its place in the text as given.

Bears what notices go through before they are published: lost apostrophes and accents, sentences
glued together, entities left in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SMALL = frozenset(
    "la le les l un une des du de d au aux a en ce cet cette ces c son sa ses s leur leurs "
    "ne n y j m t qu lo".split()
)
"""Words that carry no sense here; they are skipped in the phrases as in the text."""

_WINDOWS = {0x85: "…", 0x91: "'", 0x92: "'", 0x93: '"', 0x94: '"', 0x96: "-", 0x97: "-", 0x9C: "œ"}
"""Characters of Windows-1252 left in a text that was read as Latin-1; each stays one character."""

_WORD = re.compile(
    r"(?P<entity>&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});)"
    r"|(?P<article>\b[LRDlrd]?\.?[ \xa0\u202f]?\d{3,4}-\d{1,3}(?:-\d{1,3})*\b)"
    r"|(?P<number>\d+(?:[ \xa0\u202f.]\d{3})*(?:,\d+|\.\d{1,2}(?!\d))?)"
    r"|(?P<word>[A-Z]{1,4}\d{1,2}(?![\d-])"
    r"|(?:[^\W\d_a-zà-öø-ÿœ]{2,}s?(?![a-zà-öø-ÿœ])|[^\W\d_][a-zà-öø-ÿœ]*)"
    r"(?:[?\ufffd](?=[a-zà-öø-ÿœ])[a-zà-öø-ÿœ]+)*)"
    r"|(?P<sign>[%€])"
)
_ELIDED = re.compile(r"(?:l|d|n|s|j|c|m|t|qu|jusqu|lorsqu)[?\ufffd]", re.IGNORECASE)
_BREAK = re.compile(
    r"(?P<end>[;!…•▪●►■□☐✓❑]|[?](?=\s|$)|\.(?=\s|$|[A-ZÀ-Þ\"«(-]))"
    r"|(?P<line>\n)(?=\s*(?:[-–—*•▪●+]|\n|[A-ZÀ-Þ]|\d+[.)°]))"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:art|arts|no|n|cf|ex|etc|m|mm|mme|st|ste|max|min|tél|env|al|resp|dépt|dpt|r|l|d|p|pp|"
    r"av|bd|réf|[A-Z]))$",
    re.IGNORECASE,
)
_ENTITY_END = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,6});\Z")
_LIST_MARK = re.compile(r"(?:^|\n)\s*\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Word:
    """
    A word of a text: `form` without case nor accent, `start` and `end` in the text as given.

    `kind` is word, article (of a code), number or sign; `after_comma` says that a comma stands
    before it, `passage` which passage it belongs to.
    """

    form: str
    written: str
    start: int
    end: int
    kind: str
    passage: int
    after_comma: bool


def folded(text: str) -> str:
    """The text in lower case, without accents nor ligatures."""
    plain = text.lower().replace("œ", "oe").replace("æ", "ae")
    if plain.isascii():
        return plain
    spread = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def words_of(text: str) -> list[Word]:
    """The words of a text that carry sense, in order; small words are left out."""
    return list(_words(text.translate(_WINDOWS)))


def _words(text: str) -> Iterator[Word]:
    breaks = _breaks(text)
    at, passage, previous, comma = 0, 0, None, False
    for kind, start, end in _spans(text):
        while at < len(breaks) and breaks[at] <= start:
            passage, at, comma = passage + 1, at + 1, False
        if previous is not None and _is_glued(text, previous, (start, end)):
            passage, comma = passage + 1, False
        if previous is not None and "," in text[previous[1] : start]:
            comma = True
        previous = (start, end)
        written = text[start:end]
        form = _form(written, kind)
        if form not in SMALL:
            yield Word(form, written, start, end, kind, passage, comma)
            comma = False


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _WORD.finditer(text):
        kind, start = found.lastgroup or "", found.start()
        if kind == "entity":
            continue
        if kind == "word" and (elided := _ELIDED.match(found.group())):
            yield kind, start, start + elided.end() - 1
            start += elided.end()
        yield kind, start, found.end()


def _form(written: str, kind: str) -> str:
    if kind == "number":
        return re.sub(r"[ \xa0\u202f]", "", written)
    if kind == "article":
        return written.lstrip("LRDlrd. \xa0\u202f")
    return folded(written)


def _is_glued(text: str, before: tuple[int, int], word: tuple[int, int]) -> bool:
    """Whether a sentence starts right after the last letter of another (« SocialesLa Ville »)."""
    return before[1] == word[0] and before[1] - before[0] > 2 and text[before[0]].isalpha()


def _breaks(text: str) -> list[int]:
    """Where passages start: ends of sentences, items of a list, blank lines."""
    found = []
    for one in _BREAK.finditer(text):
        if one.group() == "." and _is_no_stop(text, one.start()):
            continue
        if one.group() == ";" and _ENTITY_END.search(text, max(0, one.start() - 8), one.end()):
            continue
        found.append(one.end())
    return found


def _is_no_stop(text: str, dot: int) -> bool:
    """Whether a dot belongs to an abbreviation or to the number of an item."""
    before = text[max(0, dot - 8) : dot]
    return bool(_ABBREVIATED.search(before) or _LIST_MARK.search(before))
