"""`Function`: hand-written derivatives, to PyTorch's contract."""

from __future__ import annotations

import gc
import weakref

import pytest

import autograd
from autograd import Function
from autograd.function import once_differentiable
from autograd.graph import saved_tensors_hooks
from tests.arrays import leaf


class Cube(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * 3 * x * x


class Exp(Function):
    """Saves its output."""

    @staticmethod
    def forward(ctx, x):
        out = x.exp()
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad):
        (out,) = ctx.saved_tensors
        return grad * out


def test_first_and_second_derivative():
    x = leaf(2.0, -1.0)
    y = Cube.apply(x)
    (g,) = autograd.grad(y.sum(), x, create_graph=True)
    (h,) = autograd.grad(g.sum(), x, create_graph=True)
    (third,) = autograd.grad(h.sum(), x)
    assert (g.tolist(), h.tolist(), third.tolist()) == ([12.0, 3.0], [12.0, -6.0], [6.0, 6.0])


def test_saved_output_is_put_back_into_the_graph():
    x = leaf(0.5)
    (g,) = autograd.grad(Exp.apply(x), x, create_graph=True)
    (h,) = autograd.grad(g, x)
    assert h.tolist() == pytest.approx(g.tolist())


def test_saved_intermediate_is_refused_in_second_derivative():
    class Squash(Function):
        @staticmethod
        def forward(ctx, x):
            squared = x * x
            ctx.save_for_backward(squared)
            return squared * x

        @staticmethod
        def backward(ctx, grad):
            (squared,) = ctx.saved_tensors
            return grad * 3 * squared

    x = leaf(2.0)
    (g,) = autograd.grad(Squash.apply(x), x)
    assert g.tolist() == [12.0]
    (g,) = autograd.grad(Squash.apply(x), x, create_graph=True)
    with pytest.raises(RuntimeError, match="SquashBackward.*neither an input nor an output.*Save the inputs"):
        autograd.grad(g, x)
    (g,) = autograd.grad(Squash.apply(x), x, create_graph=True)
    with pytest.raises(RuntimeError, match="neither an input nor an output"):
        g.backward()


def test_integer_intermediate_and_none_are_kept():
    class Masked(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x > 0, None, x)
            return x * x

        @staticmethod
        def backward(ctx, grad):
            mask, nothing, x = ctx.saved_tensors
            assert nothing is None and mask.dtype is autograd.bool
            return grad * 2 * x

    x = leaf(2.0)
    (g,) = autograd.grad(Masked.apply(x), x, create_graph=True)
    assert autograd.grad(g, x)[0].tolist() == [2.0]


def test_setup_context_and_defaults():
    class Power(Function):
        @staticmethod
        def forward(x, exponent=2):
            return x**exponent

        @staticmethod
        def setup_context(ctx, inputs, output):
            x, ctx.exponent = inputs
            ctx.save_for_backward(x)

        @staticmethod
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            return grad * ctx.exponent * x ** (ctx.exponent - 1), None

    x = leaf(3.0)
    Power.apply(x).backward()
    Power.apply(x, exponent=3).backward()
    assert x.grad.tolist() == [6.0 + 27.0]


def test_vjp_is_another_name_for_backward():
    class Negated(Function):
        @staticmethod
        def forward(ctx, x):
            return -x

        @staticmethod
        def vjp(ctx, grad):
            return -grad

    x = leaf(3.0)
    Negated.apply(x).backward()
    assert x.grad.tolist() == [-1.0]


def test_several_outputs_non_tensors_and_materialized_gradients():
    seen = []

    class Parts(Function):
        @staticmethod
        def forward(ctx, x, scale, materialize):
            ctx.set_materialize_grads(materialize)
            index = (x > 0).sum()
            return x * scale, "text", index, x + 1

        @staticmethod
        def backward(ctx, *grads):
            seen.append(grads)
            assert ctx.needs_input_grad == (True, False, False)
            return sum(g * 2 for g in (grads[0], grads[3]) if g is not None), None, None

    x = leaf(1.0, 2.0)
    first, text, index, last = Parts.apply(x, 2, True)
    assert text == "text" and not index.requires_grad and last.requires_grad
    assert first.grad_fn == last.grad_fn and (first.output_nr, last.output_nr) == (0, 3)
    first.sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]
    assert seen[0][1] is None and seen[0][2].tolist() == 0 and seen[0][3].tolist() == [0.0, 0.0]
    first, _, _, last = Parts.apply(x, 2, False)
    last.sum().backward()
    assert seen[1][0] is None and seen[1][2] is None and seen[1][3].tolist() == [1.0, 1.0]


def test_mark_non_differentiable():
    class Sorted(Function):
        @staticmethod
        def forward(ctx, x):
            twice = x * 2
            ctx.mark_non_differentiable(twice)
            return x * 1, twice

        @staticmethod
        def backward(ctx, grad, other):
            assert other.tolist() == [0.0]
            return grad

    x = leaf(1.0)
    out, twice = Sorted.apply(x)
    assert out.requires_grad and not twice.requires_grad
    out.backward()
    assert x.grad.tolist() == [1.0]


class DoubleInPlace(Function):
    @staticmethod
    def forward(ctx, x):
        x *= 2
        ctx.mark_dirty(x)
        return x

    @staticmethod
    def backward(ctx, grad):
        return grad * 2


def test_mark_dirty():
    x = leaf(1.0, 2.0)
    y = x * 3
    z = DoubleInPlace.apply(y)
    assert z is y and y.grad_fn.name() == "DoubleInPlaceBackward"
    z.sum().backward()
    assert x.grad.tolist() == [6.0, 6.0]


def test_mark_dirty_through_a_view_reaches_the_base():
    x = leaf(1.0, 2.0)
    y = x * 3
    DoubleInPlace.apply(y[0:1])
    assert y.tolist() == [6.0, 6.0]
    y.sum().backward()
    assert x.grad.tolist() == [6.0, 3.0]


def test_mark_dirty_refuses_leaves_and_inputs_that_are_not_returned():
    with pytest.raises(RuntimeError, match="leaf Variable"):
        DoubleInPlace.apply(leaf(1.0))

    class Forgets(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.mark_dirty(x)
            return x * 1

        @staticmethod
        def backward(ctx, grad):
            return grad

    with pytest.raises(RuntimeError, match="not returned as output"):
        Forgets.apply(leaf(1.0) * 1)


def test_saved_input_that_is_written_to_is_refused():
    x = leaf(1.0)
    y = x * 1
    z = Cube.apply(y)
    y *= 2
    with pytest.raises(RuntimeError, match=r"CubeBackward saved .* modified|modified by an inplace.*CubeBackward"):
        z.backward()


def test_returning_an_input():
    class Same(Function):
        @staticmethod
        def forward(ctx, x):
            return x

        @staticmethod
        def backward(ctx, grad):
            return grad * 5

    x = leaf(1.0)
    y = Same.apply(x)
    assert y is not x and x.is_leaf and y.data_ptr() == x.data_ptr()
    y.backward()
    assert x.grad.tolist() == [5.0]
    with pytest.raises(RuntimeError, match="returned as it came"):
        y *= 2
    with autograd.no_grad():
        assert not Same.apply(x).requires_grad and x.requires_grad


def test_once_differentiable():
    class Once(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        @once_differentiable
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            return grad * 2 * x

    x = leaf(3.0)
    (g,) = autograd.grad(Once.apply(x), x, create_graph=True)
    assert g.tolist() == [6.0]
    with pytest.raises(RuntimeError, match="once_differentiable"):
        g.backward()


def test_misuse_is_explained():
    class NotStatic(Function):
        def forward(self, x):
            return x

    class NoBackward(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

    class NoTensor(Function):
        @staticmethod
        def forward(ctx, x):
            return 3

    class SavesNumber(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(3)
            return x * 2

    x = leaf(1.0)
    with pytest.raises(RuntimeError, match="non-static forward.*staticmethod"):
        NotStatic.apply(x)
    with pytest.raises(RuntimeError, match=r"called by Cube.apply"):
        Cube()
    with pytest.raises(NotImplementedError, match="backward or vjp"):
        NoBackward.apply(x).backward()
    with pytest.raises(NotImplementedError, match="forward function"):
        Function.apply(x)
    with pytest.raises(NotImplementedError, match="setup_context"):
        Function.setup_context(None, (), x)
    with pytest.raises(TypeError, match=r"got int"):
        NoTensor.apply(x)
    with pytest.raises(TypeError, match="argument 0 is of type int"):
        SavesNumber.apply(x)
    with pytest.raises(TypeError, match="unexpected keyword"):
        Cube.apply(x, y=x)


def test_freed_graph_and_retained_graph():
    x = leaf(2.0)
    y = Cube.apply(x)
    y.backward(retain_graph=True)
    y.backward()
    with pytest.raises(RuntimeError, match="second time.*CubeBackward"):
        y.backward()
    assert x.grad.tolist() == [24.0]


def test_context_is_reachable_from_grad_fn():
    class Keeps(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.factor = 7
            ctx.save_for_backward(x)
            assert ctx.saved_tensors == (x,)
            return x * 7

        @staticmethod
        def backward(ctx, grad):
            return grad * ctx.factor

    x = leaf(1.0)
    y = Keeps.apply(x)
    assert y.grad_fn.factor == 7 and y.grad_fn.saved_tensors[0].tolist() == [1.0]
    assert y.grad_fn.next_functions[0][0].variable is x
    with pytest.raises(AttributeError, match="MulBackward0"):
        _ = (y * 2).grad_fn.factor
    ctx = y.grad_fn._node.record.ctx
    del y
    with pytest.raises(RuntimeError, match="is gone"):
        _ = ctx.saved_tensors


def test_saved_tensor_hooks_apply():
    packed = []

    def pack(tensor):
        assert not tensor.requires_grad
        packed.append(tensor.tolist())
        return tensor.tolist()

    x = leaf(2.0)
    with saved_tensors_hooks(pack, lambda values: autograd.tensor(values, dtype=autograd.float64)):
        y = Cube.apply(x)
    (g,) = autograd.grad(y, x, create_graph=True)
    assert autograd.grad(g, x)[0].tolist() == [12.0] and packed == [[2.0]]


@pytest.mark.parametrize("function", [Cube, Exp])
def test_graph_dies_without_the_collector(function):
    gc.collect()
    gc.disable()
    try:
        x = leaf(2.0)
        y = function.apply(x)
        node = weakref.ref(y.node)
        del y
        assert node() is None
        y = function.apply(x)
        node = weakref.ref(y.node)
        y.backward()
        del y
        assert node() is None
        (g,) = autograd.grad(function.apply(x), x, create_graph=True)
        node = weakref.ref(g.node)
        del g
        assert node() is None
    finally:
        gc.enable()
