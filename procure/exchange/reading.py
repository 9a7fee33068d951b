"""What a reader returns: the tender, and where each of its fields was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from procure.domain.tender import Tender


@dataclass(frozen=True, slots=True)
class Reading:
    """
    A tender read from a file.

    Args:
        origins: place in the file of each field, by its path in the tender (`title`,
            `lots[0].criteria[1].weight`); a line and column, or an XPath.
        digest: SHA-256 of the file's bytes.
        format: `yaml`, `json` or `eforms`.
        notes: what the reader could not take over, in French.
        dated_on: the day of the document itself, on which the law is read where the day of the
            consultation is unknown and none is asked for.
    """

    tender: Tender
    origins: Mapping[str, str]
    digest: str
    format: str
    notes: tuple[str, ...] = ()
    dated_on: date | None = None
