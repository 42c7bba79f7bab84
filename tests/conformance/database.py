"""PyTorch's operator database as a judge: its samples go to both libraries, values and gradients are compared.

What counts and what does not, and why, is in `EXCLUDED`; an operator that is not expected to agree yet is in
`tests/conformance/pending.txt`, so that the set can only shrink.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import numpy as np
import torch

import autograd
import nn
from tests.arrays import to_numpy

EXCLUDED = {
    r"_(?!_).*|torch\._.*|torch\.ops\..*": "private names",
    r"native_.*|max_pool2d_with_indices_backward|grid_sampler_[23]d|constant_pad_nd": "kernels behind public functions",
    r"rsub|scalar_tensor|slice": "no public name",
    r"(alias|as_strided|diagonal|expand|permute|split_with_sizes|squeeze|t|transpose|unbind|unfold|unsqueeze|view)_copy":
        "twins of views for compilers",
    r"jiterator_.*|sparse\..*|to_sparse|.*scaled_mm.*|.*grouped_mm.*|bfloat16|chalf|bmm\.triton_optimized":
        "CUDA compilers, sparse layouts, types that NumPy lacks",
    r"nn\.functional\.batch_norm\.without_cudnn": "CUDA twin",
    r"resize_|resize_as_|empty_strided|new_empty_strided|empty_permuted|as_strided\.partial_views": "memory layout",
    r"empty|empty_like|new_empty": "arbitrary values",
    r"pca_lowrank|svd_lowrank|linalg\.lstsq\.grad_oriented|linalg\.pinv\.singular|normal\.number_mean|"
    r"normal\.in_place|cauchy|exponential|geometric|log_normal|uniform": "calls of the database's own",
}  # fmt: skip
# Only shapes and types are compared: random values, answers that are not unique, the index of a tie.
LOOSE = (
    r"(bernoulli|multinomial|normal|rand|nn\.functional\..*dropout|"
    r"nn\.functional\.(fractional_max_pool|rrelu|multi_head|scaled_dot)).*|"
    r"(linalg\.)?(eig|eigh|eigvals|svd|qr|householder_product|lstsq|lu|ldl).*|geqrf|ormqr|"
    r"argsort|sort|topk|kthvalue|median|nanmedian|mode|cummax|cummin|masked\.median"
)
# Where PyTorch's gradient is not the derivative of what it computes; its values are compared all the same.
GRADIENT_NOT_COMPARED = {
    "as_strided_scatter": "the input's goes to the places that were overwritten, none to the others",
    "cholesky_solve": "the factor's is also in the triangle that is not read",
    "istft": "a window shorter than n_fft gets none",
}
# By how much the tolerance is widened: PyTorch's own error is of that size.
INACCURATE = {f"special.bessel_{name}": 10.0 for name in ("j0", "j1", "y0", "y1")}
INACCURATE_IN_FLOAT32 = {"logcumsumexp": 10.0, "matrix_exp": 10.0, "linalg.matrix_power": 10.0}
# The function's own order of the arguments, where the database has another.
REORDERED = {
    "einsum": lambda f, operands, equation: f(equation, *operands),
    "polygamma": lambda f, x, n, **options: f(n, x, **options),
    "special.polygamma": lambda f, x, n, **options: f(n, x, **options),
    "where": lambda f, x, condition, other, **options: f(condition, x, other, **options),
    "nn.functional.embedding": lambda f, weight, index, **options: f(index, weight, **options),
    "nn.functional.embedding_bag": lambda f, weight, index, **options: f(index, weight, **options),
}
METHODS = {
    "H", "T", "__getitem__", "__radd__", "__rand__", "__rdiv__", "__rmatmul__", "__rmod__", "__rmul__", "__ror__",
    "__rpow__", "__rsub__", "__rxor__", "bool", "byte", "cdouble", "cfloat", "char", "contiguous", "double", "expand",
    "expand_as", "fill", "float", "half", "int", "item", "long", "mH", "mT", "new_empty", "new_full", "new_ones",
    "new_zeros", "repeat", "reshape_as", "short", "sum_to_size", "to", "unfold", "view", "view_as", "zero_",
}  # fmt: skip
SAMPLES = 4  # of each operator, spread evenly; the suite has ten minutes


def excluded(entry: Any) -> bool:
    """Whether an entry of the database does not count."""
    name = full_name(entry)
    return any(re.fullmatch(pattern, name) for pattern in EXCLUDED)


def full_name(entry: Any) -> str:
    """The operator's name with its variant."""
    return entry.name + (f".{entry.variant_test_name}" if entry.variant_test_name else "")


@functools.cache
def pending() -> frozenset[str]:
    """Operators that do not agree yet."""
    text = Path(__file__).with_name("pending.txt").read_text(encoding="utf-8")
    return frozenset(line.split("#")[0].strip() for line in text.splitlines()) - {""}


def spread(items: list, count: int = SAMPLES) -> list:
    """At most `count` of the items, evenly spread."""
    return items if len(items) <= count else [items[i * len(items) // count] for i in range(count)]


def ours(name: str) -> Any:
    """The function of this library that PyTorch calls `torch.<name>`."""
    if name in METHODS:
        if name in ("T", "H", "mT", "mH"):
            return lambda x: getattr(x, name)
        if name == "fill":
            return lambda x, value: x.clone().fill_(value)
        if name == "zero_":
            return lambda x: x.clone().zero_()
        return lambda x, *args, **kwargs: getattr(x, name)(*args, **kwargs)
    if name in REORDERED:
        return functools.partial(REORDERED[name], _named(name))
    return _named(name)


def _named(name: str) -> Any:
    place: Any = autograd
    for part in name.split("."):
        place = nn if place is autograd and part == "nn" else getattr(place, part)
    return place


def portable(sample: Any) -> bool:
    """Whether a sample says nothing that only PyTorch knows (layouts, memory formats, generators, types)."""
    for leaf in leaves((sample.input, sample.args, sample.kwargs)):
        if isinstance(leaf, (torch.layout, torch.memory_format, torch.Generator)):
            return False
        if isinstance(leaf, torch.Tensor) and (leaf.layout is not torch.strided or leaf.ndim > 32):
            return False
        if isinstance(leaf, torch.Tensor) and leaf.device.type != "cpu":
            return False
        kind = leaf.dtype if isinstance(leaf, torch.Tensor) else leaf
        if isinstance(kind, torch.dtype) and kind in (torch.bfloat16, torch.complex32):
            return False
        if isinstance(leaf, torch.device) and leaf.type != "cpu":
            return False
        if callable(leaf) and not isinstance(leaf, torch.Tensor):
            return False
    return "memory_format" not in sample.kwargs and "pin_memory" not in sample.kwargs


def leaves(value: Any) -> list:
    """The leaves of nested tuples, lists, dicts and slices."""
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in leaves(item)]
    if isinstance(value, dict):
        return leaves(list(value.values()))
    if isinstance(value, slice):
        return leaves((value.start, value.stop, value.step))
    return [value]


def copied(value: Any) -> Any:
    """A nested value whose tensors have memory of their own, which no other has a part in."""
    if isinstance(value, torch.Tensor):
        return value.detach().clone(memory_format=torch.contiguous_format).requires_grad_(value.requires_grad)
    if type(value) in (list, tuple):
        return type(value)(copied(item) for item in value)
    return {key: copied(item) for key, item in value.items()} if isinstance(value, dict) else value


def convert(value: Any, entered: list) -> Any:
    """A nested PyTorch value in this library's; tensors that require a gradient are added to `entered`."""
    if isinstance(value, torch.Tensor):
        made = autograd.tensor(
            np.array(value.detach().resolve_conj().resolve_neg().numpy()), requires_grad=value.requires_grad
        )
        if value.requires_grad:
            entered.append(made)
        return made
    if isinstance(value, torch.dtype):
        return getattr(autograd, str(value).removeprefix("torch."))
    if isinstance(value, torch.device):
        return autograd.get_default_device()
    if isinstance(value, (list, tuple)):
        kind = type(value) if type(value) in (list, tuple) else tuple
        return kind(convert(item, entered) for item in value)
    if isinstance(value, dict):
        return {key: convert(item, entered) for key, item in value.items() if not isinstance(item, torch.layout)}
    if isinstance(value, slice):
        return slice(*(convert(item, entered) for item in (value.start, value.stop, value.step)))
    return value


def compare(got: Any, wanted: Any, where: str, factor: float = 1.0, loose: bool = False) -> None:
    """Assert that two nested results agree in shape, type and, unless `loose`, value."""
    a, b = leaves(got), leaves(wanted)
    assert len(a) == len(b), f"{where}: {len(a)} results instead of {len(b)}"
    for x, y in zip(a, b, strict=True):
        if loose and not isinstance(y, torch.Tensor):
            continue
        if not isinstance(y, torch.Tensor):
            assert (x.item() if isinstance(x, autograd.Tensor) else x) == y or x is y, (
                f"{where}: {x!r} instead of {y!r}"
            )
            continue
        array, expected = np.asarray(to_numpy(x)), y.detach().resolve_conj().resolve_neg().numpy(force=True)
        assert array.shape == expected.shape, f"{where}: shape {array.shape} instead of {expected.shape}"
        assert array.dtype == expected.dtype, f"{where}: type {array.dtype} instead of {expected.dtype}"
        if loose:
            continue
        tolerance = {"f": 1e-7, "c": 1e-7}.get(expected.dtype.kind, 0.0)
        if (expected.dtype.itemsize <= 4 and expected.dtype.kind == "f") or expected.dtype == np.complex64:
            tolerance = 1e-4 if expected.dtype.itemsize >= 4 else 5e-3
        np.testing.assert_allclose(array, expected, tolerance * factor, tolerance * factor, err_msg=where)
