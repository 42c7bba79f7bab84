"""float16 and bfloat16: sums in float32, results in the type that came."""

from __future__ import annotations

import pytest
import torch

import autograd
from tests.arrays import to_numpy

HALVES = ["float16", "bfloat16"]


def agree(call, kind):
    """The same type, and values at most one unit in the last place apart."""
    ours, theirs = call(autograd), call(torch)
    assert ours.dtype.name == kind == str(theirs.dtype).removeprefix("torch.")
    unit = {"float16": 2.0**-10, "bfloat16": 2.0**-7}[kind]
    assert to_numpy(ours.double()) == pytest.approx(theirs.double().numpy(), rel=unit)


def many(library, kind):
    return library.tensor([0.25 + (7 * i % 100) / 128 for i in range(10_000)]).to(getattr(library, kind))


@pytest.mark.parametrize("kind", HALVES)
@pytest.mark.parametrize("name", ["sum", "mean", "nansum", "norm", "std", "var", "cumsum"])
def test_ten_thousand_elements_add_up(name, kind):
    options = {"dim": 0} if name == "cumsum" else {}
    agree(lambda m: getattr(m, name)(many(m, kind), **options), kind)


@pytest.mark.parametrize("kind", HALVES)
@pytest.mark.parametrize("dim", [0, 1])
@pytest.mark.parametrize("name", ["sum", "mean"])
def test_rows_and_columns_add_up(name, dim, kind):
    agree(lambda m: getattr(m, name)(many(m, kind).reshape(100, 100), dim), kind)


@pytest.mark.parametrize("kind", HALVES)
def test_running_products_may_pass_beyond_the_largest_number(kind):
    agree(lambda m: m.cumprod(m.tensor([1000.0, 1000.0, 0.001, 0.001]).to(getattr(m, kind)), 0), kind)


@pytest.mark.parametrize("kind", HALVES)
@pytest.mark.parametrize("order", [0, 0.5, 1, 1.5, 2, 3, -1, float("inf"), -float("inf")])
def test_norms_do_not_overflow_on_the_way(order, kind):
    agree(lambda m: m.linalg.vector_norm(m.tensor([300.0, 400.0, 0.5]).to(getattr(m, kind)), order), kind)


@pytest.mark.parametrize("kind", HALVES)
@pytest.mark.parametrize("order", [0.5, 1, 1.5, 2, 3])
def test_gradients_of_norms_have_the_inputs_type(order, kind):
    x = autograd.tensor([3.0, 4.0, 0.0]).to(getattr(autograd, kind)).requires_grad_()
    y = torch.tensor([3.0, 4.0, 0.0]).to(getattr(torch, kind)).requires_grad_()
    autograd.linalg.vector_norm(x, order).backward()
    torch.linalg.vector_norm(y, order).backward()
    assert x.grad.dtype is x.dtype
    assert to_numpy(x.grad.float()) == pytest.approx(y.grad.float().numpy(), rel=2.0**-7)


MADE = ["sigmoid", "rsqrt", "reciprocal", "sinc", "nan_to_num", "square", "exp", "tanh", "relu"]
ACTIVATIONS = ["relu6", "elu", "selu", "celu", "gelu", "silu", "softplus", "leaky_relu", "hardtanh", "softshrink"]


@pytest.mark.parametrize("kind", HALVES)
@pytest.mark.parametrize("name", [*MADE, *(f"nn.functional.{name}" for name in ACTIVATIONS)])
def test_elementwise_functions_keep_the_type(name, kind):
    def call(m):
        function = m
        for part in name.split("."):
            function = getattr(function, part)
        return function(m.tensor([0.5, 0.25, 2.0]).to(getattr(m, kind))).dtype

    assert str(call(autograd)).rpartition(".")[2] == str(call(torch)).rpartition(".")[2]
