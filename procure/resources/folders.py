"""Finds `rules/` and `templates/`, in a checkout or in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """
    The folder `rules` or `templates`: the checkout's when there is one, else the wheel's.

    An editable install copies the wheel's folders too; the checkout's are the ones people edit.
    """
    checkout = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return _PACKAGE / "_data" / name
