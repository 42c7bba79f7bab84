"""Random counts and choices: Bernoulli, binomial, multinomial and Poisson numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.engine import TensorBase, engine
from autograd.functions.random import drawn, floating, stored, waits, zero_gradient
from autograd.random import stream

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def bernoulli(input: Any, p: Any = None, *, generator: Any = None, out: Any = None) -> Tensor:
    """Ones with the probabilities that `input` holds (or `p`), zeros elsewhere.

    Raises
    ------
    RuntimeError
        For probabilities outside [0, 1], or integer ones.

    Examples
    --------
    >>> import autograd
    >>> autograd.bernoulli(autograd.tensor([0.0, 1.0]))
    tensor([0., 1.])
    """
    input = ops.lifted_here(input)
    backend = input.backend
    chance = input if p is None else p
    if p is None and input.dtype.category < dtypes.FLOATING:
        raise NotImplementedError(f"bernoulli: expected probabilities of a floating type, got {input.dtype}")
    values = chance._data if isinstance(chance, TensorBase) else chance
    least, most = (values.min(), values.max()) if isinstance(chance, TensorBase) and values.size else (0, 0)
    if not isinstance(chance, TensorBase):
        least = most = values
    if least < 0 or most > 1:
        raise RuntimeError(f"bernoulli: Expected p_in >= 0 && p_in <= 1, got values from {least} to {most}")
    draws = drawn(backend, generator, "random_uniform", input._data.shape, dtypes.float64)
    return stored(zero_gradient(input, draws < values), out)


def multinomial(
    input: Any, num_samples: int, replacement: bool = False, *, generator: Any = None, out: Any = None
) -> Tensor:
    """Places drawn with the weights in each row; without replacement by the largest weight / exponential draw.

    Raises
    ------
    RuntimeError
        For weights that are negative, not finite or all zero, or more samples than there are places.

    Examples
    --------
    >>> import autograd
    >>> autograd.multinomial(autograd.tensor([0.0, 1.0]), 3, replacement=True)
    tensor([1, 1, 1])
    """
    if input._data.ndim not in (1, 2):
        raise RuntimeError(f"prob_dist must be 1 or 2 dim, got shape {list(input._data.shape)}")
    if input.dtype.category != dtypes.FLOATING:
        raise RuntimeError(f"multinomial only supports floating-point dtypes for input, got: {input.dtype}")
    if num_samples <= 0:
        raise RuntimeError("cannot sample n_sample <= 0 samples")
    if out is not None and out.dtype is not dtypes.int64:
        raise RuntimeError(f"multinomial expects an int64 tensor out, got: {out.dtype}")
    input = ops.lifted_here(input)
    backend, weights = input.backend, input._data
    if not replacement and num_samples > weights.shape[-1]:
        raise RuntimeError("cannot sample n_sample > prob_dist.size(-1) samples without replacement")
    if not bool(backend.all(backend.isfinite(weights) & (weights >= 0))):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    rows = backend.astype(weights if weights.ndim == 2 else weights[None, :], dtypes.float64)
    totals = backend.sum(rows, axis=1, keepdims=True)
    if not bool(backend.all(totals > 0)):
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    if replacement:
        edges = backend.cumulative_sum(rows / totals, axis=1)
        draws = drawn(backend, generator, "random_uniform", (rows.shape[0], num_samples), dtypes.float64)
        found = backend.sum(draws[:, :, None] >= edges[:, None, :-1], axis=2)
    else:
        found = backend.argsort(-(rows / waits(backend, generator, rows.shape, dtypes.float64)), axis=1)
        found = found[:, :num_samples]
    found = backend.astype(found, dtypes.int64)
    return stored(engine.wrap(found if weights.ndim == 2 else found[0], backend), out)


def poisson(input: Any, generator: Any = None) -> Tensor:
    """Poisson numbers of the rates that `input` holds.

    Raises
    ------
    RuntimeError
        For a negative rate.

    Examples
    --------
    >>> import autograd
    >>> autograd.poisson(autograd.zeros(2))
    tensor([0., 0.])
    """
    input = ops.lifted_here(input)
    backend = input.backend
    floating("poisson", input.dtype, complex=False)
    if bool(backend.any(input._data < 0)):
        raise RuntimeError("invalid Poisson rate, expected rate to be non-negative")
    rates = backend.astype(input._data, dtypes.float64)
    return zero_gradient(input, backend.random_poisson(stream(generator, backend), rates))


def binomial(count: Any, prob: Any, generator: Any = None) -> Tensor:
    """How many of `count` trials succeed, each with the probability `prob`; both floating tensors that broadcast.

    Raises
    ------
    ValueError
        For integer tensors, as in PyTorch.
    RuntimeError
        For negative counts or probabilities outside [0, 1].

    Examples
    --------
    >>> import autograd
    >>> autograd.binomial(autograd.tensor([10.0]), autograd.tensor([1.0]))
    tensor([10.])
    """
    for name, value in (("count", count), ("prob", prob)):
        if value.dtype.category != dtypes.FLOATING:
            raise ValueError(f"binomial only supports floating-point dtypes for {name}, got: {value.dtype}")
    count, prob = ops.on_common_levels([ops.lifted_here(count), ops.lifted_here(prob)])
    backend = count.backend
    trials, chances = backend.broadcast_arrays(count._data, prob._data)
    if bool(backend.any((trials < 0) | (chances < 0) | (chances > 1))):
        raise RuntimeError("binomial: expected count >= 0 and prob in [0, 1]")
    trials, chances = backend.astype(trials, dtypes.int64), backend.astype(chances, dtypes.float64)
    drawn = backend.random_binomial(stream(generator, backend), trials, chances)
    return engine.wrap(backend.astype(drawn, count._data.dtype), backend)
