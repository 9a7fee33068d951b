"""The ledger under fault: no event is lost or invented, whatever happens to the file."""

import errno
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procure.domain.errors import InputError, ProcureError, UnreadableFile
from procure.domain.group_ledger import LedgerEvent
from procure.exchange import ledger

WRITER = Path(__file__).with_name("ledger_writer.py")
DAY = date(2026, 3, 1)


def anything(events: Sequence[LedgerEvent]) -> None:
    pass


def event(kind: Any = "invited", **fields: Any) -> LedgerEvent:
    return LedgerEvent.model_validate({"on": DAY, "kind": kind, **fields})


FOUNDED = event("created", name="Groupement papier", lead_buyer="Saint-Benoît")
LIGUGE = event(member="Ligugé", value_excl_tax=Decimal("19000.50"), note="« d'accord »\n\u2028ok")
CROUTELLE = event(member="Croutelle", is_public=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "papier.jsonl"
    ledger.start(path, FOUNDED, anything)
    ledger.append(path, LIGUGE, anything)
    ledger.append(path, CROUTELLE, anything)
    return path


def test_what_is_written_is_read_back_the_same(path: Path) -> None:
    found = ledger.read(path)
    assert found.events == (FOUNDED, LIGUGE, CROUTELLE)
    assert path.read_bytes().count(b"\n") == 3
    assert ledger.append(path, event("launched"), anything) == ledger.read(path)


def test_two_writers_at_once_lose_no_event(path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, WRITER, path, member, "200"])
        for member in ("Ligugé", "Croutelle")
    ]
    assert [one.wait(timeout=300) for one in running] == [0, 0]
    events = ledger.read(path).events[3:]
    for member in ("Ligugé", "Croutelle"):
        mine = [one.value_excl_tax for one in events if one.member == member]
        assert mine == [Decimal(number) for number in range(200)]
    assert len(events) == 400


def test_a_writer_killed_at_any_byte_leaves_the_lines_before(path: Path) -> None:
    whole = path.read_bytes()
    start = whole[:-1].rfind(b"\n") + 1
    for size in range(start + 1, len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(UnreadableFile, match=r"ligne 3.*à moitié.*repair"):
            ledger.read(path)
        with pytest.raises(UnreadableFile):
            ledger.append(path, LIGUGE, anything)
        tail = ledger.torn_tail(path)
        assert tail == ledger.TornTail(2, whole[start:size])
        beside = ledger.set_aside(path, tail)
        assert beside.read_bytes() == whole[start:size]
        assert ledger.read(path).events == (FOUNDED, LIGUGE)
        beside.unlink()
    path.write_bytes(whole[:start])
    assert ledger.append(path, CROUTELLE, anything).events == (FOUNDED, LIGUGE, CROUTELLE)
    assert path.read_bytes() == whole


def test_a_killed_process_leaves_a_ledger_that_can_be_used(path: Path) -> None:
    writer = subprocess.Popen([sys.executable, WRITER, path, "Ligugé", "5000"])
    while len(path.read_bytes().split(b"\n")) < 12 and writer.poll() is None:
        pass
    writer.kill()
    writer.wait()
    if tail := ledger.torn_tail(path):
        ledger.set_aside(path, tail)
    before = ledger.read(path).events
    assert [one.value_excl_tax for one in before[3:]] == [*map(Decimal, range(len(before) - 3))]
    assert ledger.append(path, event("launched"), anything).events[:-1] == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_changed_byte_is_found(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    path.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
    try:
        with pytest.raises(UnreadableFile):
            ledger.read(path)
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_line_is_found(path: Path, lost: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:lost] + lines[lost + 1 :]))
    with pytest.raises(UnreadableFile, match=f"ligne {lost + 1}.*manque"):
        ledger.read(path)


def test_a_line_replaced_with_a_right_seal_no_longer_follows(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    lines[0] = ledger.line_of(event("created", name="Autre", lead_buyer="X"), 1, ledger.NO_LINE)
    path.write_bytes(b"".join(lines))
    with pytest.raises(UnreadableFile, match=r"ligne 2.*ne suit pas"):
        ledger.read(path)


def test_repair_mends_no_whole_line(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], lines[2].replace(b"Croutelle", b"Biard")]) + b'{"se')
    with pytest.raises(UnreadableFile, match=r"ligne 3.*n'est plus celle"):
        ledger.torn_tail(path)


@pytest.mark.parametrize("written", [0, 1, 40])
def test_a_full_disk_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    before, real = path.read_bytes(), os.write
    left = [written]

    def full(handle: int, content: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = real(handle, content[: left[0]])
        left[0] -= done
        return done

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(ProcureError, match=r"disque est plein.*comme avant"):
        ledger.append(path, LIGUGE, anything)
    assert path.read_bytes() == before


@pytest.mark.parametrize("room", [0, 1, 40])
def test_a_write_that_the_system_cuts_short_leaves_the_file_as_it_was(
    path: Path, room: int
) -> None:
    resource = pytest.importorskip("resource")
    before, bounds = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + room, bounds[1]))
    try:
        with pytest.raises(ProcureError, match="écriture impossible"):
            ledger.append(path, LIGUGE, anything)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, bounds)
    assert path.read_bytes() == before


def test_a_disk_that_does_not_keep_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, failures, real = path.read_bytes(), [OSError(errno.EIO, "I/O error")], os.fsync

    def broken(handle: int) -> None:
        if failures:
            raise failures.pop()
        real(handle)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(ProcureError, match="écriture impossible"):
        ledger.append(path, LIGUGE, anything)
    assert path.read_bytes() == before


def test_an_interrupted_writer_takes_back_its_line(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = path.read_bytes(), os.write

    def interrupted(handle: int, content: bytes) -> int:
        real(handle, content[:20])
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ledger.append(path, LIGUGE, anything)
    assert path.read_bytes() == before


def test_a_ledger_held_by_somebody_else_is_refused_after_a_while(path: Path) -> None:
    from procure.exchange.locking import locked

    handle = os.open(path, os.O_RDONLY)
    with locked(handle, path, alone=True):
        with pytest.raises(InputError, match="tenu par quelqu'un d'autre"):
            ledger.append(path, LIGUGE, anything, seconds=0.05)
        with pytest.raises(InputError, match="tenu par quelqu'un d'autre"):
            ledger.read(path, seconds=0.05)
    os.close(handle)
    assert len(ledger.append(path, LIGUGE, anything).events) == 4


def test_a_refused_event_is_not_written(path: Path) -> None:
    def refuse(events: Sequence[LedgerEvent]) -> None:
        raise InputError

    before = path.read_bytes()
    with pytest.raises(InputError):
        ledger.append(path, LIGUGE, refuse)
    assert path.read_bytes() == before


@pytest.mark.parametrize("note", ["\x9b31m", "a\x07b\x7f", "\ud800", "\uffff"])
def test_an_event_that_could_not_be_read_back_is_not_written(path: Path, note: str) -> None:
    before = path.read_bytes()
    with pytest.raises(InputError, match="caractère de commande"):
        ledger.append(path, CROUTELLE.model_copy(update={"note": note}), anything)
    assert path.read_bytes() == before


def test_a_ledger_is_not_started_twice(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(InputError, match="existe déjà"):
        ledger.start(path, FOUNDED, anything)
    assert path.read_bytes() == before


def test_a_start_that_was_killed_can_be_repaired_and_done_again(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])
    tail = ledger.torn_tail(path)
    assert tail is not None and tail.after == 0
    ledger.set_aside(path, tail)
    with pytest.raises(UnreadableFile, match="vide"):
        ledger.read(path)
    assert ledger.start(path, FOUNDED, anything).events == (FOUNDED,)


def test_a_tail_is_not_set_aside_once_the_ledger_has_changed(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    tail = ledger.torn_tail(path)
    path.write_bytes(whole)
    assert tail is not None
    with pytest.raises(InputError, match="vient de changer"):
        ledger.set_aside(path, tail)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", [b"\x00\xff\n", b"{}\n", b"null\n", b"\n", b"[" * 9000 + b"\n"])
def test_what_is_not_a_ledger_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "autre.jsonl"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        ledger.read(path)
    with pytest.raises(UnreadableFile):
        ledger.append(path, LIGUGE, anything)
    assert path.read_bytes() == content


def test_a_ledger_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"n'existe pas.*init"):
        ledger.append(tmp_path / "rien.jsonl", LIGUGE, anything)
    assert not (tmp_path / "rien.jsonl").exists()
