"""
The exceptions of the house.

ProcureError                      something a user can mend; shown without traceback, exit code 2
├── InputError                    a file given by the user
│   ├── UnreadableFile            missing, too large, wrong encoding, truncated, hostile
│   └── InvalidTender             readable, but not a tender: names every faulty field
├── RulebookError                 a file of `rules/`: names file and line
├── LibraryError                  a clause of `templates/clauses/`: names file and line
└── EngineError                   the inference engine cannot be used, or contradicts its twin
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from procure.domain.french import NBSP, typeset


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file, in the four parts of every message: where, what, expected, do."""

    where: str
    what: str
    expected: str = ""
    advice: str = ""

    def __str__(self) -> str:
        parts = [_sentence(self.what)]
        if self.expected:
            parts.append(_sentence(f"Attendu : {self.expected}"))
        if self.advice:
            parts.append(_sentence(self.advice))
        return f"{self.where}{NBSP}: {typeset(' '.join(parts))}"


def _sentence(text: str) -> str:
    """Close a sentence that has no end yet."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


class ProcureError(Exception):
    """Base of every error that a user can mend; carries one or several faults."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> ProcureError:
        return cls(*faults)


class InputError(ProcureError):
    """A file given by the user cannot be used."""


class UnreadableFile(InputError):
    """The file is missing, too large, wrongly encoded, truncated or hostile."""


class InvalidTender(InputError):
    """The file can be read but does not describe a tender."""


class RulebookError(ProcureError):
    """A file under `rules/` is wrong; names the file and the line."""


class LibraryError(ProcureError):
    """A clause under `templates/clauses/` is wrong; names the file and the line."""


class EngineError(ProcureError):
    """The inference engine cannot be used, or contradicts its plain twin."""
