"""
Remembers what takes long to read: a value computed from files, kept until one of them is written.

Kept in the user's own cache folder (`PROCURE_CACHE` names another; empty, nothing is kept). What
cannot be kept or read back is computed again: the cache never changes an answer (docs/adr/0009).
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from procure import __version__

Value = TypeVar("Value")
FOLDER = "PROCURE_CACHE"
_PRIVATE = 0o700
_OTHERS_MAY_WRITE = 0o022


def remembered(name: str, source: Path, kind: type[Value], compute: Callable[[], Value]) -> Value:
    """
    What `compute` gives, taken from the cache where it was computed from the same files.

    Args:
        source: the folder of the files that the value is computed from.
        kind: the type that a value read back must have.
    """
    folder = _folder()
    if folder is None:
        return compute()
    path = folder / f"{name}-{_key(source)}.pickle"
    found = _read(path)
    if type(found) is kind:
        return found
    value = compute()
    _write(path, name, value)
    return value


def _folder() -> Path | None:
    """The cache folder, None where the user has none of their own."""
    said = os.environ.get(FOLDER)
    if said is not None:
        return Path(said) if said else None
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return Path(home or Path.home() / ".cache") / "procure"
    except RuntimeError:
        return None


def _key(source: Path) -> str:
    """A digest of the state of the files, of our own code, and of the interpreter."""
    total = hashlib.sha256(f"{__version__} {sys.version} {_code()}".encode())
    for line in sorted(_states(str(source))):
        total.update(line.encode("utf-8", "surrogateescape"))
    return total.hexdigest()[:32]


@cache
def _code() -> str:
    """The state of our code: in a checkout, the version alone does not tell."""
    return "\n".join(sorted(_states(str(Path(__file__).resolve().parents[1]))))


def _states(folder: str) -> Iterator[str]:
    """
    Each file under a folder, with its size and when it was written.

    Its change of status counts too: a file written with an old date is still another one.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _states(entry.path)
                continue
            found = entry.stat()
            yield f"{entry.path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}\n"


def _read(path: Path) -> object:
    """What was kept, None where nothing was, or where another user could have written it."""
    try:
        if not _is_own(path) or not _is_own(path.parent):
            return None
        return _unpickled(path.read_bytes())
    except Exception:  # a file cut short or of another time is as good as none
        return None


def _unpickled(content: bytes) -> object:
    """
    A value read back in one go, and kept for as long as the process lives.

    Looking for garbage among so many new objects, that hold none, would take longer than reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(content)
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _is_own(path: Path) -> bool:
    found = path.lstat()
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS_MAY_WRITE


def _write(path: Path, name: str, value: object) -> None:
    """Keep a value in the place of what was kept under the same name."""
    try:
        path.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        if not _is_own(path.parent):
            return
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        for old in path.parent.glob(f"{name}-*.pickle"):
            old.unlink(missing_ok=True)
        Path(file.name).replace(path)
    except (OSError, pickle.PicklingError, AttributeError, TypeError):
        return
