"""
The one door to YAML: plain values with the line and column of each, and back to text.

Reads a safe subset: no tag, no anchor, no alias, no duplicate key, no second document, bounded
depth. Plain scalars are null, booleans (`true`, `false`, `oui`, `non`), integers, decimals (as
Decimal, never float), dates, and text; a number with a leading zero is text (a postcode).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from procure.domain.errors import Fault, UnreadableFile
from procure.resources.document import Document, Path_, Place, Places, place_text, shortened
from procure.resources.text import CONTROL, code_point

__all__ = ["Document", "dump", "parse"]

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,28})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,28})\.[0-9]{1,40}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS_START = "-0123456789"
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "true": True, "false": False, "oui": True, "non": False,
}  # fmt: skip
_LONGEST_WORD = 80
_NextEvent = Callable[[], Any]
_ODD_BREAK = re.compile("[\r\x85\u2028\u2029\ufeff]")
"""Ends of line, or of nothing, that only double quotes keep as they are."""


def parse(text: str, name: str) -> Document:
    """
    Read one YAML document; an empty text is None.

    Raises:
        UnreadableFile: not YAML, or YAML outside the safe subset; names line and column.
    """
    return _Builder(text, name).document()


def dump(value: Any) -> str:
    """
    Write plain values so that `parse` gives them back: block style, order kept, French unescaped.

    Args:
        value: None, booleans, integers, decimals, dates, text, lists, and dictionaries by text.
    """
    start = yaml.DocumentStartEvent(explicit=False)
    end = yaml.DocumentEndEvent(explicit=False)
    events = [yaml.StreamStartEvent(), start, *_events(value), end, yaml.StreamEndEvent()]
    written = yaml.emit(events, Dumper=_Indented, allow_unicode=True, width=100)
    return str(written).removesuffix("...\n")


class _Builder:
    """Builds the values from the parser's events, so that nothing is built that is not wanted."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.places = Places(name)

    def document(self) -> Document:
        try:
            loader = _PARSER(self.text)
            try:
                value = self._root(loader.get_event)
            finally:
                loader.dispose()
        except (yaml.YAMLError, UnicodeError) as error:
            raise _not_yaml(error, self.text, self.name) from error
        return Document(self.name, value, self.places.found)

    def _root(self, next_event: _NextEvent) -> Any:
        value, documents = None, 0
        while not isinstance(event := next_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._second_document(event)
                value = self._value(next_event(), next_event, ())
        return value

    def _value(
        self, event: Any, next_event: _NextEvent, path: Path_, key: Place | None = None
    ) -> Any:
        """A value; its place is that of its key, where it has one."""
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor or event.tag:
            raise self._unsafe(event)
        self.places.note(path, key or _place(event.start_mark))
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if kind is yaml.SequenceStartEvent:
            return self._sequence(next_event, path)
        return self._mapping(next_event, path)

    def _sequence(self, next_event: _NextEvent, path: Path_) -> list[Any]:
        values: list[Any] = []
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            values.append(self._value(event, next_event, (*path, len(values))))
        return values

    def _mapping(self, next_event: _NextEvent, path: Path_) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        while type(event := next_event()) is not yaml.MappingEndEvent:
            key, place = self._key(event), _place(event.start_mark)
            if key in values:
                raise self.places.key_twice(place, key)
            values[key] = self._value(next_event(), next_event, (*path, key), place)
        return values

    def _key(self, event: Any) -> Any:
        if type(event) is yaml.AliasEvent or event.anchor or event.tag:
            raise self._unsafe(event)
        if type(event) is not yaml.ScalarEvent:
            raise self._refuse(
                event, "une clé n'est pas un mot", "une clé simple (exemple : title)"
            )
        key = self._scalar(event)
        return key if isinstance(key, date) else event.value

    def _scalar(self, event: Any) -> Any:
        text = event.value
        if not text.isprintable() and (found := CONTROL.search(text)):
            what = f"le texte contient un caractère de commande ({code_point(found[0])})"
            raise self._refuse(event, what, "du texte", "Effacez ce caractère")
        is_plain = event.implicit[0] and event.style not in ("'", '"', "|", ">")
        return _plain(text) if is_plain else text

    def _second_document(self, event: Any) -> UnreadableFile:
        return self._refuse(
            event,
            "un second document suit le premier",
            "un seul document par fichier",
            "Ôtez la ligne « --- » et ce qui la suit",
        )

    def _unsafe(self, event: Any) -> UnreadableFile:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            return self._refuse(
                event,
                "les ancres (&) et les alias (*) ne sont pas acceptés",
                "la valeur elle-même",
                "Recopiez la valeur, ou mettez le texte entre guillemets",
            )
        return self._refuse(
            event,
            f"l'étiquette « {shortened(event.tag)} » n'est pas acceptée",
            "une valeur simple",
            "Ôtez le point d'exclamation, ou mettez le texte entre guillemets",
        )

    def _refuse(self, event: Any, what: str, expected: str, advice: str = "") -> UnreadableFile:
        return self.places.refused(_place(event.start_mark), what, expected, advice)


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _plain(text: str) -> Any:
    """What a word written without quotes means."""
    if len(text) > _LONGEST_WORD:
        return text
    if (word := text.lower()) in _WORDS:
        return _WORDS[word]
    if text[0] not in _NUMBERS_START:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return _day(text) if _DATE.fullmatch(text) else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


# --- what went wrong, in French -----------------------------------------------------------------

_MISTAKES = (
    (
        "mapping values are not allowed",
        "deux-points inattendus",
        "une seule clé par ligne",
        "Si le texte contient « : », mettez-le entre guillemets ; sinon vérifiez le retrait",
    ),
    (
        "could not find expected ':'",
        "il manque « : » après une clé, ou un guillemet",
        "« clé : valeur »",
        "Regardez aussi la ligne précédente",
    ),
    (
        "found unexpected end of stream",
        "un guillemet ouvert n'est pas refermé",
        "un guillemet au début et un à la fin du texte",
        "Regardez la première ligne où la couleur du texte change",
    ),
    (
        "did not find expected ',' or",
        "un crochet ou une accolade n'est pas refermé",
        "une virgule, ou le signe fermant",
        "Vérifiez les crochets et les accolades de cette ligne",
    ),
    (
        "<document start>",
        "du texte suit la fin du document",
        "un seul document par fichier",
        "Ôtez la ligne « ... » et ce qui la suit, ou mettez tout le texte entre guillemets",
    ),
    (
        "did not find expected '-' indicator",
        "cette ligne n'est pas dans l'alignement de la liste",
        "un tiret au même retrait que les précédents",
        "Vérifiez le retrait",
    ),
    (
        "cannot start any token",
        "ce signe ne peut pas commencer une valeur",
        "un texte entre guillemets quand il commence par @, %, ` ou une tabulation",
        "Mettez le texte entre guillemets",
    ),
)
_TAB = (
    "une tabulation commence la ligne",
    "des espaces",
    "Remplacez la tabulation par des espaces (deux par niveau)",
)
_OTHER = (
    "la mise en forme YAML est incorrecte",
    "« clé : valeur », et le même retrait pour les clés d'un même bloc",
    "Vérifiez les deux-points, les guillemets et les retraits de cette ligne",
)


def _not_yaml(error: Exception, text: str, name: str) -> UnreadableFile:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return UnreadableFile(Fault(name, *_OTHER))
    problem = str(getattr(error, "problem", ""))
    words = next((said for start, *said in _MISTAKES if start in problem), list(_OTHER))
    line, column = _place(mark)
    if _starts_with_tab(text, line):
        words = list(_TAB)
    return UnreadableFile(Fault(f"{name}, {place_text((line, column))}", *words))


def _starts_with_tab(text: str, line: int) -> bool:
    lines = text.split("\n", line)
    return len(lines) >= line and lines[line - 1].lstrip(" ").startswith("\t")


# --- writing ------------------------------------------------------------------------------------


class _Indented(yaml.SafeDumper):
    """Sets the dashes of a list in from its key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _events(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield yaml.MappingStartEvent(None, None, True, flow_style=not value)
        for key, inner in value.items():
            yield from _events(key)
            yield from _events(inner)
        yield yaml.MappingEndEvent()
    elif isinstance(value, list | tuple):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=not value)
        for inner in value:
            yield from _events(inner)
        yield yaml.SequenceEndEvent()
    else:
        yield _text_event(value) if isinstance(value, str) else _word_event(value)


def _text_event(text: str) -> Any:
    """Text, in quotes where it would be read as something else, in a block when it has lines."""
    if _ODD_BREAK.search(text):
        return yaml.ScalarEvent(None, None, (False, True), text, style='"')
    if "\n" in text:
        return yaml.ScalarEvent(None, None, (False, True), text, style="|")
    as_is = _plain(text) is text
    return yaml.ScalarEvent(None, None, (as_is, True), text, style=None if as_is else '"')


def _word_event(value: Any) -> Any:
    words = {None: "null", True: "oui", False: "non"}
    if value is None or isinstance(value, bool):
        return yaml.ScalarEvent(None, None, (True, True), words[value])
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return yaml.ScalarEvent(None, None, (True, True), text)
