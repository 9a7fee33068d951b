"""The rulebook, loaded once, and what may be asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from procure.api.clock import today
from procure.domain.errors import Fault, ProcureError, RulebookError
from procure.engine.binding import bind
from procure.engine.judge import EngineName, Judge
from procure.engine.vocabulary import SPECS
from procure.resources.cache import remembered
from procure.resources.folders import data_folder
from procure.resources.validation import nearest
from procure.rulebook.freshness import Freshness, freshness
from procure.rulebook.loader import load, load_profile
from procure.rulebook.schema import Profile, Rule, Rulebook, Setting
from procure.rulebook.vocabulary import FactSpec

PROFILE_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Tried:
    """The outcome of the cases of one rule."""

    rule: Rule
    cases: int
    faults: tuple[Fault, ...]


@cache
def rulebook() -> Rulebook:
    """
    The rules of this installation.

    Raises:
        RulebookError: a file of `rules/` is wrong; every fault is named.
    """
    return remembered("rulebook", data_folder("rules"), Rulebook, lambda: load(SPECS))


@lru_cache(maxsize=32)
def judge_on(
    day: date,
    notified_on: date | None,
    engine: EngineName,
    used_on: date | None = None,
    settings: tuple[Setting, ...] = (),
) -> Judge:
    """The rulebook bound to a day and compiled for an engine, kept for the next tender."""
    return Judge(bind(rulebook(), day, notified_on, used_on, settings), engine)


def profile(word: str) -> Profile:
    """
    A profile of `rules/` by name, or that of a file by its path.

    Raises:
        RulebookError: no such profile (names the nearest), or a file that cannot be a profile.
    """
    found = rulebook().profiles.get(word)
    if found is not None:
        return found
    if Path(word).suffix in PROFILE_SUFFIXES or "/" in word or "\\" in word:
        return load_profile(Path(word), rulebook())
    known = list(rulebook().profiles)
    expected = f"{', '.join(known)}, ou un fichier de profil .yaml"
    raise RulebookError(
        Fault(f"profil « {word} »", "il est inconnu", expected, nearest(word, known))
    )


def find_rule(word: str) -> Rule:
    """
    A rule by its code or name, in any case of letters.

    Raises:
        RulebookError: no such rule; names the nearest.
    """
    book = rulebook()
    found = book.rule(word) or book.rule(word.upper())
    if found is None:
        known = [name for rule in book.rules for name in (rule.code, rule.file.name)]
        expected = "un code de « procure rules list »"
        raise RulebookError(
            Fault(f"règle « {word} »", "elle est inconnue", expected, nearest(word, known))
        )
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule as a list shows it on a day."""

    code: str
    kind: str
    theme: str
    severity: str | None
    points: Decimal | None
    title: str


def listed(words: tuple[str, ...] = (), day: date | None = None) -> list[Listed]:
    """The rules that hold one of `words`; those in force on `day` when it is given."""
    return [
        Listed(
            code=rule.code,
            kind=rule.file.kind,
            theme=rule.theme,
            severity=rule.severity_on(day or date.max),
            points=rule.file.points,
            title=rule.file.title,
        )
        for rule in rulebook().rules
        if _holds(rule, words) and (day is None or rule.in_force(day))
    ]


def freshness_on(used_on: date | None = None) -> Freshness:
    """The rules to read again on a day, today by default, and the next to be."""
    return freshness(rulebook(), used_on or today())


def known_facts(words: tuple[str, ...] = ()) -> list[FactSpec]:
    """The facts whose name or label holds one of `words`."""
    facts = rulebook().vocabulary.values()
    return [f for f in facts if not words or any(w in f"{f.name} {f.label}" for w in words)]


def _holds(rule: Rule, words: tuple[str, ...]) -> bool:
    return not words or any(word in f"{rule.code} {rule.path}" for word in words)


@dataclass(frozen=True, slots=True)
class TriedConcept:
    """The outcome of the examples of one concept of the lexicon."""

    code: str
    examples: int
    faults: tuple[Fault, ...]


def try_lexicon(words: tuple[str, ...] = ()) -> Iterator[TriedConcept]:
    """Run the examples of the concepts whose code or path holds one of `words`; all by default."""
    from procure.wording.spotting import default
    from procure.wording.trial import count, run

    spotter = default()
    for concept in spotter.lexicon.concepts:
        if not words or any(word in f"{concept.code} {concept.path}" for word in words):
            yield TriedConcept(concept.code, count(concept), tuple(run(concept, spotter)))


def try_rules(words: tuple[str, ...] = ()) -> Iterator[Tried]:
    """
    Run the cases of the rules whose code, name or path holds one of `words`; of all by default.

    Each case runs on both engines and on the interpreter; missing cases are faults too.
    """
    from procure.engine.trial import run
    from procure.rulebook.cases import cases_of, gaps

    book, root = rulebook(), data_folder("rules")
    for rule in book.rules:
        if not _holds(rule, words):
            continue
        try:
            cases = cases_of(rule, book, root)
        except ProcureError as error:
            yield Tried(rule, 0, error.faults)
            continue
        faults = [fault for case in cases for fault in run(case, book)]
        yield Tried(rule, len(cases), (*faults, *gaps(rule, book, cases)))
