"""Calls of operations: what counts as a tensor, what `@differentiable` refuses, gradients over axes without elements."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from autograd import Function, graph, ops
from autograd.differentiable import differentiable
from autograd.testing import check_op
from tests.arrays import leaf, to_numpy
from tests.functions.pairs import agree, refuse


class TestArguments:
    def test_numbers_alone(self):
        assert ops.matmul(leaf(2.0), leaf(3.0)).item() == 6.0
        made = ops.reshape(3, shape=(1,))
        assert made.tolist() == [3] and made.dtype is autograd.int64

    @pytest.mark.cpu_only
    def test_arrays_of_the_library_take_part(self):
        assert (leaf(1.0, 2.0) + np.ones(2)).tolist() == [2.0, 3.0]

    def test_arrays_of_another_library_do_not(self):
        elsewhere = autograd.ones(2, device="sim")._data
        with pytest.raises(RuntimeError, match=r"argument 'y' is an array on sim, the tensors are on cpu"):
            ops.add(autograd.ones(2, device="cpu"), elsewhere)

    def test_what_is_no_tensor(self):
        with pytest.raises(TypeError, match="argument 'x' must be Tensor, not str"):
            ops.exp("x")
        with pytest.raises(TypeError, match="no argument at all"):
            ops.concat(axis=0)

    def test_numbers_that_change_the_type(self):
        assert (autograd.tensor([True]) + 1).dtype is autograd.int64
        assert (autograd.tensor([1]) + 1j).dtype is autograd.complex64
        assert (autograd.tensor([1]) * True).dtype is autograd.int64

    def test_numbers_are_kept_for_reuse_within_bounds(self):
        x = leaf(1.0)
        for number in range(5000):
            x.detach() + float(number)
        assert len(x.backend.float_numbers) <= 4097


REFUSED = {
    "rule of no argument": (lambda: differentiable(z=lambda xp, g: g)(lambda xp, x: x), "there is a rule for 'z'"),
    "unknown name in a rule": (lambda: differentiable(x=lambda xp, g, y: g)(lambda xp, x: x), r"asks for \['y'\]"),
    "order of a rule": (lambda: differentiable(x=lambda g, xp: g)(lambda xp, x: x), r"must begin with \(xp, g\)"),
    "body without xp": (lambda: differentiable(x=lambda xp, g: g)(lambda x: x), "must be xp"),
}


@pytest.mark.parametrize(("call", "message"), REFUSED.values(), ids=REFUSED)
def test_differentiable_refuses(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_an_operation_with_an_argument_that_may_be_left_out():
    @differentiable(x=lambda xp, g: g, y=lambda xp, g: g * 2)
    def shifted(xp, x, y=None):
        return x if y is None else x + 2 * y

    x, y = leaf(1.0), leaf(3.0)
    assert shifted(x, None).tolist() == [1.0]
    out = shifted(x, y)
    out.backward()
    assert (out.item(), x.grad.item(), y.grad.item()) == (7.0, 1.0, 2.0)
    check_op(shifted, max_examples=5)


def test_gradients_that_are_not_known_are_refused():
    def by_the_order(t):
        a = t.ones(2, requires_grad=True)
        return t.special.gammainc(a, t.ones(2)).sum().backward()

    refuse(by_the_order, "derivative")


def test_text_of_an_operation_and_of_a_node():
    assert repr(ops.add.op) == "<op add(x, y)>"
    assert repr((leaf(1.0) * 2).node).startswith("<multiply node ")


def gradient(call):
    """The call's gradient by a 0 × 2 matrix."""

    def compute(t):
        x = t.ones(0, 2, dtype=t.float64, requires_grad=True)
        y = call(t, x)
        return (y, *t.autograd.grad(y.sum(), x)) if t is not autograd else (y, *autograd.grad(y.sum(), x))

    return compute


WITHOUT_ELEMENTS = {
    "prod": lambda t, x: t.prod(x, 0),
    "logcumsumexp": lambda t, x: t.logcumsumexp(x, 0),
    "as_strided": lambda t, x: t.as_strided(x, (0, 2), (2, 1)),
    "logsumexp": lambda t, x: t.logsumexp(x, 1),
    "mean": lambda t, x: t.mean(x, 1),
}


@pytest.mark.parametrize("call", WITHOUT_ELEMENTS.values(), ids=WITHOUT_ELEMENTS)
def test_gradients_over_nothing(call):
    agree(gradient(call))


@pytest.mark.cpu_only  # a GPU answers without looking, as in PyTorch
def test_integer_division_by_zero():
    refuse(lambda t: t.tensor([1, 2]) // t.tensor([1, 0]), "ZeroDivisionError")
    refuse(lambda t: t.tensor([1, 2]) % 0, "ZeroDivisionError")


def test_packed_outputs_of_several():
    x = autograd.tensor([[2.0, 1.0], [1.0, 3.0]], dtype=autograd.float64, requires_grad=True)
    (wanted,) = autograd.grad(sum(part.sum() for part in autograd.linalg.eigh(x)), x)
    count = []
    with graph.saved_tensors_hooks(lambda t: count.append(t) or t, lambda t: t):
        parts = autograd.linalg.eigh(x)
        joined = autograd.cat([x, x * 2])
    (found,) = autograd.grad(sum(part.sum() for part in parts), x)
    assert count and np.allclose(to_numpy(found), to_numpy(wanted))
    assert autograd.grad(joined.sum(), x)[0].tolist() == [[3.0, 3.0], [3.0, 3.0]]


def test_a_rules_gradient_is_converted_to_the_leafs_type():
    @autograd.differentiable(x=lambda xp, g: xp.astype(g, dtype=autograd.float64) * 2)
    def doubled(xp, x):
        return x + x

    x = autograd.ones(2, requires_grad=True)
    (doubled(x) * 3).sum().backward()
    assert x.grad.dtype is autograd.float32 and x.grad.tolist() == [6.0, 6.0]


def test_leaves_that_are_not_asked_for_get_nothing():
    x, y = leaf(1.0), leaf(2.0)
    seen = []
    x.register_hook(seen.append)
    (x * y).backward(inputs=[y])
    assert x.grad is None and y.grad.tolist() == [1.0]


def test_a_flag_switched_off_keeps_the_gradient():
    x = leaf(2.0)
    (x * x).backward()
    x.requires_grad_(False)
    assert x.grad.tolist() == [4.0]
    x.requires_grad_()
    (x * x).backward()
    assert x.grad.tolist() == [8.0]


def test_gradients_accumulate_onto_recorded_ones():
    x = leaf(2.0)
    (x * x).backward(create_graph=True)
    (x * 3).backward()
    assert x.grad.tolist() == [7.0]
    x.grad = None


def test_a_function_may_return_another_devices_gradient_only_in_error():
    class Elsewhere(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, grad):
            return autograd.ones(1, dtype=autograd.float64, device="sim")

    x = autograd.ones(1, dtype=autograd.float64, device="cpu", requires_grad=True)
    with pytest.raises(RuntimeError, match="expected device"):
        Elsewhere.apply(x).backward()


FACTORIZED = {
    "ldl of zeros": lambda t: t.linalg.ldl_factor_ex(t.zeros(3, 3, dtype=t.float64)),
    "ldl of a column of zeros": lambda t: t.linalg.ldl_factor_ex(
        t.tensor([[0.0, 0, 0], [0, 2, 1], [0, 1, 3]], dtype=t.float64)
    ),
}


@pytest.mark.parametrize("call", FACTORIZED.values(), ids=FACTORIZED)
def test_matrices_of_zeros_and_without_elements(call):
    agree(call)


def test_transforms_of_nothing():
    assert tuple(autograd.fft.fft(autograd.ones(0, 4, dtype=autograd.complex128)).shape) == (0, 4)


def test_singular_matrices_are_named():
    with pytest.raises(autograd.linalg.LinAlgError, match=r"linalg\.inv.*\[2, 2\]"):
        autograd.linalg.inv(autograd.zeros(2, 2))


class TestWrites:
    """Writing in place where a graph is."""

    def test_refusals(self):
        def recorded(t):
            return t.ones(2, dtype=t.float64, requires_grad=True)

        refuse(lambda t: recorded(t)[:1].mul_(2), "view of a leaf")
        refuse(lambda t: recorded(t).mul_(2), "leaf Variable")
        refuse(lambda t: (recorded(t) * 1)[:1].add_(t.ones(3)), "broadcast shape")
        refuse(lambda t: t.arange(2).add_(0.5), "can't be cast")

    def test_values_of_a_wider_type_are_cast_and_recorded(self):
        x, w = autograd.ones(2, requires_grad=True), leaf(2.0, 3.0)
        y = x * 1
        y.mul_(w)
        y.sum().backward()
        assert y.dtype is autograd.float32 and (x.grad.tolist(), w.grad.tolist()) == ([2.0, 3.0], [1.0, 1.0])

    def test_constants_through_a_view(self):
        x = leaf(1.0, 2.0)
        y = x * 3
        view = y[:1]
        view.copy_(autograd.zeros(1))
        view.copy_(autograd.ones(1, dtype=autograd.float64))
        (y * 2).sum().backward()
        assert y.tolist() == [1.0, 6.0] and x.grad.tolist() == [0.0, 6.0] and view.requires_grad


def test_hooks_of_inputs_not_asked_for():
    x, y = leaf(2.0), leaf(3.0)
    y.register_hook(lambda g: g)
    assert autograd.grad(x * y, x)[0].tolist() == [3.0]


def test_hooks_after_a_node_whose_input_is_one_of_several_outputs():
    x = autograd.tensor([[2.0, 0.0], [0.0, 3.0]], dtype=autograd.float64, requires_grad=True)
    out = autograd.linalg.slogdet(x)[1] * 2
    out.grad_fn.register_hook(lambda inputs, outputs: None)
    out.backward()
    assert x.grad.tolist() == [[1.0, 0.0], [0.0, 2.0 / 3.0]]
