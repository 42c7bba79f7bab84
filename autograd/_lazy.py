"""Names of the public face that are looked up when first used, and help with names that do not exist."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
from typing import Any

# Packages of their own, above this one: `autograd.nn` is `nn`.
ABOVE = ("nn", "optim")
# Submodules that few programs need at once.
SUBMODULES = (
    "anomaly", "checking", "cuda", "distributions", "fft", "func", "function", "graph", "linalg", "masked", "random",
    "serialization", "signal", "special", "testing", "utils",
)  # fmt: skip


def lookup(name: str, known: list[str]) -> Any:
    """What `autograd.<name>` is, for a name that the package has not loaded.

    Raises
    ------
    AttributeError
        For an unknown name, with the nearest known one.
    """
    if name in ABOVE:
        return importlib.import_module(name)
    if name in SUBMODULES and importlib.util.find_spec(f"autograd.{name}") is not None:
        return importlib.import_module(f"autograd.{name}")
    near = difflib.get_close_matches(name, [*known, *ABOVE, *SUBMODULES], 1)
    hint = f"; did you mean {near[0]!r}?" if near and not name.startswith("__") else ""
    raise AttributeError(f"module 'autograd' has no attribute {name!r}{hint}")
