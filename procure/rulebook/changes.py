"""The changes of `rules/changes/`: choices of a buyer that answer rules. A lawyer edits them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from procure.domain.errors import Fault, ProcureError, RulebookError
from procure.domain.improvement import ChangeFile
from procure.resources.document import Document
from procure.resources.folders import data_folder
from procure.resources.validation import build, nearest
from procure.rulebook.loader import check_file_name, read_yaml

FOLDER = "changes"


def load_changes(codes: Collection[str], folder: Path | None = None) -> tuple[ChangeFile, ...]:
    """
    Every change, by name.

    Args:
        codes: the rules there are.
        folder: `rules/` by default.

    Raises:
        RulebookError: with every fault of every file.
    """
    root = folder or data_folder("rules")
    found: list[ChangeFile] = []
    faults: list[Fault] = []
    for path in sorted((root / FOLDER).rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        try:
            document = read_yaml(path, f"rules/{name}")
            change = build(ChangeFile, document.value, document.where, RulebookError)
            check_file_name(name, change.name)
        except ProcureError as error:
            faults.extend(error.faults)
            continue
        faults.extend(_unknown(change, document, codes))
        found.append(change)
    if faults:
        raise RulebookError(*faults)
    return tuple(sorted(found, key=lambda change: change.name))


def _unknown(change: ChangeFile, document: Document, codes: Collection[str]) -> Iterator[Fault]:
    for number, code in enumerate(change.answers):
        if code not in codes:
            what = f"la règle « {code} » est inconnue"
            where = document.where(("answers", number))
            yield Fault(where, what, "un code de « procure rules list »", nearest(code, codes))
