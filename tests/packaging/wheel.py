"""
Build the sdist and the wheel, install the wheel in an empty environment, score a tender there.

What a user installs must be what contributors test: the installed command runs away from the
checkout, without the development tools, and must write the same reports, byte for byte.
JSON needs the rules; HTML and the documents drafted need the templates as well.

Usage: python tests/packaging/wheel.py TENDER DAY
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("json", "html")


def run(*command: str | Path, cwd: Path, makes: Path | None = None) -> None:
    """
    Run a command, and leave with its output when it fails.

    Args:
        makes: the file the command must write; it may then end with 1, as a breach of law does.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    line = [str(part) for part in command]
    done = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True)
    well = done.returncode == 0 if makes is None else done.returncode in (0, 1) and makes.is_file()
    if not well:
        sys.exit(f"{' '.join(line)}\nended with {done.returncode}\n{done.stdout}{done.stderr}")


def score(procure: Path, tender: Path, day: str, kind: str, folder: Path) -> bytes:
    """Score a tender with one installation of the command, and return the report it wrote."""
    report = folder / f"{tender.stem}.{kind}"
    run(
        *(procure, "score", tender, "--on", day, "--format", kind, "--out", folder),
        cwd=tender.parent,
        makes=report,
    )
    return report.read_bytes()


def draft(procure: Path, tender: Path, day: str, folder: Path) -> list[bytes]:
    """Draft a document with one installation of the command, and return the files it wrote."""
    files = [folder / "artisan.docx", folder / "artisan.pdf"]
    run(
        *(procure, "draft", tender, "--on", day, "--only", "artisan", "--force", "--out", folder),
        cwd=tender.parent,
        makes=files[-1],
    )
    return [file.read_bytes() for file in files]


def main(tender: str, day: str) -> None:
    """Compare the reports of the checkout with those of the installed wheel."""
    checkout = Path(sys.executable).parent / "procure"
    with tempfile.TemporaryDirectory(prefix="procure-wheel-") as folder:
        away = Path(folder)
        # The wheel is built from the sdist, so that both are known to be complete.
        run(sys.executable, "-m", "build", "--outdir", away / "dist", ROOT, cwd=away)
        (wheel,) = (away / "dist").glob("*.whl")
        venv.create(away / "env", with_pip=True)
        installed = away / "env" / "bin"
        run(
            *(installed / "python", "-m", "pip", "--quiet", "install"),
            *("-c", ROOT / "constraints.txt", wheel),
            cwd=away,
        )
        copy = away / Path(tender).name
        copy.write_bytes((ROOT / tender).read_bytes())
        for kind in FORMATS:
            expected = score(checkout, copy, day, kind, away / "checkout")
            found = score(installed / "procure", copy, day, kind, away / "installed")
            if found != expected:
                sys.exit(f"{wheel.name} and the checkout disagree on {tender}, as {kind}.")
        expected_files = draft(checkout, copy, day, away / "checkout")
        if draft(installed / "procure", copy, day, away / "installed") != expected_files:
            sys.exit(f"{wheel.name} and the checkout draft {tender} differently.")
    print(f"{wheel.name}: installed alone, it scores {tender} as the checkout does.")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
