"""Random tensors, by PyTorch's names."""

from __future__ import annotations

import builtins
import math
from typing import Any

from autograd import dtypes, ops
from autograd.alias import bump, check_write
from autograd.engine import TensorBase, engine
from autograd.functions import creation
from autograd.functions.common import shape_of, store
from autograd.random import stream

# --- raw draws -------------------------------------------------------------------------------------------------------


def _drawn(backend: Any, generator: Any, method: str, shape: tuple[int, ...], kind: dtypes.dtype) -> Any:
    """Uniform (`random`) or normal (`standard_normal`) numbers, drawn in the narrower type where there is one."""
    raw = stream(generator, backend)
    if kind.is_complex:
        part = kind.to_real()
        pair = _drawn(backend, generator, method, (*shape, 2), part)
        scale = math.sqrt(0.5) if method == "standard_normal" else 1.0
        return backend.astype((pair[..., 0] + 1j * pair[..., 1]) * scale, kind)
    narrow = kind is dtypes.float32
    found = getattr(raw, method)(shape, dtype=backend.native(dtypes.float32 if narrow else dtypes.float64))
    return backend.astype(backend.asarray(found), kind)


def _floating(name: str, dtype: Any) -> dtypes.dtype:
    kind = dtypes.default_dtype() if dtype is None else dtypes.lookup(dtype)
    if kind.category < dtypes.FLOATING:
        raise RuntimeError(f'"{name}" not implemented for {kind}; use a floating type')
    return kind


def _sized(name: str, size: tuple) -> tuple[int, ...]:
    shape = shape_of(size)
    if builtins.any(n < 0 for n in shape):
        raise RuntimeError(f"{name}: Trying to create tensor with negative dimension: {list(shape)}")
    return shape


def rand(
    *size: Any, generator: Any = None, out: Any = None, dtype: Any = None, device: Any = None,
    requires_grad: bool = False, pin_memory: bool = False,
) -> Any:  # fmt: skip
    """Numbers uniform in [0, 1)."""
    backend = creation.home(device)
    array = _drawn(backend, generator, "random", _sized("rand", size), _floating("rand", dtype))
    return _given(creation.finish(array, backend, requires_grad), out)


def randn(
    *size: Any, generator: Any = None, out: Any = None, dtype: Any = None, device: Any = None,
    requires_grad: bool = False, pin_memory: bool = False,
) -> Any:  # fmt: skip
    """Numbers of the standard normal distribution; complex ones have variance 1 in all."""
    backend = creation.home(device)
    array = _drawn(backend, generator, "standard_normal", _sized("randn", size), _floating("randn", dtype))
    return _given(creation.finish(array, backend, requires_grad), out)


def _given(result: Any, out: Any) -> Any:
    return result if out is None else store("random", result, out)


def randint(
    low: int, high: Any = None, size: Any = None, *, generator: Any = None, out: Any = None, dtype: Any = None,
    device: Any = None, requires_grad: bool = False,
) -> Any:  # fmt: skip
    """Integers of [low, high), int64 unless said otherwise: `randint(10, (3,))` or `randint(-5, 10, (3,))`.

    Raises
    ------
    RuntimeError
        If high is not above low.
    """
    if size is None:
        low, high, size = 0, low, high
    if not low < high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    backend = creation.home(device)
    kind = dtypes.int64 if dtype is None else dtypes.lookup(dtype)
    array = stream(generator, backend).integers(low, high, _sized("randint", (size,)))
    return _given(creation.finish(backend.astype(backend.asarray(array), kind), backend, requires_grad), out)


def randperm(
    n: int,
    *,
    generator: Any = None,
    out: Any = None,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Any:
    """The integers below n in random order."""
    if n < 0:
        raise RuntimeError(f"n must be non-negative, got {n}")
    backend = creation.home(device)
    order = backend.argsort(backend.asarray(stream(generator, backend).random(n)))
    kind = dtypes.int64 if dtype is None else dtypes.lookup(dtype)
    return _given(creation.finish(backend.astype(order, kind), backend, requires_grad), out)


def _like(input: Any, dtype: Any, device: Any) -> dict[str, Any]:
    return {"dtype": input.dtype if dtype is None else dtype, "device": input.device if device is None else device}


def rand_like(input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Any:
    """`rand` with the shape, and unless given the type and device, of `input`."""
    return rand(tuple(input._data.shape), requires_grad=requires_grad, **_like(input, dtype, device))


def randn_like(input: Any, *, dtype: Any = None, device: Any = None, requires_grad: bool = False, **layout: Any) -> Any:
    """`randn` with the shape, and unless given the type and device, of `input`."""
    return randn(tuple(input._data.shape), requires_grad=requires_grad, **_like(input, dtype, device))


def randint_like(
    input: Any, low: Any, high: Any = None, *, dtype: Any = None, device: Any = None, requires_grad: bool = False,
    **layout: Any,
) -> Any:  # fmt: skip
    """`randint` with the shape, and unless given the type and device, of `input`."""
    low, high = (0, low) if high is None else (low, high)
    place = _like(input, dtype, device)
    return randint(int(low), int(high), tuple(input._data.shape), requires_grad=requires_grad, **place)


# --- distributions ---------------------------------------------------------------------------------------------------


def normal(
    mean: Any, std: Any = 1.0, size: Any = None, *, generator: Any = None, out: Any = None, dtype: Any = None,
    device: Any = None, requires_grad: bool = False,
) -> Any:  # fmt: skip
    """Normal numbers, of one mean and deviation in a shape, or of a mean and a deviation for each element.

    Raises
    ------
    RuntimeError
        For a negative deviation.
    """
    tensors = [x for x in (mean, std) if isinstance(x, TensorBase)]
    for value in (std,):
        low = value._data.min() if isinstance(value, TensorBase) and value._data.size else value
        if not isinstance(low, TensorBase) and low < 0:
            raise RuntimeError(f"normal expects all elements of std >= 0.0, got {low}")
    if not tensors:
        options = {"generator": generator, "dtype": dtype, "device": device}
        result = randn(tuple(size), **options) * std + mean
        return _given(result.requires_grad_(requires_grad), out)
    from autograd.functions.shape import broadcast_shapes

    shape = broadcast_shapes(*(x._data.shape for x in tensors))
    first = tensors[0]
    noise = randn(tuple(shape), generator=generator, dtype=first.dtype, device=first.device)  # type: ignore[attr-defined]
    result = noise * (std.detach() if isinstance(std, TensorBase) else std)  # type: ignore[attr-defined]
    return _given(result + (mean.detach() if isinstance(mean, TensorBase) else mean), out)  # type: ignore[attr-defined]


def bernoulli(input: Any, p: Any = None, *, generator: Any = None, out: Any = None) -> Any:
    """Ones with the probabilities that `input` holds (or `p`), zeros elsewhere.

    Raises
    ------
    RuntimeError
        For probabilities outside [0, 1], or integer ones.
    """
    chance = input if p is None else p
    if p is None and input.dtype.category < dtypes.FLOATING:
        raise RuntimeError(f"bernoulli: expected probabilities of a floating type, got {input.dtype}")
    values = chance._data if isinstance(chance, TensorBase) else chance
    least, most = (values.min(), values.max()) if isinstance(chance, TensorBase) and values.size else (0, 0)
    if not isinstance(chance, TensorBase):
        least = most = values
    if least < 0 or most > 1:
        raise RuntimeError(f"bernoulli: Expected p_in >= 0 && p_in <= 1, got values from {least} to {most}")
    backend = input.backend
    draws = _drawn(backend, generator, "random", input._data.shape, dtypes.float64)
    found = engine.wrap(backend.astype(draws < values, input._data.dtype), backend)
    if input.requires_grad:
        found = ops.overwrite(ops.zeros_from(input), found)
    return _given(found, out)


def multinomial(
    input: Any, num_samples: int, replacement: bool = False, *, generator: Any = None, out: Any = None
) -> Any:
    """Places drawn with the weights in each row; without replacement by the largest weight / exponential draw.

    Raises
    ------
    RuntimeError
        For weights that are negative, not finite or all zero, or more samples than there are places.
    """
    if input._data.ndim not in (1, 2):
        raise RuntimeError(f"prob_dist must be 1 or 2 dim, got shape {list(input._data.shape)}")
    if input.dtype.category != dtypes.FLOATING:
        raise RuntimeError(f"multinomial only supports floating-point dtypes for input, got: {input.dtype}")
    if num_samples <= 0:
        raise RuntimeError("cannot sample n_sample <= 0 samples")
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
        draws = _drawn(backend, generator, "random", (rows.shape[0], num_samples), dtypes.float64)
        found = backend.sum(draws[:, :, None] >= edges[:, None, :-1], axis=2)
    else:
        waits = -backend.log1p(-_drawn(backend, generator, "random", rows.shape, dtypes.float64))
        found = backend.argsort(-(rows / backend.maximum(waits, 1e-300)), axis=1)[:, :num_samples]
    found = backend.astype(found, dtypes.int64)
    return _given(engine.wrap(found if weights.ndim == 2 else found[0], backend), out)


def poisson(input: Any, generator: Any = None) -> Any:
    """Poisson numbers of the rates that `input` holds."""
    backend = input.backend
    if bool(backend.any(input._data < 0)):
        raise RuntimeError("invalid Poisson rate, expected rate to be non-negative")
    found = stream(generator, backend).poisson(backend.astype(input._data, dtypes.float64))
    return engine.wrap(backend.astype(backend.asarray(found), input._data.dtype), backend)


# --- in place --------------------------------------------------------------------------------------------------------


def _fill(name: str, tensor: Any, array: Any) -> Any:
    """Write drawn numbers: the tensor forgets where its values came from, as after `zero_`."""
    if check_write(tensor, name):
        from autograd.alias import in_place

        return in_place(
            tensor, name, ops.overwrite, engine.wrap(tensor.backend.astype(array, tensor._data.dtype), tensor.backend)
        )
    tensor._data[...] = tensor.backend.astype(array, tensor._data.dtype)
    bump(tensor)
    return tensor


def _uniforms(tensor: Any, generator: Any) -> Any:
    kind = tensor.dtype if tensor.dtype.category >= dtypes.FLOATING else dtypes.float64
    return _drawn(tensor.backend, generator, "random", tensor._data.shape, kind)


def uniform_(self: Any, from_: float = 0.0, to: float = 1.0, *, generator: Any = None) -> Any:
    """Fill with numbers uniform in [from, to)."""
    if from_ > to:
        raise RuntimeError(f"uniform_ expects to return a [from, to) range, but found from={from_} > to={to}")
    return _fill("uniform_", self, _uniforms(self, generator) * (to - from_) + from_)


def normal_(self: Any, mean: float = 0.0, std: float = 1.0, *, generator: Any = None) -> Any:
    """Fill with normal numbers."""
    if std < 0:
        raise RuntimeError(f"normal_ expects std >= 0.0, but found std {std}")
    kind = _floating("normal_", self.dtype)
    return _fill(
        "normal_", self, _drawn(self.backend, generator, "standard_normal", self._data.shape, kind) * std + mean
    )


def random_(self: Any, from_: int = 0, to: int | None = None, *, generator: Any = None) -> Any:
    """Fill with integers of [from, to); `random_(n)` with those below n."""
    if to is None:
        if from_ == 0:
            to = 2**24 if self.dtype is dtypes.float32 else 2 ** builtins.min(53, 8 * self.dtype.itemsize - 1)
        else:
            from_, to = 0, from_
    if from_ >= to:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={from_} >= to={to}")
    draws = stream(generator, self.backend).integers(from_, to, self._data.shape)
    return _fill("random_", self, self.backend.asarray(draws))


def bernoulli_(self: Any, p: Any = 0.5, *, generator: Any = None) -> Any:
    """Fill with ones of probability p (a number or a tensor) and zeros."""
    chance = p._data if isinstance(p, TensorBase) else p
    draws = _drawn(self.backend, generator, "random", self._data.shape, dtypes.float64)
    return _fill("bernoulli_", self, draws < chance)


def exponential_(self: Any, lambd: float = 1.0, *, generator: Any = None) -> Any:
    """Fill with exponential numbers of rate `lambd`."""
    if lambd <= 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={lambd}")
    return _fill("exponential_", self, -self.backend.log1p(-_uniforms(self, generator)) / lambd)


def geometric_(self: Any, p: float, *, generator: Any = None) -> Any:
    """Fill with the numbers of trials until the first success."""
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p}")
    draws = self.backend.log1p(-_drawn(self.backend, generator, "random", self._data.shape, dtypes.float64))
    return _fill("geometric_", self, self.backend.maximum(self.backend.ceil(draws / math.log1p(-p)), 1.0))


def cauchy_(self: Any, median: float = 0.0, sigma: float = 1.0, *, generator: Any = None) -> Any:
    """Fill with Cauchy numbers."""
    if sigma <= 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma}")
    return _fill("cauchy_", self, median + sigma * self.backend.tan(math.pi * (_uniforms(self, generator) - 0.5)))


def log_normal_(self: Any, mean: float = 1.0, std: float = 2.0, *, generator: Any = None) -> Any:
    """Fill with numbers whose logarithm is normal."""
    if std <= 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std}")
    draws = _drawn(self.backend, generator, "standard_normal", self._data.shape, _floating("log_normal_", self.dtype))
    return _fill("log_normal_", self, self.backend.exp(draws * std + mean))
