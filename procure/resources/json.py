"""
The door to JSON: plain values with the line and column of each, and back to text.

Stricter than the standard library, which keeps the last of two equal keys, accepts NaN, forgets
where a value stood and recurses without bound. Numbers are integers or Decimal, never float.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from json import JSONDecodeError, JSONDecoder, dumps, loads
from typing import Any

from procure.domain.errors import Fault, UnreadableFile
from procure.resources.document import Document, Path_, Place, Places, shortened
from procure.resources.text import CONTROL, code_point

__all__ = ["Document", "dump", "dump_line", "lines", "parse"]

_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_NUMBER = re.compile(
    r"-?(?:0|[1-9][0-9]{0,28})(?P<rest>\.[0-9]{1,40})?(?P<power>[eE][+-]?[0-9]{1,2})?"
)
_STRINGS = JSONDecoder(strict=True)
_WORDS = {"null": None, "true": True, "false": False}


def parse(text: str, name: str) -> Document:
    """
    Read one JSON text; an empty text is None.

    Raises:
        UnreadableFile: not JSON, a key twice, NaN, too deep, too long; names line and column.
    """
    return _Scanner(text, name).document()


def dump(value: Any) -> str:
    """
    Write plain values so that `parse` gives them back: two spaces a level, French unescaped.

    Args:
        value: None, booleans, integers, decimals, dates (written as text), text, lists, and
            dictionaries by text.
    """
    return "".join(_written(value, "\n")) + "\n"


def dump_line(value: Any) -> str:
    """Write plain values on one line, French unescaped; what `dump` takes."""
    return dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """A decimal as the number it is: floats write the few digits of a share unchanged."""
    return float(value) if isinstance(value, Decimal) else value.isoformat()


def lines(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """
    Read JSON lines: the number and the value of each line that is not blank.

    Texts keep whatever character they hold: they are prose to be read.

    Raises:
        UnreadableFile: a line is not JSON; names it.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, loads(line, parse_float=Decimal, strict=False)
        except (JSONDecodeError, RecursionError):
            where, expected = f"{name}, ligne {number}", 'un objet {"id": …, "text": …} par ligne'
            raise UnreadableFile(Fault(where, "ce n'est pas du JSON", expected)) from None


class _Scanner:
    """Reads a value at a position and returns it with the position that follows."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.places = Places(name)
        self.lines = _Lines(text)

    def document(self) -> Document:
        start = self._skip(0)
        if start == len(self.text):
            return Document(self.places.name, None, {})
        value, end = self._value(start, ())
        end = self._skip(end)
        if end != len(self.text):
            raise self._refuse(end, "du texte suit la fin du JSON", "une seule valeur")
        return Document(self.places.name, value, self.places.found)

    def _value(self, at: int, path: Path_, key: Place | None = None) -> tuple[Any, int]:
        """A value; its place is that of its key, where it has one."""
        self.places.note(path, key or self._place(at))
        match self.text[at : at + 1]:
            case '"':
                return self._string(at)
            case "{":
                return self._block(at, path)
            case "[":
                return self._list(at, path)
        return self._word(at)

    def _block(self, at: int, path: Path_) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        at = self._skip(at + 1)
        while self.text[at : at + 1] != "}":
            if self.text[at : at + 1] != '"':
                raise self._refuse(at, "il manque une clé", "une clé entre guillemets droits")
            key, end = self._string(at)
            place = self._place(at)
            if key in values:
                raise self.places.key_twice(place, key)
            colon = self._skip(end)
            if self.text[colon : colon + 1] != ":":
                raise self._refuse(colon, f"il manque « : » après « {shortened(key)} »", "« : »")
            values[key], end = self._value(self._skip(colon + 1), (*path, key), place)
            at = self._next(end, "}")
        return values, at + 1

    def _list(self, at: int, path: Path_) -> tuple[list[Any], int]:
        values: list[Any] = []
        at = self._skip(at + 1)
        while self.text[at : at + 1] != "]":
            value, end = self._value(at, (*path, len(values)))
            values.append(value)
            at = self._next(end, "]")
        return values, at + 1

    def _next(self, at: int, close: str) -> int:
        """The position after a comma, or of the closing sign."""
        at = self._skip(at)
        sign = self.text[at : at + 1]
        if sign not in (",", close):
            raise self._refuse(at, "la liste ou le bloc n'est pas refermé", f"« , » ou « {close} »")
        if sign == close:
            return at
        at = self._skip(at + 1)
        if self.text[at : at + 1] == close:
            raise self._refuse(at, "une virgule précède la fin", "une valeur", "Ôtez la virgule")
        return at

    def _string(self, at: int) -> tuple[str, int]:
        try:
            value, end = _STRINGS.raw_decode(self.text, at)
        except JSONDecodeError as error:
            raise self._refuse(
                error.pos,
                "le texte entre guillemets est incorrect",
                "un texte sur une ligne, refermé",
            ) from error
        if found := CONTROL.search(value):
            what = f"le texte contient un caractère de commande ({code_point(found[0])})"
            raise self._refuse(at, what, "du texte")
        return value, end

    def _word(self, at: int) -> tuple[Any, int]:
        found = _WORD.match(self.text, at)
        word = found[0] if found else ""
        if word in _WORDS:
            return _WORDS[word], at + len(word)
        if number := _NUMBER.fullmatch(word):
            whole = number["rest"] is None and number["power"] is None
            return (int(word) if whole else Decimal(word)), at + len(word)
        shown = shortened(word or self.text[at : at + 1] or "la fin du fichier")
        raise self._refuse(
            at,
            f"« {shown} » n'est pas une valeur JSON",
            "un texte entre guillemets, un nombre, true, false, null, une liste ou un bloc",
        )

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _place(self, at: int) -> Place:
        return self.lines.place(at)

    def _refuse(self, at: int, what: str, expected: str, advice: str = "") -> UnreadableFile:
        return self.places.refused(self._place(at), what, expected, advice)


class _Lines:
    """Counts lines from one position to the next, so that a long text is gone through once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at, self.line, self.start = 0, 1, 0

    def place(self, at: int) -> Place:
        if at < self.at:
            self.at, self.line, self.start = 0, 1, 0
        if newer := self.text.count("\n", self.at, at):
            self.line += newer
            self.start = self.text.rindex("\n", self.at, at) + 1
        self.at = at
        return self.line, at - self.start + 1


def _written(value: Any, newline: str) -> Iterator[str]:
    inner = f"{newline}  "
    if isinstance(value, dict) and value:
        for number, (key, part) in enumerate(value.items()):
            yield f"{',' if number else '{'}{inner}{dumps(key, ensure_ascii=False)}: "
            yield from _written(part, inner)
        yield f"{newline}}}"
    elif isinstance(value, list | tuple) and value:
        for number, part in enumerate(value):
            yield f"{',' if number else '['}{inner}"
            yield from _written(part, inner)
        yield f"{newline}]"
    elif isinstance(value, Decimal):
        yield format(value, "f")
    elif isinstance(value, date):
        yield f'"{value.isoformat()}"'
    else:
        yield dumps(value, ensure_ascii=False)
