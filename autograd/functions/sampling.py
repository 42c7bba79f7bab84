"""Random tensors whose gradient flows back to the parameters of their distribution: gamma, Dirichlet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import engine
from autograd.functions.limits import finfo
from autograd.functions.random import floating
from autograd.random import stream

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def standard_gamma(input: Any, generator: Any = None) -> Tensor:
    """Gamma numbers of scale 1 with the shape parameters that `input` holds, differentiable by these.

    Raises
    ------
    NotImplementedError
        If the type is not floating.
    RuntimeError
        For a negative parameter.

    Examples
    --------
    >>> import autograd
    >>> _ = autograd.manual_seed(0)
    >>> autograd._standard_gamma(autograd.tensor([1.0, 2.0])).shape
    autograd.Size([2])
    """
    kind, backend = floating("_standard_gamma", input.dtype, complex=False), input.backend
    if bool(backend.any(input._data < 0)):
        raise RuntimeError("_standard_gamma: expected parameters >= 0, got a negative one")
    draws = backend.random_gamma(stream(generator, backend), backend.astype(input._data, dtypes.float64))
    draws = backend.astype(backend.maximum(draws, finfo(kind).tiny), kind)  # 0 would have no logarithm
    return ops.gamma_sample(input, engine.wrap(draws, backend))


def sample_dirichlet(input: Any, generator: Any = None) -> Tensor:
    """Dirichlet vectors along the last dimension with the concentrations that `input` holds, differentiable by these.

    Raises
    ------
    NotImplementedError, RuntimeError
        As `_standard_gamma`.

    Examples
    --------
    >>> import autograd
    >>> _ = autograd.manual_seed(0)
    >>> autograd.allclose(autograd._sample_dirichlet(autograd.tensor([1.0, 2.0])).sum(), autograd.tensor(1.0))
    True
    """
    kind = floating("_sample_dirichlet", input.dtype, complex=False)
    parts = standard_gamma(input.double(), generator)  # in float64, where small concentrations do not all give 0
    return (parts / parts.sum(-1, keepdim=True)).to(kind)
