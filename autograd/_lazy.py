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
    "anomaly", "array_api", "checking", "cuda", "distributions", "fft", "func", "function", "graph", "linalg", "masked",
    "random", "serialization", "signal", "special", "testing", "transforms", "utils",
)  # fmt: skip
# Functions of `nn.functional` that PyTorch has at the top as well.
FUNCTIONAL = (
    "adaptive_avg_pool1d", "adaptive_max_pool1d", "alpha_dropout", "avg_pool1d", "batch_norm", "bilinear", "conv1d",
    "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "cosine_similarity", "dropout",
    "embedding", "embedding_bag", "group_norm", "instance_norm", "layer_norm", "max_pool1d", "max_pool2d", "max_pool3d",
    "pairwise_distance", "pdist", "pixel_shuffle", "pixel_unshuffle", "prelu", "rms_norm", "rrelu",
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
    if name in FUNCTIONAL:
        return getattr(importlib.import_module("nn.functional"), name)
    if name in SUBMODULES and importlib.util.find_spec(f"autograd.{name}") is not None:
        return importlib.import_module(f"autograd.{name}")
    near = difflib.get_close_matches(name, [*known, *ABOVE, *SUBMODULES, *FUNCTIONAL], 1)
    hint = f"; did you mean {near[0]!r}?" if near and not name.startswith("__") else ""
    raise AttributeError(f"module 'autograd' has no attribute {name!r}{hint}")
