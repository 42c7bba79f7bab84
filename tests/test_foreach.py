"""`_foreach_` functions give what PyTorch's do, in tuples or in place."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy

CALLS = {
    "add": ("add", lambda xs, ys: (xs, ys), {"alpha": 2}),
    "sub by numbers": ("sub", lambda xs, ys: (xs, (1, 2)), {}),
    "mul by a tensor": ("mul", lambda xs, ys: (xs, ys[1][0]), {}),
    "div, by keyword": ("div", lambda xs, ys: (xs,), {"scalar": 2.0}),
    "mul, each by keyword": ("mul", lambda xs, ys: (xs,), {"scalars": [2.0, 3.0]}),
    "lerp": ("lerp", lambda xs, ys: (xs, ys, 0.3), {}),
    "lerp by weights": ("lerp", lambda xs, ys: (xs, ys, [0.3, 0.1]), {}),
    "addcmul": ("addcmul", lambda xs, ys: (xs, ys, ys, [0.5, 2.0]), {}),
    "addcdiv": ("addcdiv", lambda xs, ys: (xs, ys, ys), {"value": -1.0}),
    "addcdiv by a tensor": ("addcdiv", lambda xs, ys: (xs, xs, ys, ys[1]), {}),
    "clamp_max": ("clamp_max", lambda xs, ys: (xs, 1.0), {}),
    "maximum": ("maximum", lambda xs, ys: (xs, ys), {}),
    "minimum": ("minimum", lambda xs, ys: (xs, ys), {}),
    "sqrt": ("sqrt", lambda xs, ys: (ys,), {}),
    "norm": ("norm", lambda xs, ys: (xs, 1), {}),
    "max": ("max", lambda xs, ys: (xs,), {}),
    "powers": ("pow", lambda xs, ys: (ys, [2.0, 0.5]), {}),
    "powers of a number": ("pow", lambda xs, ys: (2.0, ys), {}),
}
ONLY_MADE = {"norm", "max", "powers of a number"}


def lists(library):
    return (
        [library.tensor([0.5, -2.0, 3.0]), library.tensor([[1.5], [-0.5]])],
        [library.tensor([2.0, 1.0, 0.25]), library.tensor([0.5, 2.0])],
    )


def same(found, wanted):
    for ours, theirs in zip(found, wanted, strict=True):
        assert tuple(ours.shape) == tuple(theirs.shape)
        np.testing.assert_allclose(to_numpy(ours), theirs.numpy(), rtol=1e-6)


@pytest.mark.parametrize("call", CALLS)
def test_results(call):
    name, arguments, options = CALLS[call]
    found, wanted = (
        getattr(library, f"_foreach_{name}")(*arguments(*lists(library)), **options) for library in (autograd, torch)
    )
    assert type(found) is type(wanted) is tuple
    same(found, wanted)


@pytest.mark.parametrize("call", sorted({*CALLS} - ONLY_MADE))
def test_in_place(call):
    name, arguments, options = CALLS[call]
    written = []
    for library in (autograd, torch):
        xs, ys = lists(library)
        ys[1] = ys[1].reshape(2, 1) if call not in ("mul by a tensor", "addcdiv by a tensor") else ys[1]
        if call == "addcdiv by a tensor":
            xs[1] = xs[1][:, 0]
        given = arguments(xs, ys)
        assert getattr(library, f"_foreach_{name}_")(*given, **options) is not None
        written.append(given[0])
    same(*written)


def test_keywords_in_another_order():
    found, wanted = (
        library._foreach_addcdiv(
            xs, scalars=[2.0, 3.0], tensor2=[y.reshape(x.shape) for x, y in zip(xs, ys)], tensor1=xs
        )
        for library in (autograd, torch)
        for xs, ys in [lists(library)]
    )
    same(found, wanted)


def test_zero_and_copy():
    xs, ys = lists(autograd)
    assert autograd._foreach_copy_(xs[:1], ys[:1])[0].tolist() == [2.0, 1.0, 0.25]
    autograd._foreach_zero_(xs)
    assert [x.abs().sum().item() for x in xs] == [0.0, 0.0]


def test_gradients():
    x = autograd.tensor([1.0, 2.0], requires_grad=True)
    sum(y.sum() for y in autograd._foreach_mul([x, x], [2.0, 3.0])).backward()
    assert x.grad.tolist() == [5.0, 5.0]


def test_refusals():
    xs, ys = lists(autograd)
    with pytest.raises(RuntimeError, match=r"_foreach_add .* same length, at least 1, got lengths \[1, 2\]"):
        autograd._foreach_add(xs, ys[:1])
    with pytest.raises(RuntimeError, match="at least 1"):
        autograd._foreach_mul([], 2)
    with pytest.raises(TypeError, match=r"list of tensors, got Tensor; .* \.add\(\)"):
        autograd._foreach_add(xs[0], 1)
    assert not hasattr(autograd, "_foreach_nothing")
