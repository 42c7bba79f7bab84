"""What the families share: broadcast parameters, probabilities and their logarithms, noise."""

from __future__ import annotations

import functools
from numbers import Number
from typing import Any

import autograd
from autograd.functions.limits import finfo
from autograd.tensor import Tensor

EULER = 0.57721566490153286  # Euler's constant


class lazy_property(functools.cached_property):
    """A property computed when first asked for, and recorded even if that happens under `no_grad`."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        with autograd.enable_grad():
            return super().__get__(instance, owner)


def broadcast_all(*values: Any) -> list[Tensor]:
    """Numbers and tensors as tensors of one shape; numbers take the type and device of the first tensor.

    Raises
    ------
    ValueError
        For anything else.
    """
    if not all(isinstance(value, (Tensor, Number)) for value in values):
        found = ", ".join(type(value).__name__ for value in values)
        raise ValueError(f"Input arguments must all be instances of Number or Tensor, got {found}")
    first = next((value for value in values if isinstance(value, Tensor)), None)
    options: dict[str, Any] = {"dtype": autograd.get_default_dtype()}
    if first is not None:
        options = {"dtype": first.dtype, "device": first.device}
    tensors = [value if isinstance(value, Tensor) else autograd.tensor(value, **options) for value in values]
    return list(autograd.broadcast_tensors(*tensors))


def clamp_probs(probs: Tensor) -> Tensor:
    """Probabilities away from 0 and 1, so that their logarithms are finite."""
    gap = finfo(probs.dtype).eps
    return probs.clamp(gap, 1 - gap)


def probs_to_logits(probs: Tensor, is_binary: bool = False) -> Tensor:
    """Log-odds of binary probabilities, logarithms of others."""
    safe = clamp_probs(probs)
    return safe.log() - (-safe).log1p() if is_binary else safe.log()


def logits_to_probs(logits: Tensor, is_binary: bool = False) -> Tensor:
    """The inverse of `probs_to_logits`."""
    return logits.sigmoid() if is_binary else logits.softmax(-1)


def either(probs: Any, logits: Any) -> bool:
    """Whether probabilities were given and no logits.

    Raises
    ------
    ValueError
        If both or neither were given.
    """
    if (probs is None) == (logits is None):
        raise ValueError("Either `probs` or `logits` must be specified, but not both.")
    return probs is not None


def uniform(shape: Any, like: Tensor) -> Tensor:
    """Numbers uniform in the open interval (0, 1), of another tensor's type and device."""
    gap = finfo(like.dtype).eps
    return autograd.rand(tuple(shape), dtype=like.dtype, device=like.device).clamp(gap / 4, 1 - gap / 2)


def normal(shape: Any, like: Tensor) -> Tensor:
    """Standard normal numbers of another tensor's type and device."""
    return autograd.randn(tuple(shape), dtype=like.dtype, device=like.device)


def sum_rightmost(value: Any, dim: int) -> Any:
    """The sum over the last `dim` dimensions."""
    return value if dim == 0 else value.sum(tuple(range(-dim, 0)))


def log_beta(a: Tensor, b: Tensor) -> Tensor:
    """The logarithm of the beta function."""
    return a.lgamma() + b.lgamma() - (a + b).lgamma()


def tril_matrix_to_vec(mat: Tensor, diag: int = 0) -> Tensor:
    """The elements of the last two dims up to a diagonal, row by row.

    Raises
    ------
    ValueError
        For a diagonal outside the matrix.
    """
    n = mat.shape[-1]
    if not -n <= diag < n:
        raise ValueError(f"tril_matrix_to_vec: diag ({diag}) is not in [{-n}, {n - 1}] for a matrix of {n} columns")
    rows, columns = autograd.tril_indices(n, n, diag, device=mat.device)
    return mat[..., rows, columns]


def vec_to_tril_matrix(vec: Tensor, diag: int = 0) -> Tensor:
    """The square matrices whose elements up to a diagonal are those of the last dim, the others zero.

    Raises
    ------
    ValueError
        For a length that no matrix has.
    """
    length = vec.shape[-1]
    n = 1 + abs(diag) if diag < 0 else max(1, diag)
    while (count := sum(min(max(row + diag + 1, 0), n) for row in range(n))) < length:
        n += 1
    if count != length:
        raise ValueError(f"vec_to_tril_matrix: no matrix has {length} elements up to diagonal {diag}")
    matrix = vec.new_zeros((*vec.shape[:-1], n, n))
    rows, columns = autograd.tril_indices(n, n, diag, device=vec.device)
    matrix[..., rows, columns] = vec
    return matrix
