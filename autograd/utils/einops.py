"""einops on tensors: importing this module registers them with `rearrange`, `reduce`, `repeat` and the rest.

Without it, `einops.array_api` has the same functions for any library of the array API standard.

Examples
--------
>>> import autograd
>>> import autograd.utils.einops
>>> from einops import rearrange
>>> rearrange(autograd.zeros(2, 3, 4), "b c d -> b (c d)").shape
autograd.Size([2, 12])
"""

from __future__ import annotations

from typing import Any

import autograd

try:
    from einops._backends import AbstractBackend
except ImportError:
    raise ImportError("autograd.utils.einops needs the package einops: pip install einops") from None


class EinopsBackend(AbstractBackend):
    """What einops asks of a library."""

    framework_name = "autograd"

    def is_appropriate_type(self, tensor: Any) -> bool:
        """Whether it is one of ours."""
        return isinstance(tensor, autograd.Tensor)

    def from_numpy(self, x: Any) -> Any:
        """A tensor of an array."""
        return autograd.from_numpy(x)

    def to_numpy(self, x: Any) -> Any:
        """An array of a tensor."""
        return x.detach().cpu().numpy()

    def arange(self, start: int, stop: int) -> Any:
        """Integers."""
        return autograd.arange(start, stop)

    def shape(self, x: Any) -> tuple:
        """Its shape."""
        return tuple(x.shape)

    def reshape(self, x: Any, shape: Any) -> Any:
        """With another shape."""
        return x.reshape(shape)

    def transpose(self, x: Any, axes: Any) -> Any:
        """With the axes in another order."""
        return x.permute(axes)

    def reduce(self, x: Any, operation: str, axes: Any) -> Any:
        """A reduction over axes."""
        name = {"min": "amin", "max": "amax"}.get(operation, operation)
        if operation in ("prod", "any", "all"):
            for axis in sorted(axes, reverse=True):
                x = getattr(x, name)(axis)
            return x
        return getattr(x, name)(dim=tuple(axes))

    def stack_on_zeroth_dimension(self, tensors: list) -> Any:
        """Along a new first axis."""
        return autograd.stack(tensors)

    def add_axis(self, x: Any, new_position: int) -> Any:
        """With an axis of size one."""
        return x.unsqueeze(new_position)

    def tile(self, x: Any, repeats: Any) -> Any:
        """Several times along each axis."""
        return x.repeat(*repeats)

    def add_axes(self, x: Any, n_axes: int, pos2len: dict) -> Any:
        """With new axes of given sizes."""
        repeats = [-1] * n_axes
        for position, length in pos2len.items():
            x = self.add_axis(x, position)
            repeats[position] = length
        return x.expand(*repeats)

    def concat(self, tensors: list, axis: int) -> Any:
        """One after another."""
        return autograd.cat(tensors, axis)

    def is_float_type(self, x: Any) -> bool:
        """Whether a mean of it makes sense."""
        return x.is_floating_point()

    def einsum(self, pattern: str, *x: Any) -> Any:
        """Einstein's summation."""
        return autograd.einsum(pattern, *x)
