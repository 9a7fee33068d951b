"""Where the facts of a finding were found in the file."""

from __future__ import annotations

from collections.abc import Mapping

from procure.engine.vocabulary import FACTS
from procure.engine.vocabulary.fact import Fact

ABSENT = "absent du dossier"
COMPUTED = "calculé"


class Origins:
    """
    The places of a file's fields, by their path in the tender.

    `inside` gives for a list the place of the first field found in it.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places
        self.inside: dict[str, str] = {}
        for path, where in places.items():
            for i, letter in enumerate(path):
                if letter == "[":
                    self.inside.setdefault(path[:i], where)

    def of(self, name: str, at: str, value: object) -> str:
        """
        The place of a fact in the file, in French.

        The first of the fact's fields that the file has, in the place judged and, for a lot, in the
        tender it inherits from; the first part of a list where the fact comes from the list.
        """
        known = FACTS.get(name)
        if known is None:
            return COMPUTED
        found = (self.places.get(path) for path in _paths(known, at))
        first = next(filter(None, found), None) or self._first_inside(known)
        return first or (ABSENT if value is None else COMPUTED)

    def _first_inside(self, known: Fact) -> str | None:
        if known.spec.scope != "tender":
            return None
        return next(filter(None, (self.inside.get(field) for field in known.fields)), None)


def _paths(known: Fact, at: str) -> list[str]:
    if known.spec.scope == "tender":
        return list(known.fields)
    own = [f"{at}.{field}" for field in known.fields]
    return own + list(known.fields) if known.spec.scope == "lot" else own
