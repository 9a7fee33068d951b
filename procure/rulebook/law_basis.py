"""The law basis: what the law asks, duty by duty, and why some duties have no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from procure.domain.base import Label, Noun, Text
from procure.domain.errors import Fault
from procure.resources.validation import nearest

if TYPE_CHECKING:
    from procure.rulebook.schema import Rule

FILE = "law-basis.yaml"
SectionId = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
Where = Callable[[str, tuple[str | int, ...]], str]


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
        return {section.id: section for _, section in self._placed()}

    def faults(self, rules: Iterable[Rule], where: Where) -> Iterator[Fault]:
        """
        A rule in no known section; a section named twice, or with neither rule nor reason, or both.

        Args:
            where: the place of a path of a file, in French.
        """
        rules, known = tuple(rules), self.sections
        answered = [(rule, section) for rule in rules for section in rule.law_sections]
        for rule, section in answered:
            if section not in known:
                yield Fault(
                    where(rule.path, ("law_section",)),
                    f"la section « {section} » n'est pas dans rules/{FILE}",
                    "le numéro d'une section",
                    nearest(section, list(known)),
                )
        yield from self._sections_at_fault({section for _, section in answered}, where)

    def _sections_at_fault(self, covered: set[str], where: Where) -> Iterator[Fault]:
        seen: set[str] = set()
        for path, section in self._placed():
            name = f"la section « {section.id} »"
            if section.id in seen:
                what = f"{name} est écrite deux fois"
                yield Fault(where(FILE, path), what, "un numéro pour elle seule")
            elif section.id in covered and section.none_because:
                yield Fault(
                    where(FILE, path),
                    f"{name} a des règles, et une raison de n'en pas avoir",
                    "l'un ou l'autre",
                    "Ôtez « none_because », ou donnez une autre section à ces règles",
                )
            elif section.id not in covered and not section.none_because:
                yield Fault(
                    where(FILE, path),
                    f"{name} n'a ni règle, ni raison de n'en pas avoir",
                    "une règle dont « law_section » est ce numéro, ou « none_because »",
                )
            seen.add(section.id)

    def _placed(self) -> Iterator[tuple[tuple[str | int, ...], Section]]:
        for i, chapter in enumerate(self.chapters):
            for j, section in enumerate(chapter.sections):
                yield ("chapters", i, "sections", j), section
