from __future__ import annotations

import os
from pathlib import Path

import pytest

from procure.resources.cache import FOLDER, remembered


class Counter:
    """Counts how often something is computed."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> dict[str, int]:
        self.count += 1
        return {"computed": self.count}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(FOLDER, str(folder))
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "rules" / "law"
    folder.mkdir(parents=True)
    (folder / "rule.yaml").write_text("one", encoding="utf-8")
    return tmp_path / "rules"


def test_what_was_computed_once_is_read_back(kept: Path, source: Path) -> None:
    compute = Counter()
    first = remembered("rules", source, dict, compute)
    assert remembered("rules", source, dict, compute) == first
    assert compute.count == 1


def test_a_written_file_is_read_again_and_the_old_value_is_dropped(
    kept: Path, source: Path
) -> None:
    compute = Counter()
    remembered("rules", source, dict, compute)
    (source / "law" / "rule.yaml").write_text("two", encoding="utf-8")
    remembered("rules", source, dict, compute)
    assert compute.count == 2
    assert len(list(kept.iterdir())) == 1


def test_a_file_of_the_same_size_and_date_is_read(kept: Path, source: Path) -> None:
    compute, path = Counter(), source / "law" / "rule.yaml"
    written = path.stat()
    remembered("rules", source, dict, compute)
    path.write_text("two", encoding="utf-8")
    os.utime(path, ns=(written.st_atime_ns, written.st_mtime_ns))
    remembered("rules", source, dict, compute)
    assert compute.count == 2


def test_a_new_file_is_read(kept: Path, source: Path) -> None:
    compute = Counter()
    remembered("rules", source, dict, compute)
    (source / "other.yaml").write_text("", encoding="utf-8")
    remembered("rules", source, dict, compute)
    assert compute.count == 2


@pytest.mark.parametrize("content", [b"", b"not a pickle", b"\x80\x05"])
def test_a_damaged_file_is_computed_again(kept: Path, source: Path, content: bytes) -> None:
    compute = Counter()
    remembered("rules", source, dict, compute)
    (path,) = kept.iterdir()
    path.write_bytes(content)
    assert remembered("rules", source, dict, compute) == {"computed": 2}


def test_a_value_of_another_type_is_computed_again(kept: Path, source: Path) -> None:
    remembered("rules", source, dict, Counter())
    assert remembered("rules", source, list, lambda: [1]) == [1]


def test_what_others_may_write_is_not_trusted(kept: Path, source: Path) -> None:
    compute = Counter()
    remembered("rules", source, dict, compute)
    (path,) = kept.iterdir()
    path.chmod(0o666)
    remembered("rules", source, dict, compute)
    assert compute.count == 2


def test_nothing_is_kept_where_it_cannot_be(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(source / "law" / "rule.yaml" / "no folder"))
    assert remembered("rules", source, dict, Counter()) == {"computed": 1}


def test_nothing_is_kept_where_the_user_says_so(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    remembered("rules", source, dict, Counter())
    assert not (tmp_path / "home").exists()


def test_only_the_user_may_enter_the_folder(kept: Path, source: Path) -> None:
    remembered("rules", source, dict, Counter())
    assert os.stat(kept).st_mode & 0o077 == 0
