"""
The command line: typer commands over `api`, one module a group.

`output.py` is the only module that prints. Exit codes: 0 nothing blocking, 1 a breach of law, 2 the
input cannot be read.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line; the entry point `procure`."""
    import gc

    gc.set_threshold(100_000)  # starting makes many objects and next to no garbage: look less often
    from procure.cli.app import run

    raise SystemExit(run())
