"""Fills the values of a noun from a table of fields, and keeps the origin of each and the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from procure.domain.french import typeset
from procure.exchange.xml import Node

MAX_NOTES = 200

UNPUBLISHED = "unpublished"
"""What the Publications Office writes where the buyer withheld a text (BT-195)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reading of elements gives: a value, the element it stands in, a remark in French."""

    value: Any
    node: Node
    remark: str = ""


Read = Callable[[Sequence[Node], str], Found]
"""Reads at least one element, in the preferred language; an unknown value is None."""


@dataclass(frozen=True, slots=True)
class Field:
    """
    A field of ours and the elements of the standard that give it.

    Args:
        name: dotted, from the noun being read: `framework.contractors`.
        term: the business term of the eForms regulation: `BT-113`.
        label: what a note calls it, in French.
        xpath: from the element of the noun, XPath 1.0.
    """

    name: str
    term: str
    label: str
    xpath: str
    read: Read


@dataclass(slots=True)
class Ledger:
    """What all the nouns of one notice share: language, origins, notes."""

    language: str
    origins: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Keep a note, once, up to a bound."""
        text = typeset(text)
        if text not in self.notes[-20:] and len(self.notes) < MAX_NOTES:
            self.notes.append(text)
            if len(self.notes) == MAX_NOTES:
                self.notes.append("D'autres remarques ne sont pas montrées.")


class Gathering:
    """
    The values of one noun being read.

    Args:
        node: the element the noun stands in.
        at: the noun's path in the tender, empty for the tender itself: `lots[0]`.
        called: what a note calls the noun, in French: « Lot LOT-0001 ».
    """

    def __init__(self, node: Node, ledger: Ledger, at: str = "", called: str = "Avis") -> None:
        self.node = node
        self.ledger = ledger
        self.at = at
        self.called = called
        self.values: dict[str, Any] = {}

    def take(self, fields: Iterable[Field]) -> None:
        """Read every field of a table that the notice states."""
        for each in fields:
            nodes = [node for node in self.node.all(each.xpath) if is_stated(node)]
            if not nodes:
                continue
            found = each.read(nodes, self.ledger.language)
            if found.value is not None:
                self.put(each.name, found.value, found.node)
            if found.remark:
                self.note(f"{each.label} ({each.term}) : {found.remark}")

    def put(self, name: str, value: Any, node: Node) -> None:
        """Set a field and its origin; a dotted name sets a field of a noun inside."""
        target = self.values
        *parents, last = name.split(".")
        for parent in parents:
            target = target.setdefault(parent, {})
        target[last] = value
        self.ledger.origins[self.path(name)] = node.path

    def path(self, name: str) -> str:
        return f"{self.at}.{name}" if self.at else name

    def inside(self, name: str, node: Node) -> Gathering:
        """The gathering of a noun inside this one."""
        return Gathering(node, self.ledger, self.path(name), self.called)

    def note(self, text: str) -> None:
        self.ledger.note(f"{self.called}, {text}.")


def is_stated(node: Node) -> bool:
    """Whether an element says something: it has a text, or elements inside."""
    return not node.is_leaf or node.text not in ("", UNPUBLISHED)
