"""Writes files whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from procure.domain.errors import Fault, ProcureError

REASONS = {
    errno.EEXIST: "un fichier porte le nom du dossier",
    errno.ENOTDIR: "un fichier porte le nom du dossier",
    errno.ENOENT: "le dossier ne peut pas être créé là",
    errno.EACCES: "l'accès est refusé",
    errno.EPERM: "l'accès est refusé",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EISDIR: "c'est un dossier",
}


def write_whole(path: Path, content: bytes, force: bool) -> Path:
    """
    Write a file by way of a temporary one beside it, renamed once complete.

    Raises:
        ProcureError: the file exists and `force` is false; the folder cannot be written.
    """
    check_free(path, force)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise ProcureError(Fault(str(path), f"écriture impossible : {_reason(error)}")) from error
    return path


def _reason(error: OSError) -> str:
    return REASONS.get(error.errno or 0, str(error.strerror))


def check_free(path: Path, force: bool) -> None:
    """
    Refuse to replace a file that is already there.

    Raises:
        ProcureError: it is, and `force` is false.
    """
    if path.exists() and not force:
        raise ProcureError(
            Fault(str(path), "le fichier existe déjà", "", "Ajoutez --force pour le remplacer")
        )
