"""The headings of a Markdown document: their numbers, the places they can be linked to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"^(#{1,4}) (.*?)(?: \{([^{}]*)\})?$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ID = re.compile(r"#([\w-]+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its level from 1; `number` is « 4.2 », or None where it bears none."""

    level: int
    text: str
    id: str
    number: str | None = None

    @property
    def numbered(self) -> str:
        """« Article 4 – Prix », « 4.2 Révision », « Annexe »."""
        if self.number is None:
            return self.text
        return f"{article(self.number)} {self.text}"


def article(number: str) -> str:
    """How a number is written before a heading: « Article 4 – », « 4.2 »."""
    return number if "." in number else f"Article\u00a0{number} –"


@dataclass(frozen=True, slots=True)
class Outlined:
    """A document in which every heading has a place, and these headings in order."""

    markdown: str
    headings: tuple[Heading, ...]


def outlined(markdown: str, is_numbered: bool = True) -> Outlined:
    """
    Number the headings of a document, and give a place to those that have none.

    Args:
        is_numbered: false for a document whose headings bear no number.
    """
    counts = [0, 0, 0, 0]
    headings: list[Heading] = []
    lines = markdown.split("\n")
    for at, line in enumerate(lines):
        found = _HEADING.match(line)
        if not found:
            continue
        marks, text, attributes = found[1], found[2], found[3] or ""
        level = len(marks)
        number = None
        if is_numbered and ".unnumbered" not in attributes:
            counts[level - 1] += 1
            counts[level:] = [0] * (4 - level)
            number = ".".join(map(str, counts[:level]))
        place = _place(attributes) or f"t{len(headings) + 1}"
        heading = Heading(level, plain(text), place, number)
        headings.append(heading)
        bare = "" if number else " .unnumbered"
        lines[at] = f"{marks} {text} {{#{heading.id}{bare}}}"
    return Outlined("\n".join(lines), tuple(headings))


def with_numbers(document: Outlined) -> str:
    """The Markdown with the numbers written in the headings, for a format that counts none."""
    numbers = {heading.id: heading.number for heading in document.headings}
    lines = []
    for line in document.markdown.split("\n"):
        found = _HEADING.match(line)
        number = numbers.get(_place(found[3] or "")) if found else None
        if found and number:
            line = f"{found[1]} {article(number)} {found[2]} {{{found[3]}}}"
        lines.append(line)
    return "\n".join(lines)


def _place(attributes: str) -> str:
    found = _ID.search(attributes)
    return found[1] if found else ""


def plain(markdown: str) -> str:
    """Words of Markdown without the signs that escape them."""
    return _ESCAPE.sub(r"\1", markdown)
