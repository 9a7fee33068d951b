"""The questions and the first assumptions of the sheets, written in `templates/sheets/`."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from procure.domain.base import Count, Label, Noun, Number, Share, Text
from procure.domain.errors import InputError
from procure.domain.tender import ClauseSubject, Theme
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import build
from procure.resources.yaml import parse

FOLDER = "sheets"
Model = TypeVar("Model", bound=Noun)


class Question(Noun):
    """A question to bidders: the piece that proves the answer, its longest length in signs."""

    question: Text
    proof: Text
    length: Count


class Subject(Noun):
    """What is asked of a clause on this subject."""

    title: Label
    questions: tuple[Question, ...]


class Replies(Noun):
    """The questions by theme of criterion and by subject of clause."""

    themes: dict[Theme, tuple[Question, ...]]
    subjects: dict[ClauseSubject, Subject]

    def of_themes(self, themes: tuple[Theme, ...]) -> list[Question]:
        """The questions of the themes, or the general ones where no theme has its own."""
        found = [question for theme in themes for question in self.themes.get(theme, ())]
        return found or list(self.themes["other"])

    def of_subject(self, subject: ClauseSubject | None) -> Subject:
        return self.subjects.get(subject or "other", self.subjects["other"])


class AssumedShare(Noun):
    """A share to start from, and where it comes from."""

    value: Share
    note: Text


class AssumedCost(Noun):
    """Euros an hour to start from, and where they come from."""

    value: Number
    note: Text


class Assumptions(Noun):
    """What the hours of insertion are first reckoned with; a practice, not law."""

    labour_share: AssumedShare
    rate: AssumedShare
    hourly_cost: AssumedCost
    source: Text
    ways: tuple[Label, ...]


@cache
def replies() -> Replies:
    return _read("replies.yaml", Replies)


@cache
def assumptions() -> Assumptions:
    return _read("insertion.yaml", Assumptions)


def _read(name: str, model: type[Model]) -> Model:
    path = data_folder("templates") / FOLDER / name
    shown = f"templates/{FOLDER}/{name}"
    document = parse(decode(read_bytes(path), shown), shown)
    return build(model, document.value, document.where, InputError)
