"""
The ledger of a group: one file of lines that is only ever added to.

Each line is JSON: its number, the SHA-256 of the line before, one dated event, and the SHA-256 of
itself as a seal. A line changed, lost or written halfway is found by reading; nothing is guessed.
A ledger cut short at the end of a line is a ledger: keep the seal of its last line elsewhere.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from procure.domain.errors import Fault, InputError, ProcureError, UnreadableFile
from procure.domain.group_ledger import LedgerEvent
from procure.exchange.locking import LOCK_SECONDS, locked
from procure.resources import json
from procure.resources.text import CONTROL, MAX_BYTES, code_point, decode
from procure.resources.validation import build

NO_LINE = "0" * 64
_SEAL = re.compile(r', "seal": "([0-9a-f]{64})"\}')
_COMMAND = "procure groups ledger"
Check = Callable[[Sequence[LedgerEvent]], None]
"""Refuses, by an exception, events of which the last is the one to add."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    A ledger as read.

    Args:
        seals: the SHA-256 of each line, in order.
    """

    name: str
    events: tuple[LedgerEvent, ...]
    seals: tuple[str, ...]

    @property
    def head(self) -> str:
        """The seal of the last line, which stands for the whole."""
        return self.seals[-1] if self.seals else NO_LINE


@dataclass(frozen=True, slots=True)
class TornTail:
    """The end of a ledger that was written halfway: after which line, and its bytes."""

    after: int
    content: bytes


def read(path: Path, seconds: float = LOCK_SECONDS) -> Ledger:
    """
    Read a ledger, every line checked.

    Raises:
        UnreadableFile: not a ledger, empty, a line torn, changed or lost; names the line.
        InputError: somebody else holds the ledger.
    """
    with _opened(path, os.O_RDONLY) as handle, locked(handle, path, False, seconds):
        found = _parsed(_content(handle, path), path.name)
    if not found.events:
        raise _empty(path.name)
    return found


def start(path: Path, event: LedgerEvent, check: Check, seconds: float = LOCK_SECONDS) -> Ledger:
    """
    Write the first event of a new ledger.

    Raises:
        InputError: the file is already there and not empty, or the event is refused.
    """
    with _opened(path, os.O_RDWR | os.O_CREAT) as handle, locked(handle, path, True, seconds):
        if os.fstat(handle).st_size:
            what = "le fichier existe déjà"
            advice = f"Ajoutez-y un événement avec « {_COMMAND} add », ou prenez un autre nom"
            raise InputError(Fault(str(path), what, "un nouveau fichier", advice))
        found = _added(handle, path, Ledger(path.name, (), ()), event, check)
    _keep_entry(path.parent)
    return found


def append(path: Path, event: LedgerEvent, check: Check, seconds: float = LOCK_SECONDS) -> Ledger:
    """
    Add an event; the file is read, checked and written under one lock.

    Raises:
        UnreadableFile: as for `read`.
        InputError: the event is refused, or somebody else holds the ledger.
        ProcureError: it could not be written; the file is as it was.
    """
    with _opened(path, os.O_RDWR) as handle, locked(handle, path, True, seconds):
        known = _parsed(_content(handle, path), path.name)
        if not known.events:
            raise _empty(path.name)
        return _added(handle, path, known, event, check)


def torn_tail(path: Path, seconds: float = LOCK_SECONDS) -> TornTail | None:
    """
    What `set_aside` would take away; None where every line is whole.

    Raises:
        UnreadableFile: a whole line is wrong: that is no torn tail, and nothing mends it.
    """
    with _opened(path, os.O_RDONLY) as handle, locked(handle, path, False, seconds):
        return _torn(_content(handle, path), path.name)


def set_aside(path: Path, tail: TornTail, seconds: float = LOCK_SECONDS) -> Path:
    """
    Move a torn tail to a file of its own, beside the ledger.

    Raises:
        InputError: the ledger is not what it was when the tail was found.
        ProcureError: the tail could not be kept; the ledger is as it was.
    """
    with _opened(path, os.O_RDWR) as handle, locked(handle, path, True, seconds):
        content = _content(handle, path)
        if _torn(content, path.name) != tail:
            raise InputError(Fault(str(path), "le registre vient de changer", "", "Recommencez"))
        beside = _kept(path, tail.content)
        os.ftruncate(handle, len(content) - len(tail.content))
        os.fsync(handle)
    return beside


# --- lines ---------------------------------------------------------------------------------------


def line_of(event: LedgerEvent, sequence: int, previous: str) -> bytes:
    """
    A line, sealed and ended.

    Raises:
        InputError: the event holds a character that no text may.
    """
    said = event.model_dump(exclude_none=True)
    body = json.dump_line({"sequence": sequence, "previous": previous, **said})
    if found := CONTROL.search(body):
        what = f"un caractère de commande ({code_point(found[0])}) n'est pas du texte"
        raise InputError(Fault("événement", what, "du texte", "Effacez ce caractère"))
    return f'{body[:-1]}, "seal": "{_digest(body)}"}}\n'.encode()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _parsed(content: bytes, name: str) -> Ledger:
    tail = content[content.rfind(b"\n") + 1 :]
    if tail:
        raise _torn_fault(name, content.count(b"\n") + 1)
    text = decode(content, name)
    lines = text.split("\n")[:-1]
    seals: list[str] = []
    events: list[LedgerEvent] = []
    for number, line in enumerate(lines, 1):
        value, seal = _opened_line(line, f"{name}, ligne {number}")
        previous = seals[-1] if seals else NO_LINE
        _check_chain(value, number, previous, f"{name}, ligne {number}")
        events.append(_event(value, f"{name}, ligne {number}"))
        seals.append(seal)
    return Ledger(name, tuple(events), tuple(seals))


def _opened_line(line: str, where: str) -> tuple[dict[str, Any], str]:
    """The values of a line and its seal, once the seal is found to be right."""
    found = _SEAL.fullmatch(line, max(0, line.rfind(', "seal": "')))
    body = f"{line[: found.start()]}}}" if found else ""
    if found is None or _digest(body) != found[1]:
        raise _changed(where, "la ligne n'est plus celle qui a été écrite")
    value = next(json.lines(body, where), (1, None))[1]
    if not isinstance(value, dict):
        raise _changed(where, "la ligne n'est pas celle d'un registre")
    return value, found[1]


def _check_chain(value: dict[str, Any], number: int, previous: str, where: str) -> None:
    if (said := value.pop("sequence", None)) != number:
        raise _changed(where, f"la ligne porte le numéro {said} : une ligne manque ou est en trop")
    if value.pop("previous", None) != previous:
        raise _changed(where, "la ligne ne suit pas celle qui la précède")


def _event(value: dict[str, Any], where: str) -> LedgerEvent:
    return build(LedgerEvent, value, lambda path: where, UnreadableFile)


def _torn(content: bytes, name: str) -> TornTail | None:
    end = content.rfind(b"\n") + 1
    whole = _parsed(content[:end], name)
    return TornTail(len(whole.events), content[end:]) if content[end:] else None


# --- bytes ---------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o644)
    except OSError as error:
        raise _unopened(path, error) from error
    try:
        yield handle
    finally:
        os.close(handle)


def _content(handle: int, path: Path) -> bytes:
    size = os.fstat(handle).st_size
    if size > MAX_BYTES:
        raise _too_large(path)
    os.lseek(handle, 0, os.SEEK_SET)
    parts: list[bytes] = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _added(handle: int, path: Path, known: Ledger, event: LedgerEvent, check: Check) -> Ledger:
    events = (*known.events, event)
    check(events)
    line = line_of(event, len(events), known.head)
    size = os.lseek(handle, 0, os.SEEK_END)
    if size + len(line) > MAX_BYTES:
        raise _too_large(path)
    try:
        _write_all(handle, line)
        os.fsync(handle)
    except BaseException as error:
        _take_back(handle, size, path)
        if isinstance(error, OSError):
            raise _unwritten(path, error) from error
        raise
    return Ledger(known.name, events, (*known.seals, line[-67:-3].decode()))


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _take_back(handle: int, size: int, path: Path) -> None:
    """Cut off what was written of a line."""
    try:
        os.ftruncate(handle, size)
        os.fsync(handle)
    except OSError as error:
        what = "l'écriture a échoué et n'a pas pu être annulée"
        advice = f"Libérez de la place, puis lancez « {_COMMAND} check {path} »"
        raise ProcureError(Fault(str(path), what, "", advice)) from error


def _kept(path: Path, content: bytes) -> Path:
    """Write a torn tail to the first free name beside the ledger."""
    number = 1
    while True:
        beside = path.with_name(f"{path.name}.reste-{number}")
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            number += 1
            continue
        except OSError as error:
            raise _unwritten(beside, error) from error
        break
    try:
        _write_all(handle, content)
        os.fsync(handle)
    except OSError as error:
        beside.unlink()
        raise _unwritten(beside, error) from error
    finally:
        os.close(handle)
    _keep_entry(path.parent)
    return beside


def _keep_entry(folder: Path) -> None:
    """Make the name of a new file last, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:  # some file systems have nothing to do for a folder
            pass
        finally:
            os.close(handle)


# --- faults --------------------------------------------------------------------------------------

_OPENING = {
    errno.ENOENT: ("le registre n'existe pas", f"Créez-le avec « {_COMMAND} init »"),
    errno.EISDIR: ("c'est un dossier", "Donnez le fichier du registre"),
    errno.EACCES: ("l'accès est refusé", "Vérifiez vos droits sur ce fichier"),
    errno.EPERM: ("l'accès est refusé", "Vérifiez vos droits sur ce fichier"),
    errno.EROFS: ("le disque est en lecture seule", ""),
}


def _unopened(path: Path, error: OSError) -> UnreadableFile:
    otherwise = (f"ouverture impossible, {error.strerror}", "Vérifiez le chemin")
    what, advice = _OPENING.get(error.errno or 0, otherwise)
    return UnreadableFile(Fault(str(path), what, "", advice))


def _too_large(path: Path) -> UnreadableFile:
    what = f"le registre passe {MAX_BYTES // 1024 // 1024} Mo"
    return UnreadableFile(Fault(str(path), what, "un registre par groupement"))


def _unwritten(path: Path, error: OSError) -> ProcureError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    what = "le disque est plein" if full else f"écriture impossible, {error.strerror}"
    advice = "Rien n'a été écrit : le registre est comme avant. Libérez de la place, recommencez"
    return ProcureError(Fault(str(path), what, "", advice))


def _torn_fault(name: str, number: int) -> UnreadableFile:
    return UnreadableFile(
        Fault(
            f"{name}, ligne {number}",
            "la ligne n'est écrite qu'à moitié : l'enregistrement a été interrompu",
            "une ligne entière",
            f"« {_COMMAND} repair » met ce reste de côté ; inscrivez ensuite l'événement à nouveau",
        )
    )


def _changed(where: str, what: str) -> UnreadableFile:
    return UnreadableFile(
        Fault(
            where,
            what,
            f"un registre que seul « {_COMMAND} add » a écrit",
            "Reprenez une copie saine du registre : rien ne peut être deviné",
        )
    )


def _empty(name: str) -> UnreadableFile:
    return UnreadableFile(
        Fault(name, "le registre est vide", "", f"Commencez par « {_COMMAND} init »")
    )
