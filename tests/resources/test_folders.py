"""The data is found in a checkout, and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from procure.resources import folders


@pytest.mark.parametrize("name", ["rules", "templates"])
def test_in_a_checkout_the_folder_people_edit_is_found(name: str) -> None:
    assert folders.data_folder(name) == Path(__file__).parents[2] / name


def test_without_a_checkout_the_folder_of_the_wheel_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_PACKAGE", tmp_path / "site-packages" / "procure")
    expected = tmp_path / "site-packages" / "procure" / "_data" / "rules"
    assert folders.data_folder("rules") == expected


def test_a_folder_of_that_name_beside_an_installed_package_is_not_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(folders, "_PACKAGE", tmp_path / "procure")
    assert folders.data_folder("rules") == tmp_path / "procure" / "_data" / "rules"
