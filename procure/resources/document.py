"""A file once read: plain values, and the line and column of each; the same for YAML and JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from procure.domain.errors import Fault, UnreadableFile

MAX_DEPTH = 40
MAX_VALUES = 200_000

Path_ = tuple[Any, ...]
"""The keys and positions that lead to a part: `("lots", 0, "title")`."""

Place = tuple[int, int]
"""A line and a column, from 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """The value of a text and the place of each of its parts: of its key, where it has one."""

    name: str
    value: Any
    places: dict[Path_, Place]

    def where(self, path: Path_ = ()) -> str:
        """The file and the place of a part, or of its nearest parent, in French."""
        while path and path not in self.places:
            path = path[:-1]
        return f"{self.name}, {place_text(self.places.get(path, (1, 1)))}"


def place_text(place: Place) -> str:
    """The place in French: « ligne 3, colonne 5 »."""
    return f"ligne {place[0]}, colonne {place[1]}"


def path_text(path: Path_) -> str:
    """The path as it is written everywhere: `lots[0].criteria[1].weight`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")


def shortened(value: Any, limit: int = 60) -> str:
    """A value short enough for a message."""
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


class Places:
    """The places noted while a text is read; refuses what is too deep or too long."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: dict[Path_, Place] = {}

    def note(self, path: Path_, place: Place) -> None:
        """
        Keep the place of a part.

        Raises:
            UnreadableFile: too many levels, or too many values.
        """
        if len(path) > MAX_DEPTH:
            raise self.refused(place, "trop de niveaux imbriqués", f"{MAX_DEPTH} au plus")
        if len(self.found) >= MAX_VALUES:
            raise self.refused(place, "trop de valeurs", f"{MAX_VALUES} au plus")
        self.found[path] = place

    def refused(
        self, place: Place, what: str, expected: str = "", advice: str = ""
    ) -> UnreadableFile:
        """The error to raise for what stands at a place."""
        return UnreadableFile(Fault(f"{self.name}, {place_text(place)}", what, expected, advice))

    def key_twice(self, place: Place, key: Any) -> UnreadableFile:
        """The error for a key that its block holds already."""
        return self.refused(
            place,
            f"la clé « {shortened(key)} » est écrite deux fois dans le même bloc",
            "une seule fois",
            "Gardez une des deux lignes",
        )
