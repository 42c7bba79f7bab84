"""`Transform`, the base class, its inverse, and transforms made of others: Compose, Independent, Reshape."""

from __future__ import annotations

import math
import weakref
from collections.abc import Sequence
from typing import Any

import autograd
from autograd.distributions import constraints
from autograd.distributions.common import sum_rightmost
from autograd.tensor import Size, Tensor


class Transform:
    """A differentiable function with a computable log |det Jacobian|, mostly invertible.

    A subclass defines `_call`, `_inverse` and `log_abs_det_jacobian`, and states its `domain` and `codomain`.

    Parameters
    ----------
    cache_size : 1 keeps the latest pair of argument and result, so that the inverse of a result is exact and free
    """

    bijective = False
    domain: Any
    codomain: Any

    def __init__(self, cache_size: int = 0):
        if cache_size not in (0, 1):
            raise ValueError(f"cache_size must be 0 or 1, got {cache_size!r}")
        self._cache_size = cache_size
        self._latest: tuple[Any, Any] = (None, None)
        self._inv: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_inv": None, "_latest": (None, None)}

    @property
    def event_dim(self) -> int:
        """How many dimensions belong to one value, where both sides have the same number."""
        if self.domain.event_dim != self.codomain.event_dim:
            raise ValueError("Please use either .domain.event_dim or .codomain.event_dim")
        return self.domain.event_dim

    @property
    def inv(self) -> Transform:
        """The inverse, with `t.inv.inv is t`."""
        known = None if self._inv is None else self._inv()
        if known is None:
            known = _Inverse(self)
            self._inv = weakref.ref(known)
        return known

    @property
    def sign(self) -> Any:
        """1 for an increasing function, -1 for a decreasing one."""
        raise NotImplementedError(f"{type(self).__name__} has no sign")

    def _new(self, cache_size: int) -> Transform:
        return type(self)(cache_size=cache_size)

    def with_cache(self, cache_size: int = 1) -> Transform:
        """The same with another cache size."""
        return self if self._cache_size == cache_size else self._new(cache_size)

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self._fields() == other._fields())  # type: ignore[attr-defined]

    __hash__ = object.__hash__

    def _fields(self) -> Any:
        """What makes two transforms of one class equal; by default only being the same object."""
        return id(self)

    def __call__(self, x: Tensor) -> Tensor:
        """The transform at x."""
        if self._cache_size == 0:
            return self._call(x)
        if self._latest[0] is not x:
            self._latest = x, self._call(x)
        return self._latest[1]

    def _inv_call(self, y: Tensor) -> Tensor:
        if self._cache_size == 0:
            return self._inverse(y)
        if self._latest[1] is not y:
            self._latest = self._inverse(y), y
        return self._latest[0]

    def _call(self, x: Tensor) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} does not define _call")

    def _inverse(self, y: Tensor) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} has no inverse")

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        """log |det dy/dx| of each value, from the argument and the result."""
        raise NotImplementedError(f"{type(self).__name__} has no log_abs_det_jacobian")

    def forward_shape(self, shape: Sequence[int]) -> Size:
        """The shape of the result for an argument's shape."""
        return Size(shape)

    def inverse_shape(self, shape: Sequence[int]) -> Size:
        """The shape of the argument for a result's shape."""
        return Size(shape)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class _Inverse(Transform):
    """A transform turned around."""

    def __init__(self, transform: Transform):
        super().__init__(cache_size=transform._cache_size)
        self._forward = transform

    @property
    def domain(self) -> Any:  # type: ignore[override]
        return self._forward.codomain

    @property
    def codomain(self) -> Any:  # type: ignore[override]
        return self._forward.domain

    @property
    def bijective(self) -> bool:  # type: ignore[override]
        return self._forward.bijective

    @property
    def sign(self) -> Any:
        return self._forward.sign

    @property
    def inv(self) -> Transform:
        return self._forward

    def with_cache(self, cache_size: int = 1) -> Transform:
        return self._forward.with_cache(cache_size).inv

    def _fields(self) -> Any:
        return self._forward._fields(), type(self._forward)

    def __call__(self, x: Tensor) -> Tensor:
        return self._forward._inv_call(x)

    def _inv_call(self, y: Tensor) -> Tensor:
        return self._forward(y)

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        return -self._forward.log_abs_det_jacobian(y, x)

    def forward_shape(self, shape: Sequence[int]) -> Size:
        return self._forward.inverse_shape(shape)

    def inverse_shape(self, shape: Sequence[int]) -> Size:
        return self._forward.forward_shape(shape)

    def __repr__(self) -> str:
        return f"_InverseTransform({self._forward!r})"


class ComposeTransform(Transform):
    """Transforms one after the other.

    Parameters
    ----------
    parts : the transforms, the first to be applied first

    Examples
    --------
    >>> import autograd
    >>> from autograd.distributions import AffineTransform, ExpTransform
    >>> ComposeTransform([AffineTransform(1.0, 2.0), ExpTransform()])(autograd.tensor(-0.5)).item()
    1.0
    """

    def __init__(self, parts: Sequence[Transform], cache_size: int = 0):
        super().__init__(cache_size)
        self.parts = [part.with_cache(cache_size) for part in parts] if cache_size else list(parts)

    def _fields(self) -> Any:
        return self.parts

    def _new(self, cache_size: int) -> Transform:
        return ComposeTransform(self.parts, cache_size=cache_size)

    @property
    def domain(self) -> Any:  # type: ignore[override]
        if not self.parts:
            return constraints.real
        # A part may need more dimensions than the first one does.
        dims = self.parts[-1].codomain.event_dim
        for part in reversed(self.parts):
            dims = max(dims + part.domain.event_dim - part.codomain.event_dim, part.domain.event_dim)
        return _widened(self.parts[0].domain, dims)

    @property
    def codomain(self) -> Any:  # type: ignore[override]
        if not self.parts:
            return constraints.real
        dims = self.parts[0].domain.event_dim
        for part in self.parts:
            dims = max(dims + part.codomain.event_dim - part.domain.event_dim, part.codomain.event_dim)
        return _widened(self.parts[-1].codomain, dims)

    @property
    def bijective(self) -> bool:  # type: ignore[override]
        return all(part.bijective for part in self.parts)

    @property
    def sign(self) -> Any:
        found: Any = 1
        for part in self.parts:
            found = found * part.sign
        return found

    @property
    def inv(self) -> Transform:
        known = None if self._inv is None else self._inv()
        if known is None:
            known = ComposeTransform([part.inv for part in reversed(self.parts)], cache_size=self._cache_size)
            self._inv, known._inv = weakref.ref(known), weakref.ref(self)
        return known

    def __call__(self, x: Tensor) -> Tensor:
        for part in self.parts:
            x = part(x)
        return x

    def _inv_call(self, y: Tensor) -> Tensor:
        return self.inv(y)

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        if not self.parts:
            return autograd.zeros_like(x)
        values = [x]
        for part in self.parts[:-1]:
            values.append(part(values[-1]))
        values.append(y)
        dims, total = self.domain.event_dim, None
        for part, before, after in zip(self.parts, values[:-1], values[1:], strict=True):
            term = sum_rightmost(part.log_abs_det_jacobian(before, after), dims - part.domain.event_dim)
            total = term if total is None else total + term
            dims += part.codomain.event_dim - part.domain.event_dim
        return total  # type: ignore[return-value]

    def forward_shape(self, shape: Sequence[int]) -> Size:
        for part in self.parts:
            shape = part.forward_shape(shape)
        return Size(shape)

    def inverse_shape(self, shape: Sequence[int]) -> Size:
        for part in reversed(self.parts):
            shape = part.inverse_shape(shape)
        return Size(shape)

    def __repr__(self) -> str:
        inner = ",\n    ".join(repr(part) for part in self.parts)
        return f"ComposeTransform(\n    {inner}\n)"


identity_transform = ComposeTransform([])


def _widened(constraint: Any, dims: int) -> Any:
    """A constraint on values of at least so many dimensions."""
    extra = dims - constraint.event_dim
    return constraints.independent(constraint, extra) if extra else constraint


class IndependentTransform(Transform):
    """A transform whose last batch dimensions count as part of the value.

    Parameters
    ----------
    base_transform : the transform
    reinterpreted_batch_ndims : how many dimensions
    """

    def __init__(self, base_transform: Transform, reinterpreted_batch_ndims: int, cache_size: int = 0):
        super().__init__(cache_size)
        self.base_transform = base_transform.with_cache(cache_size)
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims

    def _new(self, cache_size: int) -> Transform:
        return IndependentTransform(self.base_transform, self.reinterpreted_batch_ndims, cache_size=cache_size)

    @property
    def domain(self) -> Any:  # type: ignore[override]
        return constraints.independent(self.base_transform.domain, self.reinterpreted_batch_ndims)

    @property
    def codomain(self) -> Any:  # type: ignore[override]
        return constraints.independent(self.base_transform.codomain, self.reinterpreted_batch_ndims)

    @property
    def bijective(self) -> bool:  # type: ignore[override]
        return self.base_transform.bijective

    @property
    def sign(self) -> Any:
        return self.base_transform.sign

    def _checked(self, value: Tensor, constraint: Any) -> Tensor:
        if value.ndim < constraint.event_dim:
            raise ValueError(f"Too few dimensions on input: {value.ndim} given, {constraint.event_dim} needed")
        return value

    def _call(self, x: Tensor) -> Tensor:
        return self.base_transform(self._checked(x, self.domain))

    def _inverse(self, y: Tensor) -> Tensor:
        return self.base_transform.inv(self._checked(y, self.codomain))

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        return sum_rightmost(self.base_transform.log_abs_det_jacobian(x, y), self.reinterpreted_batch_ndims)

    def forward_shape(self, shape: Sequence[int]) -> Size:
        return self.base_transform.forward_shape(shape)

    def inverse_shape(self, shape: Sequence[int]) -> Size:
        return self.base_transform.inverse_shape(shape)

    def __repr__(self) -> str:
        return f"IndependentTransform({self.base_transform!r}, {self.reinterpreted_batch_ndims})"


class ReshapeTransform(Transform):
    """Another shape of the same elements.

    Parameters
    ----------
    in_shape, out_shape : shapes of one value, of as many elements

    Examples
    --------
    >>> import autograd
    >>> ReshapeTransform((4,), (2, 2))(autograd.arange(4.0)).tolist()
    [[0.0, 1.0], [2.0, 3.0]]
    """

    bijective = True

    def __init__(self, in_shape: Sequence[int], out_shape: Sequence[int], cache_size: int = 0):
        self.in_shape, self.out_shape = Size(in_shape), Size(out_shape)
        if math.prod(in_shape) != math.prod(out_shape):
            raise ValueError(
                f"in_shape, out_shape have different numbers of elements: {tuple(in_shape)}, {tuple(out_shape)}"
            )
        super().__init__(cache_size)

    def _new(self, cache_size: int) -> Transform:
        return ReshapeTransform(self.in_shape, self.out_shape, cache_size=cache_size)

    @property
    def domain(self) -> Any:  # type: ignore[override]
        return constraints.independent(constraints.real, len(self.in_shape))

    @property
    def codomain(self) -> Any:  # type: ignore[override]
        return constraints.independent(constraints.real, len(self.out_shape))

    def _call(self, x: Tensor) -> Tensor:
        return x.reshape(*self.forward_shape(x.shape))

    def _inverse(self, y: Tensor) -> Tensor:
        return y.reshape(*self.inverse_shape(y.shape))

    def log_abs_det_jacobian(self, x: Tensor, y: Tensor) -> Tensor:
        batch = x.shape[: x.ndim - len(self.in_shape)]
        return autograd.zeros(tuple(batch), dtype=x.dtype, device=x.device)

    def forward_shape(self, shape: Sequence[int]) -> Size:
        return _exchanged(shape, self.in_shape, self.out_shape)

    def inverse_shape(self, shape: Sequence[int]) -> Size:
        return _exchanged(shape, self.out_shape, self.in_shape)


def _exchanged(shape: Sequence[int], old: Size, new: Size) -> Size:
    """A shape with other last dimensions."""
    kept = len(shape) - len(old)
    if kept < 0:
        raise ValueError(f"Too few dimensions on input: {len(shape)} given, {len(old)} needed")
    if tuple(shape[kept:]) != tuple(old):
        raise ValueError(f"Shape mismatch: expected {tuple(shape[kept:])} but got {tuple(old)}")
    return Size((*shape[:kept], *new))
