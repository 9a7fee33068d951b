"""Measure everything and print it; with `--save`, write it to README.md too."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import drafting, engine, growth, memory, prose, startup

README = Path(__file__).with_name("README.md")
MARK = "<!-- Everything below is written by `python -m benchmarks --save`. -->\n"
PARTS: dict[str, Callable[[], str]] = {
    "Engine": engine.run,
    "Growth": growth.run,
    "Memory": memory.run,
    "Prose": prose.run,
    "Drafting": drafting.run,
    "Start": startup.run,
}
PACKAGES = ("durable-rules", "zen-engine", "common-expression-language", "pydantic")


def main(arguments: list[str]) -> None:
    chosen = [name for name in PARTS if name.lower() in arguments] or list(PARTS)
    written = [machine()]
    for name in chosen:
        written.append(f"## {name}\n\n{PARTS[name]()}")
        print(f"\n{written[-1]}", flush=True)
    if "--save" in arguments:
        explained = README.read_text("utf-8").split(MARK)[0]
        README.write_text(explained + MARK + "\n" + "\n\n".join(written) + "\n", "utf-8")


def machine() -> str:
    """When, on what, with which versions."""
    day = datetime.now(tz=UTC).date().isoformat()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Measured on {day}: Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} processors; {packages}."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
