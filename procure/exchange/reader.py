"""Chooses the reader of a file by its content, not by its name alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from procure.domain.errors import Fault, UnreadableFile
from procure.exchange.reading import Reading
from procure.resources.text import decode, read_bytes

TENDER_SUFFIXES = (".yaml", ".yml", ".json", ".xml")


def read(path: Path) -> Reading:
    """
    Read a tender from a file of ours (YAML, JSON) or an eForms notice (XML).

    Raises:
        UnreadableFile: the file cannot be read, or its format is not known.
        InvalidTender: the file is read but does not describe a tender.
    """
    content = read_bytes(path)
    digest = hashlib.sha256(content).hexdigest()
    name = path.name
    if path.suffix.lower() == ".xml" or content.lstrip()[:1] == b"<":
        from procure.exchange.eforms import read_notice

        return read_notice(content, name, digest)
    if path.suffix.lower() not in TENDER_SUFFIXES:
        raise UnreadableFile(
            Fault(
                str(path), "ce format n'est pas lu", "un fichier .yaml, .json ou .xml (avis eForms)"
            )
        )
    from procure.exchange.native import read_json, read_yaml

    text = decode(content, name)
    if path.suffix.lower() == ".json":
        return read_json(text, name, digest)
    return read_yaml(text, name, digest)
