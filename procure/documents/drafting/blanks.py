"""What nobody decided: marked where it is missing, listed at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from procure.documents.rendering import Markup, escaped


@dataclass
class Blanks:
    """The blanks of one document, in order, each told once."""

    told: list[str] = field(default_factory=list)

    def __call__(self, what: str) -> Markup:
        """« [À COMPLÉTER : the date] », with a place that the list can point at."""
        is_new = what not in self.told
        if is_new:
            self.told.append(what)
        place = f"#blanc{len(self.told)} " if is_new else ""
        return Markup("[\\[À COMPLÉTER : {}\\]]{{{}.blank}}").format(escaped(what), place)
