"""Lazy layers take their shapes from the first input, and are ordinary layers afterwards."""

from __future__ import annotations

import pytest
import torch

import autograd
import nn


@pytest.mark.parametrize(
    ("build", "shape", "kind"),
    [
        (lambda: nn.LazyLinear(3), (2, 5), nn.Linear),
        (lambda: nn.LazyLinear(out_features=3, bias=True), (2, 5), nn.Linear),
        (lambda: nn.LazyConv2d(4, 3, groups=2), (2, 6, 5, 5), nn.Conv2d),
        (lambda: nn.LazyConv2d(out_channels=4, kernel_size=3), (2, 6, 5, 5), nn.Conv2d),
        (lambda: nn.LazyConvTranspose1d(4, 3, bias=False), (2, 6, 5), nn.ConvTranspose1d),
        (lambda: nn.LazyBatchNorm1d(), (4, 6), nn.BatchNorm1d),
        (lambda: nn.LazyInstanceNorm2d(affine=True), (3, 4, 4), nn.InstanceNorm2d),
    ],
)
def test_first_input_decides(build, shape, kind):
    layer = build()
    assert layer.has_uninitialized_params()
    with pytest.raises(RuntimeError, match="uninitialized"):
        next(layer.parameters()).shape  # noqa: B018
    x = autograd.arange(float(autograd.zeros(*shape).numel())).reshape(shape)
    out = layer(x)
    assert type(layer) is kind and out.tolist() == layer(x).tolist()
    assert all(type(parameter) is nn.Parameter for parameter in layer.parameters())
    out.sum().backward()
    assert next(layer.parameters()).grad.shape == next(layer.parameters()).shape


def test_arguments_by_position():
    assert nn.LazyLinear(3, False).bias is None
    layer = nn.LazyConv1d(4, 3, 2, 1, 1, 2, False, "reflect")
    assert (layer.stride, layer.groups, layer.bias, layer.padding_mode) == ((2,), 2, None, "reflect")
    with pytest.raises(TypeError, match="kernel_size"):
        nn.LazyConv1d(4)


def test_parameters_cannot_be_counted_before_they_have_a_shape():
    for lib in (autograd, torch):
        with pytest.raises(ValueError, match="uninitialized"):
            sum(parameter.numel() for parameter in lib.nn.LazyLinear(3).parameters())
