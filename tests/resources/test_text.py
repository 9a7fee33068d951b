"""A file is read within bounds, and a wrong encoding is named with its line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from procure.domain.errors import UnreadableFile
from procure.resources.text import decode, read_bytes


def said(path: Path, max_bytes: int = 100) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(path, max_bytes)
    (fault,) = refusal.value.faults
    assert fault.where == str(path)
    return f"{fault.what}. {fault.expected}".rstrip(" .")


def test_a_file_of_just_the_bound_is_read(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x" * 100)
    assert read_bytes(tmp_path / "f", 100) == b"x" * 100


def test_a_file_of_one_byte_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x" * 101)
    assert said(tmp_path / "f") == "le fichier est trop gros. 100 octets au plus"


def test_an_enormous_file_is_refused_on_its_size_without_being_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "f").open("wb") as hole:
        hole.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    assert said(tmp_path / "f", 20 * 1024 * 1024) == "le fichier est trop gros. 20 Mo au plus"


def test_a_file_that_says_it_is_empty_but_is_not_is_still_bounded() -> None:
    endless = Path("/proc/self/status")
    if not endless.is_file():
        pytest.skip("no /proc here")
    assert said(endless, 10) == "le fichier est trop gros. 10 octets au plus"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path / "absent") == "le fichier n'existe pas"


def test_a_name_no_system_accepts_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path / "a\0b") == "le fichier n'existe pas"
    assert said(tmp_path / ("n" * 300)) == "lecture impossible, son nom est trop long"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path) == "ce n'est pas un fichier. un fichier, pas un dossier"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert said(tmp_path / "pipe").startswith("ce n'est pas un fichier")


def test_a_link_that_turns_in_circles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert said(tmp_path / "a") in (
        "le fichier n'existe pas",
        "lecture impossible, le lien tourne en rond",
    )


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of an administrator, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_without_permission_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    (tmp_path / "f").chmod(0)
    with as_nobody():
        assert said(tmp_path / "f") == "lecture impossible, vous n'avez pas le droit de le lire"


def refusal_of(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        decode(content, "f.yaml")
    (fault,) = refusal.value.faults
    return f"{fault.where} / {fault.what}"


def test_a_byte_order_mark_is_left_out() -> None:
    assert decode(b"\xef\xbb\xbfid: x", "f.yaml") == "id: x"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_an_old_encoding_is_refused_with_its_line(encoding: str) -> None:
    content = "id: x\ntitle: école".encode(encoding)
    assert refusal_of(content) == "f.yaml, ligne 2 / le fichier n'est pas encodé en UTF-8"


def test_utf_16_with_its_mark_is_named() -> None:
    assert (
        refusal_of("id: é".encode("utf-16")) == "f.yaml, ligne 1 / le fichier est encodé en UTF-16"
    )


def test_utf_16_without_its_mark_is_refused_for_its_zeros() -> None:
    said = refusal_of("id: x\n".encode("utf-16-le"))
    assert said == "f.yaml, ligne 1 / un caractère de commande (U+0000) n'est pas du texte"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_a_character_that_is_no_text_is_refused_with_its_line(character: str) -> None:
    said = refusal_of(f"id: x\n\n{character}".encode())
    assert said.startswith(f"f.yaml, ligne 3 / un caractère de commande (U+{ord(character):04X})")


@pytest.mark.parametrize("text", ["a\tb\r\nc", "é € « » \u202f\u00a0", "\x85", "😀", ""])
def test_ordinary_text_is_kept_as_it_is(text: str) -> None:
    assert decode(text.encode(), "f.yaml") == text
