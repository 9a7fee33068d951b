"""
The door to pandoc, run as a separate program on our Markdown.

It runs in its sandbox (no file is read but ours, nothing is fetched), with a bound on its time, and
the day of the tender for its clock: the same text always gives the same bytes.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

from procure.domain.errors import Fault, ProcureError
from procure.resources.folders import data_folder

Target = Literal["docx", "odt", "html5", "typst-smart", "plain"]
READER = "markdown-smart-raw_html-raw_attribute-raw_tex-tex_math_dollars-citations"
SECONDS = 60


def convert(
    markdown: str,
    target: Target,
    day: date,
    options: tuple[str, ...] = (),
) -> bytes:
    """
    Markdown turned into a format.

    Args:
        markdown: its metadata stand in a first block of YAML.
        day: what the files written say they were made on.
        options: further options of pandoc.

    Raises:
        ProcureError: pandoc fails, or takes too long.
    """
    words = [
        *(program(), "--sandbox", "--standalone", "--columns=10", "--wrap=none"),
        *("--from", READER, "--to", target, "--output", "-"),
        *(f"--lua-filter={shared('documents.lua')}", *options),
    ]
    try:
        done = subprocess.run(
            words, input=markdown.encode(), env=_environment(day), capture_output=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from error
    if done.returncode:
        raise _failed(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


@cache
def program() -> str:
    """The path of pandoc, as its package ships it."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def default_file(name: str) -> bytes:
    """A file that pandoc carries with it: its model of a docx or odt."""
    words = [program(), f"--print-default-data-file={name}"]
    done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise _failed(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


@contextmanager
def model(name: str, content: bytes) -> Iterator[Path]:
    """A file for the time of a conversion; pandoc takes its models by their path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def shared(name: str) -> Path:
    """A file of `templates/_shared/`."""
    return data_folder("templates") / "_shared" / name


def seconds(day: date) -> int:
    """The first second of a day, as a clock counts them."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _environment(day: date) -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": str(seconds(day)), "LANG": "C.UTF-8"}


def _failed(why: str) -> ProcureError:
    return ProcureError(Fault("pandoc", f"la conversion a échoué ({why[:300]})"))
