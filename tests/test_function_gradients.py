"""What the `backward` of a `Function` may return, how many gradients of which shapes and types, and may have saved."""

from __future__ import annotations

import pytest

import autograd
from autograd import Function
from tests.arrays import leaf


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        (lambda g: (g, None, g), RuntimeError, r"incorrect number of gradients \(expected 2, got 3\)"),
        (lambda g: g, RuntimeError, r"incorrect number of gradients \(expected 2, got 1\)"),
        (lambda g: (g, g), RuntimeError, "different from None at position 2"),
        (lambda g: (autograd.ones(2, dtype=g.dtype), None), RuntimeError, r"got \[2\] but expected shape .*\[3\]"),
        (lambda g: (1.0, None), TypeError, r"position 1 .*got float"),
    ],
)
def test_wrong_gradients_are_refused(answer, error, message):
    class Wrong(Function):
        @staticmethod
        def forward(ctx, x, factor):
            return x * factor

        @staticmethod
        def backward(ctx, grad):
            return answer(grad)

    with pytest.raises(error, match="WrongBackward.*" + message):
        Wrong.apply(leaf(1.0, 2.0, 3.0), 2.0).sum().backward()


def test_surplus_none_gradients_are_allowed():
    class Surplus(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, grad):
            return grad * 2, None, None

    x = leaf(1.0)
    Surplus.apply(x).backward()
    assert x.grad.tolist() == [2.0]


def test_gradients_are_cast_and_summed_to_the_input():
    class Spread(Function):
        @staticmethod
        def forward(ctx, x):
            return x + autograd.zeros(3, 2)

        @staticmethod
        def backward(ctx, grad):
            return autograd.ones(3, 2, dtype=autograd.float64)

    x = leaf(1.0, 2.0, dtype=autograd.float32)
    Spread.apply(x).sum().backward()
    assert x.grad.dtype is autograd.float32 and x.grad.tolist() == [3.0, 3.0]


def test_complex_gradients_are_pytorchs():
    class Times(Function):
        @staticmethod
        def forward(ctx, z, w):
            ctx.save_for_backward(z, w)
            return z * w

        @staticmethod
        def backward(ctx, grad):
            z, w = ctx.saved_tensors
            return grad * autograd.ops.conj(w), grad * autograd.ops.conj(z)

    values = [1 + 2j], [3 - 1j]
    z, w = (leaf(*v, dtype=autograd.complex128) for v in values)
    a, b = (leaf(*v, dtype=autograd.complex128) for v in values)
    seed = autograd.tensor([1 - 1j], dtype=autograd.complex128)
    Times.apply(z, w).backward(seed)
    (a * b).backward(seed)
    assert z.grad.tolist() == a.grad.tolist() and w.grad.tolist() == b.grad.tolist()
    (g,) = autograd.grad(Times.apply(z, w), z, seed, create_graph=True)
    (wanted,) = autograd.grad(a * b, a, seed, create_graph=True)
    assert autograd.grad(g, w, seed)[0].tolist() == autograd.grad(wanted, b, seed)[0].tolist()


def test_real_input_of_complex_output_gets_a_real_gradient():
    class ToComplex(Function):
        @staticmethod
        def forward(ctx, x):
            return x * autograd.tensor(1j, dtype=autograd.complex128)

        @staticmethod
        def backward(ctx, grad):
            return grad * autograd.tensor(-1j, dtype=autograd.complex128)

    x = leaf(2.0)
    ToComplex.apply(x).backward(autograd.tensor([1 + 3j], dtype=autograd.complex128))
    assert x.grad.dtype is autograd.float64 and x.grad.tolist() == [3.0]


def test_saved_tensors_of_the_graph_outside_and_several_outputs():
    w = leaf(5.0)

    class Scaled(Function):
        @staticmethod
        def forward(ctx, x):
            first, second = x * w.detach(), x * x
            ctx.save_for_backward(x, w, second)
            return first, second

        @staticmethod
        def backward(ctx, g, h):
            x, factor, second = ctx.saved_tensors
            return g * factor + 2 * h * second / x

    x = leaf(3.0)
    first, second = Scaled.apply(x)
    (g,) = autograd.grad([first, second], x, create_graph=True)
    assert g.tolist() == [11.0]
    by_x, by_w = autograd.grad(g, [x, w])
    assert (by_x.item(), by_w.item()) == pytest.approx((2.0, 1.0))
