"""Every Python block of the README and of ``docs/`` runs as printed, and prints what the page says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\s*^```text\n(?P<output>.*?)^```$)?", re.MULTILINE | re.DOTALL)


def code_blocks(text):
    """Yield the line number, the code and the promised output (or None) of each Python block."""
    for match in BLOCK.finditer(text + "\n"):
        yield text.count("\n", 0, match.start("code")) + 1, match["code"], match["output"]


def cases():
    for page in PAGES:
        for line, code, output in code_blocks(page.read_text(encoding="utf-8")):
            yield pytest.param(code, output, id=f"{page.relative_to(ROOT)}:{line}")


@pytest.mark.parametrize(("code", "output"), list(cases()))
def test_block_runs_as_printed(code, output, tmp_path):
    """A process of its own, as for a reader: whatever a block registers or seeds stays out of the other tests."""
    script = tmp_path / "block.py"
    script.write_text(code, encoding="utf-8")
    search = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    ran = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8", "MPLBACKEND": "Agg"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    if output is not None:
        assert ran.stdout.rstrip() == output.rstrip()


def test_blocks_are_found_with_their_output():
    page = (
        "a\n```python\nprint(1)\n```\n\n```text\n1\n```\n```bash\nls\n```\n```python\nx = 2\n```\nb\n```text\nno\n```\n"
    )
    assert list(code_blocks(page)) == [(3, "print(1)\n", "1\n"), (13, "x = 2\n", None)]


def test_readme_has_blocks():
    assert any(page == ROOT / "README.md" and list(code_blocks(page.read_text(encoding="utf-8"))) for page in PAGES)
