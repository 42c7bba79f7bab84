"""nn.grad, and names that programs for PyTorch use."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

import autograd
import nn
from nn.attention import SDPBackend, sdpa_kernel
from tests.arrays import to_numpy
from tests.nn.against_torch import check, tensor


@pytest.mark.parametrize("spatial", [1, 2, 3])
@pytest.mark.parametrize(
    "options",
    [{}, {"stride": 2, "padding": 1}, {"dilation": 2, "groups": 2}, {"stride": 3, "padding": 2, "groups": 2}],
)
def test_gradients_of_convolutions(spatial, options):
    random = np.random.default_rng(spatial)
    groups = options.get("groups", 1)
    x, w = random.standard_normal((2, 4, *(7,) * spatial)), random.standard_normal((6, 4 // groups, *(3,) * spatial))
    out = getattr(torch.nn.functional, f"conv{spatial}d")(torch.tensor(x), torch.tensor(w), **options)
    g = random.standard_normal(tuple(out.shape))
    for part, arguments in (("input", (x.shape, w, g)), ("weight", (x, w.shape, g))):
        found, wanted = (
            getattr(library.grad, f"conv{spatial}d_{part}")(
                *(argument if isinstance(argument, tuple) else make(argument) for argument in arguments), **options
            )
            for library, make in ((nn, tensor), (torch.nn, torch.tensor))
        )
        np.testing.assert_allclose(to_numpy(found), wanted.numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("size", [(1, 2, 5), (1, 2, 5, 6), (1, 3, 5, 5)])
def test_sizes_that_do_not_fit(size):
    weight, gradient = autograd.ones(3, 2, 3, 3), autograd.ones(1, 3, 3, 3)
    with pytest.raises(RuntimeError, match="conv2d_input: an input of size .* do not give a grad_output"):
        nn.grad.conv2d_input(size, weight, gradient)


def test_choice_of_kernel():
    assert {kind.name: kind.value for kind in SDPBackend} == {
        name: kind.value for name, kind in torch.nn.attention.SDPBackend.__members__.items()
    }
    with sdpa_kernel(SDPBackend.MATH), nn.attention.sdpa_kernel([SDPBackend.MATH, SDPBackend.CUDNN_ATTENTION]):
        pass
    for wrong in ("flash", 1, ["flash"]):
        with pytest.raises(TypeError, match="sdpa_kernel: expected an SDPBackend"), sdpa_kernel(wrong):
            pass


@pytest.mark.parametrize("spatial", [1, 2, 3])
def test_subclasses_convolve_with_weights_of_their_own(spatial):
    def standardized(library):
        class Standardized(getattr(library, f"Conv{spatial}d")):
            def forward(self, input):
                return self._conv_forward(input, (self.weight - self.weight.mean()) / self.weight.std(), self.bias)

        return Standardized(2, 3, 3, padding=1, padding_mode="reflect", stride=2).double()

    shape = (2, 2, *(5,) * spatial)
    check(standardized(nn), standardized(torch.nn), np.random.default_rng(0).standard_normal(shape))


@pytest.mark.parametrize(
    "options", [{"padding": 1}, {"padding": (2, 1), "padding_mode": "circular"}, {"padding": "same"}]
)
def test_subclasses_convolve_with_a_weight_of_their_own(options):
    def doubled(library: Any) -> Any:
        class Doubled(library.Conv2d):
            def forward(self, input):
                return self._conv_forward(input, self.weight * 2, self.bias)

        return Doubled(2, 3, 3, **options).double()

    ours, theirs = doubled(nn), doubled(torch.nn)
    check(ours, theirs, np.random.default_rng(0).standard_normal((1, 2, 5, 6)))
    assert ours._reversed_padding_repeated_twice == list(theirs._reversed_padding_repeated_twice)
