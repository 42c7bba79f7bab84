"""Type checkers see the library's names and types as a user's program needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("typed_program.py")
ROOT = PROGRAM.parents[2]


def run(*command):
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_program_runs():
    assert run("-m", "tests.docs.typed_program").split()[0] == "True"


def test_no_error_and_nothing_untyped(tmp_path):
    """As strictly as it can: nothing private is used, nothing is Any where a tensor is said to be returned."""
    run("-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", f"--cache-dir={tmp_path}", str(PROGRAM))
