"""Reads the files of `rules/lexicon/`; the one module of the room that does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from procure.domain.errors import Fault, ProcureError, RulebookError, UnreadableFile
from procure.domain.tender import Clause
from procure.resources.document import Document
from procure.resources.folders import data_folder
from procure.resources.text import decode, read_bytes
from procure.resources.validation import build, nearest
from procure.resources.yaml import parse
from procure.wording.concepts import (
    Around,
    Concept,
    Denial,
    Grade,
    Lexicon,
    Meaning,
    Pattern,
    ReadAs,
    Sentence,
    Source,
)
from procure.wording.files import (
    Beside,
    ConceptFile,
    Cue,
    Example,
    ListFile,
    NegationFile,
    ReadingFile,
    WrittenPattern,
)
from procure.wording.phrases import Phrase, PhraseError, PhraseReader, Slot
from procure.wording.stems import stem

FAMILIES = {
    "themes": "theme",
    "conditions": "condition",
    "local_preference": "local_preference",
    "traps": "trap",
}
"""The folders of concepts, and the first part of the concepts found there."""

LISTS, NEGATION, READING = "lists", "negation.yaml", "reading.yaml"


def load(folder: Path | None = None) -> Lexicon:
    """
    Load and check the lexicon.

    Args:
        folder: `rules/lexicon/` by default.

    Raises:
        RulebookError: with every fault found.
    """
    return _Loader(folder or data_folder("rules") / "lexicon").lexicon()


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()
        self.reader = PhraseReader(stem, {})

    def lexicon(self) -> Lexicon:
        self.reader = PhraseReader(stem, self._lists())
        negation = self._negation()
        reading, where = self._model(READING, ReadingFile)
        concepts = [c for folder in FAMILIES for c in self._concepts(folder)]
        opened = self._phrases(reading.criteria_open, where, ("criteria_open",))
        closed = self._phrases(reading.criteria_close, where, ("criteria_close",))
        if self.faults:
            raise RulebookError(*self.faults)
        return Lexicon(
            concepts=tuple(concepts),
            **negation,
            criteria_open=opened,
            criteria_close=closed,
            criteria_passages=reading.passages,
            forms=dict(self.reader.forms),
            digest=self.digest.hexdigest(),
        )

    def _document(self, name: str) -> Document:
        said = f"rules/lexicon/{name}"
        try:
            content = read_bytes(self.root / name)
            self.digest.update(name.encode() + b"\0" + content + b"\0")
            return parse(decode(content, said), said)
        except UnreadableFile as error:
            raise RulebookError(*error.faults) from None

    def _model(self, name: str, model: type[Any]) -> tuple[Any, Document]:
        document = self._document(name)
        return build(model, document.value, document.where, RulebookError), document

    def _files(self, folder: str) -> list[str]:
        return sorted(f"{folder}/{path.name}" for path in (self.root / folder).glob("*.yaml"))

    def _lists(self) -> dict[str, Slot]:
        found: dict[str, Slot] = {}
        for name in self._files(LISTS):
            file, document = self._model(name, ListFile)
            self._check_name(name, file.name)
            terms = {
                series
                for i, entry in enumerate(file.entries)
                for series in self._terms(entry, document, i)
            }
            found[file.name] = Slot(frozenset(terms), file.capital)
        return found

    def _terms(self, entry: str, document: Document, i: int) -> list[Any]:
        try:
            return self.reader.terms(entry)
        except PhraseError as error:
            self.faults.append(Fault(document.where(("entries", i)), str(error)))
            return []

    def _concepts(self, folder: str) -> Iterator[Concept]:
        for name in self._files(folder):
            try:
                yield self._concept(folder, name)
            except ProcureError as error:
                self.faults.extend(error.faults)

    def _concept(self, folder: str, name: str) -> Concept:
        file, document = self._model(name, ConceptFile)
        self._check_name(name, file.name)
        _check_family(folder, file, f"rules/lexicon/{name}, ligne 1")
        patterns = tuple(
            self._pattern(pattern, document, i) for i, pattern in enumerate(file.patterns)
        )
        code = f"{FAMILIES[folder]}.{file.name}"
        beside = self._around(file.in_document, document, ("in_document",))
        path, family = f"lexicon/{name}", FAMILIES[folder]
        return Concept(code, family, path, _meaning(file), beside, patterns)

    def _pattern(self, written: str | WrittenPattern, document: Document, i: int) -> Pattern:
        if isinstance(written, str):
            written = WrittenPattern(say=written)
        at = ("patterns", i)
        return Pattern(
            say=self._phrases((written.say,), document, at),
            around=self._around(written, document, at),
            readings=frozenset(written.as_),
            confidence=written.confidence,
            is_denied=written.negation == "cancels",
        )

    def _around(
        self, written: WrittenPattern | Beside, document: Document, at: tuple[str | int, ...]
    ) -> Around:
        return Around(
            self._phrases(written.unless, document, at), self._phrases(written.with_, document, at)
        )

    def _phrases(
        self, texts: tuple[str, ...], document: Document, at: tuple[str | int, ...]
    ) -> tuple[Phrase, ...]:
        found: list[Phrase] = []
        for text in texts:
            try:
                found += self.reader.read(text)
            except PhraseError as error:
                self.faults.append(Fault(document.where(at), str(error)))
        return tuple(found)

    def _negation(self) -> dict[str, Any]:
        file, document = self._model(NEGATION, NegationFile)
        cues = {
            side: tuple(self._denial(cue, document, side) for cue in getattr(file, side))
            for side in ("before", "after")
        }
        plain = {
            key: self._phrases(getattr(file, key), document, (key,))
            for key in ("interrupts", "innocent")
        }
        return cues | plain

    def _denial(self, cue: str | Cue, document: Document, side: str) -> Denial:
        written = Cue(say=cue) if isinstance(cue, str) else cue
        say = self._phrases((written.say,), document, (side,))
        return Denial(say, written.reach, written.ends_passage)

    def _check_name(self, path: str, name: str) -> None:
        stem_ = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        if name != stem_:
            where = f"rules/lexicon/{path}, ligne 1"
            raise RulebookError(
                Fault(where, f"le nom « {name} » n'est pas celui du fichier", stem_)
            )


def _meaning(file: ConceptFile) -> Meaning:
    return Meaning(
        title=file.title,
        why=file.why,
        theme=file.theme,
        summary=file.summary or (),
        axis=file.axis,
        subject=file.subject,
        value=file.value,
        reservation=file.reservation,
        sets=file.sets or {},
        grades=_grades(file.grade),
        instead=file.instead,
        sources=tuple(Source(one.cite, one.verified) for one in file.references),
        examples=tuple(_sentence(one) for one in file.examples),
        counter_examples=tuple(_sentence(one) for one in file.counter_examples),
    )


def _grades(grade: Grade | dict[ReadAs, Grade] | None) -> dict[ReadAs, Grade]:
    """The grade by reading; one grade alone holds for all."""
    if isinstance(grade, dict):
        return grade
    return dict.fromkeys(get_args(ReadAs), grade) if grade else {}


def _sentence(written: str | Example) -> Sentence:
    return (
        Sentence(written, None) if isinstance(written, str) else Sentence(written.text, written.as_)
    )


_OWN_KEYS = {
    "themes": ("theme",),
    "conditions": ("summary",),
    "local_preference": ("grade",),
    "traps": ("grade",),
}


def _check_family(folder: str, file: ConceptFile, where: str) -> None:
    """Each family has the key that says what its concepts do, and none of another's."""
    for family, keys in _OWN_KEYS.items():
        for key in keys:
            if family == folder and getattr(file, key) is None:
                raise RulebookError(
                    Fault(where, f"la clé « {key} » manque", f"elle dit ce que vaut {folder}/")
                )
            if key not in _OWN_KEYS[folder] and getattr(file, key) is not None:
                right = nearest(key, list(_OWN_KEYS[folder]))
                raise RulebookError(
                    Fault(where, f"la clé « {key} » n'a pas sa place dans {folder}/", "", right)
                )
    for field in file.sets or ():
        if field not in Clause.model_fields:
            what, right = f"« {field} » n'est pas un champ", nearest(field, Clause.model_fields)
            raise RulebookError(Fault(where, what, "un champ de clause", right))
    grades = file.grade.values() if isinstance(file.grade, dict) else (file.grade,)
    if any(grade in ("risky", "unlawful") for grade in grades):
        for key in ("instead", "references"):
            if not getattr(file, key):
                raise RulebookError(Fault(where, f"la clé « {key} » manque", "un texte licite"))
