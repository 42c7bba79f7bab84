"""Softmax and its kin."""

from __future__ import annotations

import warnings
from typing import Any

import autograd
from autograd import Tensor, no_grad, ops


def _axis(name: str, input: Tensor, dim: int | None, stacklevel: int) -> int:
    if dim is not None:
        return dim
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include dim=X as an argument.",
        stacklevel=stacklevel,
    )
    return 0 if input._data.ndim in (0, 1, 3) else 1


def softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """exp(input) / Σ exp(input) along a dim.

    Examples
    --------
    >>> import autograd
    >>> softmax(autograd.tensor([0.0, 0.0]), dim=0)
    tensor([0.5000, 0.5000])
    """
    return autograd.softmax(input, _axis("softmax", input, dim, _stacklevel), dtype=dtype)


def softmin(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """softmax(-input) along a dim.

    Examples
    --------
    >>> import autograd
    >>> softmin(autograd.tensor([0.0, 0.0]), dim=0)
    tensor([0.5000, 0.5000])
    """
    return autograd.softmax(-input, _axis("softmin", input, dim, _stacklevel), dtype=dtype)


def log_softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Tensor:
    """input - log Σ exp(input) along a dim.

    Examples
    --------
    >>> import autograd
    >>> log_softmax(autograd.tensor([0.0, 0.0]), dim=0)
    tensor([-0.6931, -0.6931])
    """
    return autograd.log_softmax(input, _axis("log_softmax", input, dim, _stacklevel), dtype=dtype)


def gumbel_softmax(logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1) -> Tensor:
    """A sample of the Gumbel-softmax distribution (Jang, Gu and Poole 2017).

    Parameters
    ----------
    tau : the temperature
    hard : return one-hot vectors, with the gradient of the soft sample

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> F.gumbel_softmax(autograd.zeros(2, 3), hard=True).sum(1)
    tensor([1., 1.])
    """
    with no_grad():
        noise = -ops.log(autograd.empty_like(logits).exponential_())
    soft = autograd.softmax((logits + noise) / tau, dim)
    if not hard:
        return soft
    index = autograd.argmax(soft, dim=dim, keepdim=True)
    with no_grad():
        chosen = autograd.zeros_like(logits).scatter_(dim, index, 1.0)
    return chosen - soft.detach() + soft
