"""Names of the public face that are looked up when first used, and help with names that do not exist."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable
from typing import Any

# Packages of their own, above this one: `autograd.nn` is `nn`.
ABOVE = ("nn", "optim")
# Submodules that few programs need at once.
SUBMODULES = (
    "accelerator", "amp", "anomaly", "array_api", "autograd", "checking", "cuda", "distributed",
    "distributions", "estimators", "fft", "forward_ad", "func", "function", "functional", "graph", "hub", "jit",
    "linalg", "masked", "metrics", "multiprocessing", "profiler", "random", "serialization", "signal", "sparse",
    "special", "testing", "transforms", "types", "utils", "version",
)  # fmt: skip
# Names of other submodules that few programs need.
ELSEWHERE = {
    **dict.fromkeys(
        ("DoubleTensor", "FloatTensor", "HalfTensor", "BFloat16Tensor", "LongTensor", "IntTensor", "ShortTensor",
         "CharTensor", "ByteTensor", "BoolTensor", "set_default_tensor_type", "range"),
        "legacy",
    ),
    **dict.fromkeys(
        ("are_deterministic_algorithms_enabled", "compile", "get_float32_matmul_precision", "get_num_threads",
         "is_deterministic_algorithms_warn_only_enabled", "set_float32_matmul_precision", "set_num_threads",
         "use_deterministic_algorithms"),
        "settings",
    ),
    **dict.fromkeys(("autocast", "GradScaler", "is_autocast_enabled"), "amp"),
    **dict.fromkeys(("load", "save"), "serialization"),
    **dict.fromkeys(("sparse_coo_tensor", "sparse_csr_tensor", "spmm"), "sparse"),
    "_assert": "functions.queries",
    "return_types": "functions",
    "vmap": "func",
}  # fmt: skip
# Functions of `nn.functional` that PyTorch has at the top as well.
FUNCTIONAL = (
    "adaptive_avg_pool1d", "adaptive_max_pool1d", "alpha_dropout", "avg_pool1d", "batch_norm", "bilinear",
    "binary_cross_entropy_with_logits", "channel_shuffle", "conv1d", "conv2d", "conv3d", "conv_transpose1d",
    "conv_transpose2d", "conv_transpose3d", "cosine_embedding_loss", "cosine_similarity", "ctc_loss", "dropout",
    "embedding", "embedding_bag", "feature_alpha_dropout", "group_norm", "hinge_embedding_loss", "instance_norm",
    "kl_div", "layer_norm", "margin_ranking_loss", "max_pool1d", "max_pool2d", "max_pool3d", "pairwise_distance",
    "pdist", "pixel_shuffle", "pixel_unshuffle", "poisson_nll_loss", "rms_norm", "triplet_margin_loss",
)  # fmt: skip

# Packages of PyTorch's that programs ask for, and no name here is near to.
ABSENT = {
    "ao": "quantization", "export": "export of programs", "fx": "the rewriting of programs as graphs",
    "onnx": "export to ONNX", "quantization": "quantization",
}  # fmt: skip


def lookup(name: str, known: list[str]) -> Any:
    """What `autograd.<name>` is, for a name that the package has not loaded.

    Raises
    ------
    AttributeError
        For an unknown name, with the nearest known one, or with what is missing.
    """
    if name in ABOVE:
        return importlib.import_module(name)
    if name in FUNCTIONAL:
        return getattr(importlib.import_module("nn.functional"), name)
    if name in SUBMODULES:
        return importlib.import_module(f"autograd.{name}")
    if name in ELSEWHERE:
        return getattr(importlib.import_module(f"autograd.{ELSEWHERE[name]}"), name)
    if name.endswith("_") and not name.startswith("_"):  # `autograd.sin_(x)` is `x.sin_()`
        method = getattr(sys.modules["autograd.tensor"].Tensor, name, None)
        if method is not None:
            return method
    if name in ABSENT:
        raise AttributeError(f"module 'autograd' has no attribute {name!r}: {ABSENT[name]} is missing here")
    if name.startswith("_foreach_"):
        return importlib.import_module("autograd.foreach").function(name)
    raise UnknownNameError("module 'autograd'", name, lambda: [*known, *ABOVE, *SUBMODULES, *FUNCTIONAL, *ELSEWHERE])


class UnknownNameError(AttributeError):
    """An attribute that does not exist; the nearest that does is looked for when the message is read.

    Most of these errors are never read: `hasattr` and `getattr` with a default ask by way of them.
    """

    def __init__(self, owner: str, name: str, known: Callable[[], Iterable[str]]):
        super().__init__(owner, name)
        self.known = known

    def __reduce__(self) -> tuple:
        return AttributeError, (str(self),)

    def __str__(self) -> str:
        owner, name = self.args
        hint = ""
        if not name.startswith("_"):
            near = difflib.get_close_matches(name, [other for other in self.known() if not other.startswith("_")], 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"{owner} has no attribute {name!r}{hint}"


def suggesting(module: str) -> Callable[[str], Any]:
    """A `__getattr__` for a module that has all its names: it only names the nearest to an unknown one."""

    def __getattr__(name: str) -> Any:
        raise UnknownNameError(f"module {module!r}", name, lambda: vars(sys.modules[module]))

    return __getattr__


def stand_for(alias: str, package: str) -> None:
    """Make import statements that name `alias` or its submodules find those of `package`, the same objects."""
    found = importlib.import_module(package)
    for _, name, _ in pkgutil.walk_packages(found.__path__, f"{package}."):
        importlib.import_module(name)
    for name in list(sys.modules):
        if name == package or name.startswith(f"{package}."):
            sys.modules[alias + name.removeprefix(package)] = sys.modules[name]
