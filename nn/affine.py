"""Affine: the base of normalizations that scale and shift by learned parameters."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from nn import init
from nn.layer import Layer
from nn.parameter import Parameter


class Affine(Layer):
    """A layer with a weight that starts at 1 and a bias that starts at 0; either may be None."""

    weight: Tensor | None
    bias: Tensor | None

    def _make_affine(self, shape: tuple[int, ...], weight: bool, bias: bool, device: Any, dtype: Any) -> None:
        for name, present in (("weight", weight), ("bias", bias)):
            made = Parameter(autograd.empty(*shape, device=device, dtype=dtype)) if present else None
            self.register_parameter(name, made)

    def reset_parameters(self) -> None:
        """Weight 1, bias 0."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)
