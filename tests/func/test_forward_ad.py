"""Dual tensors: their tangents are PyTorch's, and a `jvp` written by hand is used."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd import forward_ad
from autograd.func import jvp
from tests.arrays import to_numpy


def several(library, forward, primal, tangent):
    x, v, w = (library.tensor(np.asarray(value)) for value in (primal, tangent, [[0.5, -1.0], [2.0, 0.25]]))
    found = []
    with forward.dual_level():
        dual = forward.make_dual(x, v)
        assert forward.unpack_dual(dual).tangent is v
        dual.mul_(2)
        y = (dual @ w).tanh().cumsum(0) / library.logsumexp(dual, 0)
        for out in (dual, y, library.linalg.inv(y.T @ y + library.eye(2, dtype=y.dtype)), w + 1):
            unpacked = forward.unpack_dual(out)
            assert unpacked.primal.shape == out.shape
            found += [unpacked.primal, unpacked.tangent]
    assert forward.unpack_dual(y).tangent is None
    return found


@pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")  # PyTorch's own, on the first use
def test_tangents_are_those_of_pytorch():
    rng = np.random.default_rng(0)
    primal, tangent = rng.standard_normal((2, 3, 2))
    found = several(autograd, forward_ad, primal, tangent)
    expected = several(torch, torch.autograd.forward_ad, primal, tangent)
    assert found[-1] is None and expected[-1] is None
    for a, b in zip(found[:-1], expected[:-1], strict=True):
        assert not a.requires_grad
        np.testing.assert_allclose(to_numpy(a), b.numpy(), rtol=1e-10)


def test_tangents_can_be_differentiated():
    a, v = autograd.tensor([2.0, 3.0], requires_grad=True), autograd.tensor([1.0, 10.0], requires_grad=True)
    with forward_ad.dual_level():
        tangent = forward_ad.unpack_dual(forward_ad.make_dual(a, v) ** 3).tangent
    tangent.sum().backward()
    assert a.grad.tolist() == [12.0, 180.0] and v.grad.tolist() == [12.0, 27.0]


def test_without_recording_around_the_level():
    with autograd.no_grad(), forward_ad.dual_level():
        out = forward_ad.unpack_dual(forward_ad.make_dual(autograd.ones(1), autograd.ones(1)) * 3)
    assert out.tangent.tolist() == [3.0] and autograd.is_grad_enabled()
    assert not out.primal.requires_grad and not out.tangent.requires_grad


def test_levels():
    one = autograd.ones(1)
    with pytest.raises(RuntimeError, match=r"no level exists, make sure to enter_dual_level\(\) first"):
        forward_ad.make_dual(one, one)
    with pytest.raises(RuntimeError, match="not the last one"):
        forward_ad.exit_dual_level()
    with forward_ad.dual_level() as level:
        with pytest.raises(RuntimeError, match="Nested"):
            forward_ad.enter_dual_level()
        with pytest.raises(RuntimeError, match="different size"):
            forward_ad.make_dual(one, autograd.ones(2))
        with pytest.raises(ValueError, match=r"floating or complex, got autograd\.int64"):
            forward_ad.make_dual(autograd.ones(1, dtype=autograd.int64), one)
    assert level == 0 and forward_ad.unpack_dual(2.0) == (2.0, None)


class OnlyForward(autograd.Function):
    """exp(x) · y, and x + y, with a `jvp` and no `backward`."""

    @staticmethod
    def forward(ctx, x, times, y):
        ctx.save_for_forward(x, y)
        ctx.times = times
        return times * x.exp() * y, x + y

    @staticmethod
    def jvp(ctx, gx, gtimes, gy):
        x, y = ctx.saved_tensors
        assert gtimes is None
        return ctx.times * x.exp() * (gx * y + gy), gx + gy


class Both(autograd.Function):
    """x³ whose `backward` and `jvp` differ, to tell which ran."""

    @staticmethod
    def forward(x):
        return x**3

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * 300 * x**2

    @staticmethod
    def jvp(ctx, gx):
        (x,) = ctx.saved_tensors
        return gx * 3 * x**2


def test_jvp_by_hand():
    x, y = autograd.tensor([0.0, 1.0]), autograd.tensor([2.0, 3.0])
    with forward_ad.dual_level():
        product, total = OnlyForward.apply(forward_ad.make_dual(x, autograd.tensor([1.0, 0.0])), 2.0, y)
        assert forward_ad.unpack_dual(product).tangent.tolist() == [4.0, 0.0]
        assert forward_ad.unpack_dual(total.sum()).tangent.item() == 1.0
    assert jvp(Both.apply, (y,), (autograd.ones(2),))[1].tolist() == [12.0, 27.0]
    assert autograd.func.grad(Both.apply)(autograd.tensor(1.0)).item() == 300.0
    second = jvp(lambda z: jvp(Both.apply, (z,), (autograd.ones(2),))[1], (y,), (autograd.ones(2),))[1]
    assert second.tolist() == [12.0, 18.0]
    with pytest.raises(NotImplementedError, match="backward or vjp"):
        OnlyForward.apply(x.requires_grad_(), 2.0, y)[0].sum().backward()
