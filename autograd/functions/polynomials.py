"""Orthogonal polynomials by their three-term recurrences, by the names of `torch.special`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.functions import filled
from autograd.functions.common import is_tensor, store

if TYPE_CHECKING:
    from autograd.tensor import Tensor

LIMIT = 100_000  # each degree takes a step
Step = Callable[[Any, int, Any, Any], Any]  # x, k, p_k, p_(k-1) -> p_(k+1)


def _recurrence(name: str, input: Any, n: Any, out: Any, first: Callable[[Any], Any], step: Step) -> Tensor:
    """The polynomial of degree n, a number or a tensor of numbers, at the input; 0 for negative degrees.

    Raises
    ------
    TypeError
        If neither is a tensor.
    RuntimeError
        For a degree above `LIMIT`.
    """
    if not is_tensor(input) and not is_tensor(n):
        raise TypeError(f"{name}(): input or n must be a Tensor, got {type(input).__name__} and {type(n).__name__}")
    x = input if is_tensor(input) else _number_beside(input, n)
    if x.dtype.category < dtypes.FLOATING:
        wide = is_tensor(n) and n.dtype.category == dtypes.FLOATING
        x = ops.astype(x, dtype=n.dtype if wide else dtypes.default_dtype())
    if is_tensor(n):
        degree = ops.astype(n, dtype=dtypes.int64)
        x = ops.add(x, ops.zeros_like(ops.astype(degree, dtype=x.dtype)))
    else:
        degree = filled.full((), int(n), dtype=dtypes.int64, device=x.device)
    highest = int(degree.backend.bounds(degree._data)[1]) if degree._data.size else 0  # of all slices, in `vmap`
    if highest > LIMIT:
        raise RuntimeError(f"{name}: degrees above {LIMIT} are not supported, got {highest}")
    before, current = ops.ones_like(x), first(x)
    result = ops.where(degree == 0, before, 0.0)
    for k in range(1, highest + 1):
        result = ops.where(degree == k, current, result)
        if k < highest:
            before, current = current, step(x, k, current, before)
    return result if out is None else store(name, result, out)


def _number_beside(value: Any, n: Any) -> Any:
    """A number as a tensor of the degrees' floating type, or the default one where the degrees are integers."""
    kind = n.dtype if n.dtype.category == dtypes.FLOATING else dtypes.default_dtype()
    return filled.full((), value, dtype=kind, device=n.device)


def _double(x: Any, k: int, current: Any, before: Any) -> Tensor:
    """The recurrence of all four kinds of Chebyshev's polynomials."""
    return 2 * x * current - before


def _shifted(x: Any) -> Tensor:
    """From [0, 1] to [-1, 1]."""
    return ops.subtract(ops.multiply(x, 2), 1)


def chebyshev_polynomial_t(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """Chebyshev's polynomial of the first kind, Tₙ(cos t) = cos nt.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.chebyshev_polynomial_t(autograd.tensor([0.5, 2.0]), 2)
    tensor([-0.5000,  7.0000])
    """
    return _recurrence("chebyshev_polynomial_t", input, n, out, lambda x: x, _double)


def chebyshev_polynomial_u(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """Chebyshev's polynomial of the second kind, Uₙ(cos t) = sin (n + 1)t / sin t.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.chebyshev_polynomial_u(autograd.tensor([0.5, 1.0]), 2)  # 4x² - 1
    tensor([0., 3.])
    """
    return _recurrence("chebyshev_polynomial_u", input, n, out, lambda x: 2 * x, _double)


def chebyshev_polynomial_v(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """Chebyshev's polynomial of the third kind, Vₙ(cos t) = cos (n + ½)t / cos ½t.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.chebyshev_polynomial_v(autograd.tensor([0.5, 1.0]), 1)  # 2x - 1
    tensor([0., 1.])
    """
    return _recurrence("chebyshev_polynomial_v", input, n, out, lambda x: 2 * x - 1, _double)


def chebyshev_polynomial_w(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """Chebyshev's polynomial of the fourth kind, Wₙ(cos t) = sin (n + ½)t / sin ½t.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.chebyshev_polynomial_w(autograd.tensor([0.5, 1.0]), 1)  # 2x + 1
    tensor([2., 3.])
    """
    return _recurrence("chebyshev_polynomial_w", input, n, out, lambda x: 2 * x + 1, _double)


def shifted_chebyshev_polynomial_t(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """`chebyshev_polynomial_t` at 2x - 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.shifted_chebyshev_polynomial_t(autograd.tensor([0.5, 1.0]), 2)
    tensor([-1.,  1.])
    """
    return chebyshev_polynomial_t(_shifted(_as_tensor(input, n)), n, out=out)


def shifted_chebyshev_polynomial_u(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """`chebyshev_polynomial_u` at 2x - 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.shifted_chebyshev_polynomial_u(autograd.tensor([0.5, 1.0]), 2)
    tensor([-1.,  3.])
    """
    return chebyshev_polynomial_u(_shifted(_as_tensor(input, n)), n, out=out)


def shifted_chebyshev_polynomial_v(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """`chebyshev_polynomial_v` at 2x - 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.shifted_chebyshev_polynomial_v(autograd.tensor([0.5, 1.0]), 2)
    tensor([-1.,  1.])
    """
    return chebyshev_polynomial_v(_shifted(_as_tensor(input, n)), n, out=out)


def shifted_chebyshev_polynomial_w(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """`chebyshev_polynomial_w` at 2x - 1.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.shifted_chebyshev_polynomial_w(autograd.tensor([0.5, 1.0]), 2)
    tensor([-1.,  5.])
    """
    return chebyshev_polynomial_w(_shifted(_as_tensor(input, n)), n, out=out)


def _as_tensor(input: Any, n: Any) -> Tensor:
    """The input as a floating tensor, so that it can be shifted."""
    if not is_tensor(input):
        if not is_tensor(n):
            raise TypeError(f"expected a Tensor as input or n, got {type(input).__name__} and {type(n).__name__}")
        input = _number_beside(input, n)
    return input if input.dtype.category >= dtypes.FLOATING else ops.astype(input, dtype=dtypes.default_dtype())


def hermite_polynomial_h(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """The physicist's Hermite polynomial, Hₙ₊₁ = 2x Hₙ - 2n Hₙ₋₁.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.hermite_polynomial_h(autograd.tensor([1.0, 2.0]), 2)
    tensor([ 2., 14.])
    """
    return _recurrence(
        "hermite_polynomial_h", input, n, out, lambda x: 2 * x, lambda x, k, p, before: 2 * x * p - 2 * k * before
    )


def hermite_polynomial_he(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """The probabilist's Hermite polynomial, Heₙ₊₁ = x Heₙ - n Heₙ₋₁.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.hermite_polynomial_he(autograd.tensor([1.0, 2.0]), 2)  # x² - 1
    tensor([0., 3.])
    """
    return _recurrence("hermite_polynomial_he", input, n, out, lambda x: x, lambda x, k, p, before: x * p - k * before)


def laguerre_polynomial_l(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """Laguerre's polynomial, (n + 1) Lₙ₊₁ = (2n + 1 - x) Lₙ - n Lₙ₋₁.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.laguerre_polynomial_l(autograd.tensor([1.0, 2.0]), 1)  # 1 - x
    tensor([ 0., -1.])
    """
    return _recurrence(
        "laguerre_polynomial_l",
        input,
        n,
        out,
        lambda x: 1 - x,
        lambda x, k, p, before: ((2 * k + 1 - x) * p - k * before) / (k + 1),
    )


def legendre_polynomial_p(input: Any, n: Any, *, out: Any = None) -> Tensor:
    """Legendre's polynomial, (n + 1) Pₙ₊₁ = (2n + 1) x Pₙ - n Pₙ₋₁.

    Examples
    --------
    >>> import autograd
    >>> autograd.special.legendre_polynomial_p(autograd.tensor([1.0, 2.0]), 2)
    tensor([1.0000, 5.5000])
    """
    return _recurrence(
        "legendre_polynomial_p",
        input,
        n,
        out,
        lambda x: x,
        lambda x, k, p, before: ((2 * k + 1) * x * p - k * before) / (k + 1),
    )
