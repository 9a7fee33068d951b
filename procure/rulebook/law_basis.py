"""The law basis: what the law asks, duty by duty, and why some duties have no rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from procure.domain.base import Label, Noun, Text

FILE = "law-basis.yaml"
SectionId = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]


class Section(Noun):
    """A duty, a right or a number of law; `none_because` says why no rule speaks of it."""

    id: SectionId
    title: Label
    none_because: Text | None = None


class Chapter(Noun):
    """Sections that stand under one heading."""

    title: Label
    sections: tuple[Section, ...]


class LawBasis(Noun):
    """The file `rules/law-basis.yaml`."""

    chapters: tuple[Chapter, ...] = ()

    @property
    def sections(self) -> dict[str, Section]:
        """Every section by its number."""
        return {section.id: section for _, section in self.placed()}

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], Section]]:
        """Every section with its path in the file."""
        for i, chapter in enumerate(self.chapters):
            for j, section in enumerate(chapter.sections):
                yield ("chapters", i, "sections", j), section
