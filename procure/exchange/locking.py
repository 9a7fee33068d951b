"""Holds an open file for one writer, or for readers alone; a process that dies lets go of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from procure.domain.errors import Fault, InputError
from procure.domain.french import plural

LOCK_SECONDS = 10.0
PAUSE = 0.01

if sys.platform == "win32":
    import msvcrt
    import os

    _FAR = 1 << 40

    def _hold(handle: int, alone: bool) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _release(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _hold(handle: int, alone: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)

    def _release(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def locked(handle: int, path: Path, alone: bool, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """
    Hold an open file while the block runs.

    Args:
        alone: nobody else holds it; otherwise other readers may.
        seconds: how long to wait for it.

    Raises:
        InputError: others held it all that time.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            _hold(handle, alone)
            break
        except OSError as error:
            if time.monotonic() >= until:
                waited = plural(round(seconds), "seconde")
                what = f"le fichier est tenu par quelqu'un d'autre depuis {waited}"
                raise InputError(Fault(str(path), what, "", "Réessayez dans un moment")) from error
            time.sleep(PAUSE)
    try:
        yield
    finally:
        _release(handle)
