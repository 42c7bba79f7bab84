"""PyTorch programs print the same here: with the names replaced throughout, and with the import lines replaced alone."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import numpy as np
import pytest
import torch

import autograd

pytestmark = pytest.mark.no_cover  # whole programs: following every line doubles their time
PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
NUMBER = re.compile(r"(?<![A-Za-z_\d.])[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)(?![A-Za-z_\d])")
IMPORT = re.compile(r"^(?:import|from) torch\b.*$", re.MULTILINE)


def imports_alone(program: str) -> str:
    """`import autograd as torch`, `import nn.functional as F`, `from autograd.utils.data import ...`."""

    def replaced(match: re.Match) -> str:
        line = re.sub(r"\btorch\.(nn|optim)\b", r"\1", match[0])
        return "import autograd as torch" if line == "import torch" else line.replace("torch", "autograd")

    return IMPORT.sub(replaced, program)


def throughout(program: str) -> str:
    """`autograd` wherever the program says `torch`."""
    return imports_alone(program).replace("import autograd as torch", "import autograd").replace("torch.", "autograd.")


def printed(program: str, path: Path) -> str:
    """What a program prints, with this library's name in place of PyTorch's, and without where its tensors are."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, str(path), "exec"), {"__name__": "__main__"})
    return re.sub(r",\s*device='\w+'", "", out.getvalue().replace("torch", "autograd"))


@pytest.fixture(autouse=True)
def _workplace(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    yield
    for library in (autograd, torch):
        library.set_default_dtype(library.float32)
        library.set_printoptions(profile="default")


_expected: dict[Path, str] = {}


@pytest.mark.parametrize("rename", [imports_alone, throughout])
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path, rename):
    program = path.read_text(encoding="utf-8")
    ported = rename(program)
    assert ported != program and "torch." not in throughout(program)
    if path not in _expected:
        _expected[path] = printed(program, path)
    found, expected = printed(ported, path), _expected[path]
    words = [re.sub(r"\s+", " ", NUMBER.sub("#", text)).strip() for text in (found, expected)]
    assert words[0] == words[1]
    numbers = [np.array(NUMBER.findall(text), dtype=float) for text in (found, expected)]
    np.testing.assert_allclose(*numbers, rtol=1e-6, atol=1e-9)
    assert numbers[1].size > 10
