"""What the installed CuPy offers, written to `cupy_names.json`; run it after updating CuPy.

python tests/cupy_names.py
"""

from __future__ import annotations

import importlib
import inspect
import json
import platform
import sys
from pathlib import Path
from typing import Any

PLACE = Path(__file__).with_name("cupy_names.json")
NAMESPACES = ("cupy", "cupy.linalg", "cupy.fft", "cupyx", "cupyx.scipy.special")
CLASSES = {"cupy.ndarray": "cupy", "cupy.random.Generator": "cupy.random", "cupy.ufunc": "cupy"}

# As in pyproject.toml: elsewhere CuPy has no wheel, and what asks for it there is left out.
HAS_WHEEL = sys.platform == "linux" and platform.machine() == "x86_64"


def parameters(value: Any) -> list | None:
    """Names, kinds and whether a default exists; None where the signature cannot be known."""
    if not inspect.isfunction(value):
        return None
    return [[p.name, int(p.kind), p.default is not p.empty] for p in inspect.signature(value).parameters.values()]


def survey() -> dict[str, Any]:
    """The installed CuPy's version, and its public names with their parameters."""
    found: dict[str, Any] = {"version": importlib.import_module("cupy").__version__, "namespaces": {}, "classes": {}}
    for name in NAMESPACES:
        module = importlib.import_module(name)
        public = [item for item in dir(module) if not item.startswith("_")]
        found["namespaces"][name] = {item: parameters(getattr(module, item)) for item in public}
    for name, home in CLASSES.items():
        found["classes"][name] = dir(getattr(importlib.import_module(home), name.rpartition(".")[2]))
    return found


if __name__ == "__main__":
    PLACE.write_text(json.dumps(survey(), indent=None, separators=(",", ":")) + "\n")
