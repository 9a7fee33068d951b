"""Where the facts of a finding were found in the file."""

from __future__ import annotations

from collections.abc import Mapping

from procure.engine.vocabulary import FACTS

ABSENT = "absent du dossier"
COMPUTED = "calculé"


def origin_of(name: str, at: str, value: object, origins: Mapping[str, str]) -> str:
    """
    The place of a fact in the file, in French.

    The first of the fact's fields that the file has, in the place judged and then in the tender;
    the first lot where the fact comes from the lots.
    """
    known = FACTS.get(name)
    if known is None:
        return COMPUTED
    for path in _paths(at, known.fields):
        if path in origins:
            return origins[path]
    for field in known.fields:
        inside = next(
            (where for path, where in origins.items() if path.startswith(f"{field}[")), None
        )
        if inside is not None:
            return inside
    return ABSENT if value is None else COMPUTED


def _paths(at: str, fields: tuple[str, ...]) -> list[str]:
    prefixes = [""] if at == "tender" else [f"{at}.", ""]
    return [prefix + field for prefix in prefixes for field in fields]
