"""Random tensors, by PyTorch's names."""

from __future__ import annotations

import builtins
import math
from typing import TYPE_CHECKING, Any

from autograd import dtypes, ops
from autograd.backends.levels import innermost
from autograd.engine import TensorBase, engine
from autograd.functions import creation
from autograd.functions.common import new_shape, store
from autograd.random import stream

if TYPE_CHECKING:
    from autograd.tensor import Tensor

# --- raw draws -------------------------------------------------------------------------------------------------------


def drawn(backend: Any, generator: Any, method: str, shape: tuple[int, ...], kind: dtypes.dtype) -> Any:
    """Numbers of a kernel, `random_uniform` or `random_normal`; complex ones have variance 1 in all when normal."""
    if not kind.is_complex:
        return getattr(backend, method)(stream(generator, backend), shape, kind)
    pair = drawn(backend, generator, method, (*shape, 2), kind.to_real())
    scale = math.sqrt(0.5) if method == "random_normal" else 1.0
    return backend.astype((pair[..., 0] + 1j * pair[..., 1]) * scale, kind)


def floating(name: str, dtype: Any, complex: bool = True) -> dtypes.dtype:
    """The type of floating draws.

    Raises
    ------
    NotImplementedError
        For any other type.
    """
    kind = dtypes.default_dtype() if dtype is None else dtypes.lookup(dtype)
    if kind.category < dtypes.FLOATING or (kind.is_complex and not complex):
        raise NotImplementedError(f"{name} is not implemented for {kind}; use a floating type")
    return kind


def waits(backend: Any, generator: Any, shape: tuple[int, ...], kind: dtypes.dtype) -> Any:
    """Exponential numbers of rate 1, never 0, so that they can be divided by and have a logarithm."""
    wide = kind if kind in (dtypes.float32, dtypes.float64) else dtypes.float32
    draws = drawn(backend, generator, "random_uniform", shape, wide)
    least = 2.0**-54 if wide is dtypes.float64 else 2.0**-24  # at most the distance of neighboring draws
    return backend.astype(-backend.log1p(-backend.clip(draws, least, 1.0)), kind)


def rand(
    *size: Any, generator: Any = None, out: Any = None, dtype: Any = None, device: Any = None,
    requires_grad: bool = False, pin_memory: bool = False, **layout: Any
) -> Tensor:  # fmt: skip
    """Numbers uniform in [0, 1).

    Examples
    --------
    >>> import autograd
    >>> autograd.rand(2, 3).shape
    autograd.Size([2, 3])
    """
    shape = new_shape(size, layout)
    backend = innermost(creation.home(device, layout))
    array = drawn(backend, generator, "random_uniform", shape, floating("rand", dtype))
    return stored(creation.finish(array, backend, requires_grad), out)


def randn(
    *size: Any, generator: Any = None, out: Any = None, dtype: Any = None, device: Any = None,
    requires_grad: bool = False, pin_memory: bool = False, **layout: Any
) -> Tensor:  # fmt: skip
    """Numbers of the standard normal distribution; complex ones have variance 1 in all.

    Examples
    --------
    >>> import autograd
    >>> autograd.randn(2, 3).shape
    autograd.Size([2, 3])
    """
    shape = new_shape(size, layout)
    backend = innermost(creation.home(device, layout))
    array = drawn(backend, generator, "random_normal", shape, floating("randn", dtype))
    return stored(creation.finish(array, backend, requires_grad), out)


def stored(result: Any, out: Any) -> Tensor:
    """The result, or `out` with it."""
    return result if out is None else store("random", result, out)


def randint(
    low: Any = None, high: Any = None, size: Any = None, *, generator: Any = None, out: Any = None, dtype: Any = None,
    device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:  # fmt: skip
    """Integers of [low, high), int64 unless said otherwise: `randint(10, (3,))` or `randint(-5, 10, (3,))`.

    Raises
    ------
    RuntimeError
        If high is not above low.
    TypeError
        Without a size.

    Examples
    --------
    >>> import autograd
    >>> autograd.randint(5, 6, (2,))
    tensor([5, 5])
    """
    if size is None:  # randint(high, size)
        low, high, size = None, low, high
    if high is None:
        low, high = None, low
    if high is None or size is None:
        raise TypeError("randint(): expected randint(high, size) or randint(low, high, size)")
    low = 0 if low is None else low
    if not low < high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    backend = innermost(creation.home(device, layout))
    kind = dtypes.int64 if dtype is None else dtypes.lookup(dtype)
    check_bounds(kind, low, high)
    array = backend.random_integers(stream(generator, backend), low, high, new_shape((size,), layout))
    return stored(creation.finish(backend.astype(array, kind), backend, requires_grad), out)


def limits(kind: dtypes.dtype) -> tuple[int, int]:
    """The integers of a type, up to int64's; of a floating type those up to which it has all."""
    if kind is dtypes.bool_:
        return 0, 1
    if kind.category == dtypes.FLOATING:
        reach = 2 ** {dtypes.float64: 53, dtypes.float32: 24, dtypes.float16: 11, dtypes.bfloat16: 8}[kind]
        return -reach, reach
    least, most = dtypes.bounds(kind)
    return least, builtins.min(most, dtypes.bounds(dtypes.int64)[1])


def check_bounds(kind: dtypes.dtype, low: int, high: int) -> None:
    """Refuse integers that an integer type does not have.

    Raises
    ------
    RuntimeError
        Naming the bound.
    """
    if kind.category >= dtypes.FLOATING:
        return
    least, most = limits(kind)
    if not least <= low <= most:
        raise RuntimeError(f"from is out of bounds for {kind}: {low} is not in [{least}, {most}]")
    if high - 1 > most:
        raise RuntimeError(f"to - 1 is out of bounds for {kind}: {high - 1} is not in [{least}, {most}]")


def randperm(
    n: int, *, generator: Any = None, out: Any = None, dtype: Any = None, device: Any = None,
    requires_grad: bool = False, pin_memory: bool = False, **layout: Any
) -> Tensor:  # fmt: skip
    """The integers below n in random order.

    Raises
    ------
    RuntimeError
        If n is negative, or the type does not have all these integers.

    Examples
    --------
    >>> import autograd
    >>> autograd.randperm(4).sort().values
    tensor([0, 1, 2, 3])
    """
    if n < 0:
        raise RuntimeError(f"n must be non-negative, got {n}")
    backend = innermost(creation.home(device, layout))
    kind = dtypes.int64 if dtype is None else dtypes.lookup(dtype)
    if n - 1 > limits(kind)[1]:
        raise RuntimeError(f"randperm: n - 1 = {n - 1} cannot be converted to {kind} without overflow")
    order = backend.random_permutation(stream(generator, backend), n)
    return stored(creation.finish(backend.astype(order, kind), backend, requires_grad), out)


def _like(input: Any, dtype: Any, device: Any, layout: dict[str, Any]) -> dict[str, Any]:
    return {
        **layout,
        "dtype": input.dtype if dtype is None else dtype,
        "device": input.device if device is None else device,
    }


def rand_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`rand` with the shape, and unless given the type and device, of `input`.

    Examples
    --------
    >>> import autograd
    >>> autograd.rand_like(autograd.ones(2, 3)).shape
    autograd.Size([2, 3])
    """
    return rand(tuple(input._data.shape), requires_grad=requires_grad, **_like(input, dtype, device, layout))


def randn_like(
    input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any
) -> Tensor:
    """`randn` with the shape, and unless given the type and device, of `input`.

    Examples
    --------
    >>> import autograd
    >>> autograd.randn_like(autograd.ones(2, 3)).shape
    autograd.Size([2, 3])
    """
    return randn(tuple(input._data.shape), requires_grad=requires_grad, **_like(input, dtype, device, layout))


def randint_like(
    input: Any, low: Any = None, high: Any = None, *, dtype: Any = None, device: Any = None, requires_grad: bool = False,
    **layout: Any
) -> Tensor:  # fmt: skip
    """`randint` with the shape, and unless given the type and device, of `input`.

    Examples
    --------
    >>> import autograd
    >>> autograd.randint_like(autograd.ones(2), 5, 6)
    tensor([5., 5.])
    """
    low, high = (0, low) if high is None else (low or 0, high)
    place = _like(input, dtype, device, layout)
    return randint(int(low), int(high), tuple(input._data.shape), requires_grad=requires_grad, **place)


# --- distributions ---------------------------------------------------------------------------------------------------


def normal(
    mean: Any, std: Any = 1.0, size: Any = None, *, generator: Any = None, out: Any = None, dtype: Any = None,
    device: Any = None, requires_grad: bool = False,
) -> Tensor:  # fmt: skip
    """Normal numbers, of one mean and deviation in a shape, or of a mean and a deviation for each element.

    Raises
    ------
    RuntimeError
        For a negative deviation.

    Examples
    --------
    >>> import autograd
    >>> autograd.normal(autograd.tensor([1.0, 5.0]), 0.0)
    tensor([1., 5.])
    """
    tensors = [x for x in (mean, std) if isinstance(x, TensorBase)]
    for value in (std,):
        low = value._data.min() if isinstance(value, TensorBase) and value._data.size else value
        if not isinstance(low, TensorBase) and low < 0:
            raise RuntimeError(f"normal expects all elements of std >= 0.0, got {low}")
    if not tensors:
        options = {"generator": generator, "dtype": dtype, "device": device}
        result = randn(tuple(size), **options) * std + mean
        return stored(result.requires_grad_(requires_grad), out)
    from autograd.functions.broadcasting import broadcast_shapes

    shape = broadcast_shapes(*(x._data.shape for x in tensors))
    first = tensors[0]
    noise = randn(tuple(shape), generator=generator, dtype=first.dtype, device=first.device)  # type: ignore[attr-defined]
    result = noise * (std.detach() if isinstance(std, TensorBase) else std)  # type: ignore[attr-defined]
    return stored(result + (mean.detach() if isinstance(mean, TensorBase) else mean), out)  # type: ignore[attr-defined]


def zero_gradient(input: Any, array: Any) -> Tensor:
    """Draws in the type of the input, by which their gradient is zero."""
    found = engine.wrap(input.backend.astype(array, input._data.dtype), input.backend)
    return ops.overwrite(ops.zeros_from(input), found) if input.requires_grad else found
