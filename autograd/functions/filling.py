"""Random numbers in place, by PyTorch's methods."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.alias import bump, check_write, in_place
from autograd.engine import TensorBase, engine
from autograd.functions.random import check_bounds, drawn, floating, limits, waits
from autograd.random import stream

if TYPE_CHECKING:
    from autograd.tensor import Tensor


def _fill(name: str, tensor: Any, array: Any) -> Tensor:
    """Write drawn numbers: the tensor forgets where its values came from, as after `zero_`."""
    if check_write(tensor, name):
        return in_place(
            tensor, name, ops.overwrite, engine.wrap(tensor.backend.astype(array, tensor._data.dtype), tensor.backend)
        )
    tensor._data[...] = tensor.backend.astype(array, tensor._data.dtype)
    bump(tensor)
    return tensor


def _uniforms(tensor: Any, generator: Any, name: str, complex: bool = False) -> Any:
    kind = floating(name, tensor.dtype, complex)
    return drawn(tensor.backend, generator, "random_uniform", tensor._data.shape, kind)


def uniform_(self: Any, from_: float = 0.0, to: float = 1.0, *, generator: Any = None) -> Tensor:
    """Fill with numbers uniform in [from, to).

    Examples
    --------
    >>> import autograd
    >>> x = autograd.empty(100).uniform_(2.0, 3.0)
    >>> bool((x >= 2).all() and (x < 3).all())
    True
    """
    if from_ > to:
        raise RuntimeError(f"uniform_ expects to return a [from, to) range, but found from={from_} > to={to}")
    return _fill("uniform_", self, _uniforms(self, generator, "uniform_", complex=True) * (to - from_) + from_)


def normal_(self: Any, mean: float = 0.0, std: float = 1.0, *, generator: Any = None) -> Tensor:
    """Fill with normal numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.empty(2, 3).normal_(std=0.0)
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    """
    if std < 0:
        raise RuntimeError(f"normal_ expects std >= 0.0, but found std {std}")
    kind = floating("normal_", self.dtype)
    return _fill("normal_", self, drawn(self.backend, generator, "random_normal", self._data.shape, kind) * std + mean)


def random_(self: Any, from_: int | None = None, to: Any = ..., *, generator: Any = None) -> Tensor:
    """Fill with integers: `random_()` with all that the type has from 0 on, `random_(to)` with those of [0, to),
    `random_(from, to)` with those of [from, to); a `to` of None is the type's end.

    Raises
    ------
    RuntimeError
        For an empty range, or one that the type does not have.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.empty(100).random_(5)
    >>> bool((x >= 0).all() and (x < 5).all())
    True
    """
    kind = self.dtype
    if kind.is_complex:
        raise NotImplementedError(f"random_ is not implemented for {kind}")
    low, high = (0, from_) if to is ... else (from_ or 0, to)
    high = limits(kind)[1] + 1 if high is None else high
    if low >= high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    check_bounds(kind, low, high)
    return _fill(
        "random_", self, self.backend.random_integers(stream(generator, self.backend), low, high, self._data.shape)
    )


def bernoulli_(self: Any, p: Any = 0.5, *, generator: Any = None) -> Tensor:
    """Fill with ones of probability p (a number or a tensor) and zeros.

    Raises
    ------
    RuntimeError
        For a probability outside [0, 1].

    Examples
    --------
    >>> import autograd
    >>> autograd.empty(3).bernoulli_(1.0)
    tensor([1., 1., 1.])
    """
    chance = p._data if isinstance(p, TensorBase) else p
    if not isinstance(p, TensorBase) and not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p}")
    draws = drawn(self.backend, generator, "random_uniform", self._data.shape, dtypes.float64)
    return _fill("bernoulli_", self, draws < chance)


def exponential_(self: Any, lambd: float = 1.0, *, generator: Any = None) -> Tensor:
    """Fill with exponential numbers of rate `lambd`, never 0.

    Raises
    ------
    RuntimeError
        For a rate that is not positive, or a type that is not real floating.

    Examples
    --------
    >>> import autograd
    >>> bool((autograd.empty(100).exponential_(2.0) > 0).all())
    True
    """
    if lambd <= 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={lambd}")
    if self.dtype.category != dtypes.FLOATING:
        raise RuntimeError(f"exponential_: dtype must be a floating point type but the tensor has {self.dtype}")
    return _fill("exponential_", self, waits(self.backend, generator, self._data.shape, self.dtype) / lambd)


def geometric_(self: Any, p: float, *, generator: Any = None) -> Tensor:
    """Fill with the numbers of trials until the first success.

    Examples
    --------
    >>> import autograd
    >>> bool((autograd.empty(100).geometric_(0.5) >= 1).all())
    True
    """
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p}")
    if self.dtype is dtypes.bool_ or self.dtype.is_complex:
        raise NotImplementedError(f"geometric_ is not implemented for {self.dtype}")
    draws = self.backend.log1p(-drawn(self.backend, generator, "random_uniform", self._data.shape, dtypes.float64))
    return _fill("geometric_", self, self.backend.maximum(self.backend.ceil(draws / math.log1p(-p)), 1.0))


def cauchy_(self: Any, median: float = 0.0, sigma: float = 1.0, *, generator: Any = None) -> Tensor:
    """Fill with Cauchy numbers.

    Examples
    --------
    >>> import autograd
    >>> autograd.empty(3).cauchy_().shape
    autograd.Size([3])
    """
    if sigma <= 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma}")
    if self.dtype.category != dtypes.FLOATING:
        raise RuntimeError(f"cauchy_: dtype must be a floating point type but the tensor has {self.dtype}")
    draws = _uniforms(self, generator, "cauchy_")
    return _fill("cauchy_", self, median + sigma * self.backend.tan(math.pi * (draws - 0.5)))


def log_normal_(self: Any, mean: float = 1.0, std: float = 2.0, *, generator: Any = None) -> Tensor:
    """Fill with numbers whose logarithm is normal.

    Examples
    --------
    >>> import autograd
    >>> bool((autograd.empty(100).log_normal_() > 0).all())
    True
    """
    if std <= 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std}")
    draws = drawn(
        self.backend, generator, "random_normal", self._data.shape, floating("log_normal_", self.dtype, complex=False)
    )
    return _fill("log_normal_", self, self.backend.exp(draws * std + mean))
