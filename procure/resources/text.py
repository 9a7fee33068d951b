"""Reads a text file with a bound on its size and a clear word on its encoding."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from stat import S_ISREG

from procure.domain.errors import Fault, UnreadableFile

MAX_BYTES = 20 * 1024 * 1024

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that are no part of a text: commands, half characters, non-characters."""

_REASONS = {
    errno.EACCES: "vous n'avez pas le droit de le lire",
    errno.EPERM: "vous n'avez pas le droit de le lire",
    errno.ELOOP: "le lien tourne en rond",
    errno.ENAMETOOLONG: "son nom est trop long",
}


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """
    The bytes of a regular file, `max_bytes` at the most; a larger one is not read.

    Raises:
        UnreadableFile: no such file, a folder, not allowed, too large.
    """
    try:
        if not path.exists():
            raise _refused(path, "le fichier n'existe pas", advice="Vérifiez le chemin")
        found = path.stat()
        if not S_ISREG(found.st_mode):
            raise _refused(path, "ce n'est pas un fichier", "un fichier, pas un dossier")
        if found.st_size > max_bytes:
            raise _too_large(path, max_bytes)
        with path.open("rb") as file:
            content = file.read(found.st_size + 1)
            if len(content) > found.st_size:  # it grew, or its system tells no size
                content += file.read(max_bytes - found.st_size)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "le système ne répond pas")
        raise _refused(path, f"lecture impossible, {reason}") from error
    if len(content) > max_bytes:
        raise _too_large(path, max_bytes)
    return content


def _too_large(path: Path, max_bytes: int) -> UnreadableFile:
    million = 1024 * 1024
    size = f"{max_bytes // million} Mo" if max_bytes >= million else f"{max_bytes} octets"
    return _refused(path, "le fichier est trop gros", f"{size} au plus")


def decode(content: bytes, where: str) -> str:
    """
    The text of UTF-8 bytes, with or without byte order mark.

    Raises:
        UnreadableFile: not UTF-8, or not text; names the line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _not_utf8(f"{where}, ligne {line}", content) from error
    if found := CONTROL.search(text):
        line = text[: found.start()].count("\n") + 1
        raise UnreadableFile(
            Fault(
                f"{where}, ligne {line}",
                f"un caractère de commande ({code_point(found[0])}) n'est pas du texte",
                "un fichier de texte",
                "Effacez ce caractère, ou vérifiez que le fichier est le bon",
            )
        )
    return text


def code_point(character: str) -> str:
    """The name of an invisible character: U+0007."""
    return f"U+{ord(character):04X}"


def _not_utf8(where: str, content: bytes) -> UnreadableFile:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    what = "le fichier est encodé en UTF-16" if utf16 else "le fichier n'est pas encodé en UTF-8"
    advice = "Enregistrez-le à nouveau en choisissant l'encodage UTF-8"
    return UnreadableFile(Fault(where, what, "UTF-8", advice))


def _refused(path: Path, what: str, expected: str = "", advice: str = "") -> UnreadableFile:
    return UnreadableFile(Fault(str(path), what, expected, advice))
