"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from procure.domain.errors import Fault, ProcureError


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
        raise ProcureError(Fault(str(path), f"écriture impossible ({error.strerror})")) from error
    return path


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
