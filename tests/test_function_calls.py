"""Ways to call a `Function`: by keywords, and inside `vmap` with a rule of its own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd import Function
from autograd.func import vmap
from tests.arrays import leaf, to_numpy


def scale(library):
    class Scale(library.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor=2, shift=1, *rest):
            ctx.factor, ctx.count = factor, 3 + len(rest)
            return x * factor + shift

        @staticmethod
        def backward(ctx, g):
            return (g * ctx.factor, *[None] * (ctx.count - 1))

    return Scale


@pytest.mark.parametrize("call", [
    lambda f, x: f(x, factor=3, shift=5),
    lambda f, x: f(x, 3, shift=5),
    lambda f, x: f(x=x, factor=4, shift=2),
    lambda f, x: f(x, 3, 5),
])  # fmt: skip
def test_keywords_stand_for_positions(call):
    x, twin = leaf(1.0, 2.0), torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    y, expected = call(scale(autograd).apply, x), call(scale(torch).apply, twin)
    y.sum().backward()
    expected.sum().backward()
    assert y.tolist() == expected.tolist() and x.grad.tolist() == twin.grad.tolist()


def test_keywords_before_which_defaults_are_left_out():
    x = leaf(1.0)
    y = scale(autograd).apply(x, shift=5)
    y.backward()
    assert y.item() == 7.0 and x.grad.item() == 2.0

    class Only(Function):
        @staticmethod
        def forward(ctx, x, *, factor):
            return x * factor

    with pytest.raises(TypeError, match="keyword-only in forward"):
        Only.apply(x, factor=3)


def sine(library, numpy, seen):
    """A sine that NumPy computes, so that inside `vmap` it needs its rule."""

    class Sine(library.autograd.Function):
        @staticmethod
        def forward(x, factor):
            return numpy(x) * factor

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.save_for_backward(inputs[0])
            ctx.factor = inputs[1]

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * x.cos() * ctx.factor, None

        @staticmethod
        def vmap(info, in_dims, x, factor):
            seen.append((info.batch_size, info.randomness, in_dims, tuple(x.shape)))
            return Sine.apply(x, factor), in_dims[0]

    return Sine.apply


def test_rule_of_its_own_inside_vmap():
    values = np.linspace(0.1, 1.2, 12).reshape(3, 4)
    theirs, ours = [], []
    twin = sine(torch, lambda x: torch.from_numpy(np.sin(x.detach().numpy())), theirs)
    made = sine(autograd, lambda x: autograd.tensor(np.sin(to_numpy(x))), ours)
    x, y = torch.from_numpy(values), autograd.tensor(values)
    for mapped in (
        lambda t, f, x: t.func.vmap(f, in_dims=(0, None))(x, 3),
        lambda t, f, x: t.func.vmap(lambda row: f(row, 3), in_dims=1, out_dims=1)(x),
        lambda t, f, x: t.func.vmap(t.func.vmap(lambda item: f(item, 3)))(x),
        lambda t, f, x: t.func.vmap(t.func.grad(lambda row: f(row, 3).sum()))(x),
    ):
        np.testing.assert_allclose(to_numpy(mapped(autograd, made, y)), mapped(torch, twin, x).numpy(), rtol=1e-12)
    assert ours[0] == theirs[0] and ours[1][:3] == (4, "error", (0, None))  # the mapped dim is in front here


def test_rules_with_several_outputs():
    class Both(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2, x * 3, 4

        @staticmethod
        def vmap(info, in_dims, x):
            return (x.t() * 2, x[0] * 3, 4), (1, None, None)

    a, b, c = vmap(Both.apply, out_dims=(0, None, None))(autograd.tensor([[1.0, 2.0], [3.0, 4.0]]))
    assert a.tolist() == [[2.0, 4.0], [6.0, 8.0]] and b.tolist() == [3.0, 6.0] and c == 4

    class Sum(Both):
        @staticmethod
        def vmap(info, in_dims, x):
            return (x + 1, x + 2), 0

    assert vmap(Sum.apply)(autograd.ones(2))[1].tolist() == [3.0, 3.0]


def test_rules_are_checked():
    class Wrong(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_forward(x)
            return x * 2

        @staticmethod
        def vmap(info, in_dims, x):
            return x

    assert Wrong.apply(autograd.ones(1)).tolist() == [2.0]
    with pytest.raises(RuntimeError, match="two values, the output and out_dims"):
        vmap(Wrong.apply)(autograd.ones(2))

    class Twice(Wrong):
        generate_vmap_rule = True

    class Both(Function):
        @staticmethod
        def backward(ctx, g):
            return g

        vjp = staticmethod(lambda ctx, g: g)

    for kind, message in ((Twice, "drop one"), (Both, "'backward' and 'vjp'")):
        with pytest.raises(RuntimeError, match=message):
            kind.apply(autograd.ones(1))
