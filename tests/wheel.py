#!/usr/bin/env python3
"""The wheel: built of what is built already, installed where nothing else is, and tried as a newcomer would.

    python3 tests/wheel.py target/debug/zjgr

What builds it is installed into a folder of its own, target/maturin.
"""

import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PROFILES = {"debug": "dev"}


def maturin() -> Path:
    """What builds wheels."""
    home = HERE / "target/maturin"
    if not (home / "whole").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin/python", "-m", "pip", "install", "--quiet", "maturin>=1.9,<2"], check=True)
        (home / "whole").touch()
    return home / "bin/maturin"


def main(zjgr: Path, work: Path) -> None:
    folder = zjgr.parent
    profile = PROFILES.get(folder.name, folder.name)
    build = ["build", "--profile", profile, "--target-dir", folder.parent, "--out", work, "--locked", "--quiet"]
    subprocess.run([maturin(), *build], cwd=HERE, check=True)
    (wheel,) = work.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for part in ["scripts/zjgr", "licenses/LICENSE", "licenses/NOTICE.md"]:
        assert any(name.endswith(part) for name in names), f"{part} is not in {names}"

    started = time.monotonic()
    clean = work / "clean"
    venv.create(clean, with_pip=True)
    pip = [clean / "bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, wheel], check=True)
    subprocess.run([clean / "bin/zjgr", "sample", "pages"], cwd=work, check=True)
    table = subprocess.run([clean / "bin/zjgr", "pages", "pages"], cwd=work, check=True, capture_output=True, text=True)
    pages, rows = len(list((work / "pages").iterdir())), table.stdout.count("\n") - 1
    assert 0 < pages <= rows, f"{pages} pages, {rows} rows: {table.stderr}"
    took = time.monotonic() - started
    print(f"{wheel.name}: {wheel.stat().st_size >> 20} MB; installed, {pages} pages written and read in {took:.0f} s")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        main(Path(sys.argv[1]).resolve(), Path(work))
