"""Hypothesis strategies for tensors and what describes them; they shrink towards small, simple, contiguous tensors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import autograd
from autograd import dtypes as types
from autograd.engine import engine
from autograd.testing.domains import Domain

LAYOUTS = ("contiguous", "transposed", "every other element", "backwards")


def hypothesis_strategies() -> Any:
    """The package's strategies.

    Raises
    ------
    ModuleNotFoundError
        Where hypothesis is missing, with the command that installs it.
    """
    try:
        import hypothesis.strategies
    except ImportError:
        raise ModuleNotFoundError(
            "autograd.testing needs the package hypothesis: pip install 'retrograd[test]'"
        ) from None
    return hypothesis.strategies


def shapes(min_dims: int = 0, max_dims: int = 3, min_side: int = 0, max_side: int = 3) -> Any:
    """Shapes as tuples; with the defaults 0-d and empty ones too."""
    st = hypothesis_strategies()
    sides = sorted(range(min_side, max_side + 1), key=lambda side: (side == 0, side))
    return st.lists(st.sampled_from(sides), min_size=min_dims, max_size=max_dims).map(tuple)


def broadcastable_shapes(count: int = 2, max_dims: int = 3, min_side: int = 0, max_side: int = 3) -> Any:
    """Tuples of `count` shapes that broadcast together."""
    st = hypothesis_strategies()

    def cut(drawn: tuple) -> tuple:
        full, choices = drawn
        return tuple(
            tuple(1 if one else side for side, one in zip(full, ones, strict=False))[min(lead, len(full)) :]
            for lead, ones in choices
        )

    one = st.tuples(st.integers(0, max_dims), st.lists(st.booleans(), min_size=max_dims, max_size=max_dims))
    return st.tuples(shapes(0, max_dims, min_side, max_side), st.lists(one, min_size=count, max_size=count)).map(cut)


def dtypes(kind: str = "floating") -> Any:
    """Element types: "floating", "complex", "integer", "bool", or "any"."""
    groups = {
        "floating": [types.float64, types.float32],
        "complex": [types.complex128, types.complex64],
        "integer": [types.int64, types.int32, types.int16, types.int8, types.uint8],
        "bool": [types.bool_],
    }
    groups["any"] = [item for group in groups.values() for item in group]
    if kind not in groups:
        raise ValueError(f"dtypes: kind must be one of {sorted(groups)}, not {kind!r}")
    return hypothesis_strategies().sampled_from(groups[kind])


def axes(ndim: int, several: bool = False) -> Any:
    """Axes of a tensor with `ndim` dimensions, negative ones too; with `several` tuples of different ones."""
    st = hypothesis_strategies()
    single = st.integers(-ndim, ndim - 1) if ndim else st.nothing()
    if not several:
        return single
    if not ndim:
        return st.just(())
    return st.lists(single, unique_by=lambda axis: axis % ndim, max_size=ndim).map(tuple)


def tensors(
    shape: Any = None,
    dtype: Any = types.float64,
    domain: Domain | None = None,
    *,
    distinct: bool = False,
    layouts: Sequence[str] = LAYOUTS,
    requires_grad: bool = True,
) -> Any:
    """Tensors on the default device.

    Parameters
    ----------
    shape : a shape, or a strategy for one; default `shapes()`
    dtype : an element type, or a strategy for one
    domain : where the numbers come from; default from -4 to 4
    distinct : no two elements equal, for operations with kinks at ties
    layouts : how the elements may lie in memory, out of `LAYOUTS`
    requires_grad : whether floating and complex tensors require a gradient

    Examples
    --------
    >>> from autograd.testing import positive, tensors
    >>> strategy = tensors(shape=(2, 3), domain=positive)
    """
    st = hypothesis_strategies()
    numbers = (domain or Domain()).numbers()
    whole = [number for number in numbers if number % 1 == 0] or [0.0]

    @st.composite
    def drawn(draw: Any) -> Any:
        size = shapes() if shape is None else shape
        size = draw(size) if hasattr(size, "example") else tuple(size)
        kind = types.lookup(draw(dtype) if hasattr(dtype, "example") else dtype)
        count = math.prod(size)
        floating = kind.category >= types.FLOATING
        choice = st.sampled_from(numbers if floating else whole)
        if kind is types.bool_:
            choice = st.booleans()
        elif kind.is_complex:
            choice = st.builds(complex, choice, choice)
        elif not kind.is_signed:
            choice = choice.map(abs)
        values = draw(st.lists(choice, min_size=count, max_size=count, unique=distinct))
        tensor = autograd.tensor(values, dtype=kind).reshape(size)
        tensor = laid_out(tensor, draw(st.sampled_from(list(layouts))) if size else "contiguous")
        return tensor.requires_grad_() if requires_grad and floating else tensor

    return drawn()


def laid_out(tensor: Any, layout: str) -> Any:
    """A tensor with the same elements that lie differently in memory."""
    array, backend = tensor._data, tensor.backend
    if layout == "transposed":
        turned = tuple(reversed(range(array.ndim)))
        array = backend.permute_dims(_packed(backend, backend.permute_dims(array, axes=turned)), axes=turned)
    elif layout == "every other element":
        wide = backend.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
        wide[..., ::2] = array
        array = wide[..., ::2]
    elif layout == "backwards":
        array = backend.copy(array[..., ::-1])[..., ::-1]
    return engine.wrap(array, backend)


def _packed(backend: Any, array: Any) -> Any:
    made = backend.empty(array.shape, array.dtype)
    made[...] = array
    return made
