"""The graph and the walk: what `backward` and `grad` do, memory, threads, versions, copies, errors."""

from __future__ import annotations

import copy
import gc
import pickle
import threading
import weakref

import pytest

import autograd
from autograd import graph
from autograd.functions.differentiation import walk
from tests.arrays import leaf


@pytest.fixture
def no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class TestBackward:
    def test_accumulates_into_leaves_in_place(self):
        x = leaf(1.0, 2.0)
        (x * x).sum().backward()
        first = x.grad
        (x * 3).sum().backward()
        assert x.grad is first and first.tolist() == [5.0, 7.0]
        x.grad = None
        (x * 3).sum().backward()
        assert x.grad is not first and first.tolist() == [5.0, 7.0]

    def test_gradients_do_not_share_memory(self):
        x, y = leaf(1.0), leaf(2.0)
        seed = autograd.ones(1, dtype=autograd.float64)
        (x + y).backward(seed)
        x.grad *= 5
        assert (x.grad.item(), y.grad.item(), seed.item()) == (5.0, 1.0, 1.0)

    def test_create_graph_accumulates_out_of_place(self):
        x = leaf(2.0)
        (x * x * x).sum().backward(create_graph=True)
        assert x.grad.requires_grad
        first = x.grad
        x.grad = None
        first.sum().backward()
        assert x.grad.tolist() == [12.0]
        x.grad = None

    def test_create_graph_records_under_no_grad(self):
        x = leaf(2.0)
        y = x * x * x
        with autograd.no_grad():
            (g,) = autograd.grad(y, x, create_graph=True)
        assert autograd.grad(g, x)[0].tolist() == [12.0]

    def test_diamond_and_repeated_inputs(self):
        x = leaf(3.0)
        y = x * x
        z = y * y + y + x
        z.backward()
        assert x.grad.tolist() == [4 * 27.0 + 6.0 + 1.0]

    def test_several_roots(self):
        x = leaf(1.0, 2.0)
        autograd.backward([(x * 2).sum(), x * x], [None, autograd.ones(2, dtype=autograd.float64)])
        assert x.grad.tolist() == [4.0, 6.0]
        x.grad = None
        autograd.backward([x, x], [x.detach(), x.detach()])
        assert x.grad.tolist() == [2.0, 4.0]

    def test_inputs_reach_only_what_they_name(self):
        x, y = leaf(1.0), leaf(2.0)
        z = x * y
        (z * z).backward(inputs=[x])
        assert x.grad.tolist() == [8.0] and y.grad is None
        z = x * y
        (z * 3).backward(inputs=(z,))
        assert z.grad.tolist() == [3.0] and y.grad is None
        with pytest.raises(RuntimeError, match="must not be empty"):
            (x * 2).backward(inputs=[])
        with pytest.raises(RuntimeError, match="does not require grad"):
            (x * 2).backward(inputs=autograd.ones(1))

    def test_retain_graph_and_freed_graph(self):
        x = leaf(2.0)
        y = x * x
        y.backward(retain_graph=True)
        y.backward()
        with pytest.raises(RuntimeError, match=r"second time.*multiply.*retain_graph=True"):
            y.backward()
        assert x.grad.tolist() == [8.0]

    def test_bad_calls(self):
        x = leaf(1.0, 2.0)
        with pytest.raises(RuntimeError, match=r"only for scalar outputs, not for one of shape \[2\]"):
            (x * 2).backward()
        with pytest.raises(RuntimeError, match="Mismatch in shape"):
            (x * 2).backward(autograd.ones(3))
        with pytest.raises(RuntimeError, match="does not require grad"):
            autograd.ones(1).backward()
        with pytest.raises(RuntimeError, match="real scalar"):
            autograd.tensor(1j, requires_grad=True).backward()
        with pytest.raises(RuntimeError, match="one for each"):
            autograd.backward([x.sum()], [None, None])
        with pytest.raises(TypeError, match="expected Tensors"):
            autograd.backward([3.0])

    def test_gradient_is_converted_to_the_leafs_type(self):
        x = autograd.ones(2, requires_grad=True)
        (x * autograd.tensor([1.0, 2.0], dtype=autograd.float64)).sum().backward()
        assert x.grad.dtype is autograd.float32 and x.grad.tolist() == [1.0, 2.0]


class TestGrad:
    def test_captures_inner_and_leaf_gradients_without_accumulating(self):
        x = leaf(2.0)
        y = x * x
        z = y * y
        gx, gy = autograd.grad(z, [x, y])
        assert (gx.tolist(), gy.tolist(), x.grad) == ([32.0], [8.0], None)

    def test_unused(self):
        x, y = leaf(2.0), leaf(1.0)
        with pytest.raises(RuntimeError, match="not have been used"):
            autograd.grad(x * x, [x, y])
        assert autograd.grad(x * x, [x, y], allow_unused=True)[1] is None
        assert autograd.grad(x * x, [x, y], materialize_grads=True)[1].tolist() == [0.0]
        (zeros,) = autograd.grad(x * x, y, materialize_grads=True, create_graph=True)
        assert autograd.grad(zeros, x, materialize_grads=True)[0].tolist() == [0.0]
        with pytest.raises(ValueError, match="allow_unused"):
            autograd.grad(x * x, x, allow_unused=False, materialize_grads=True)
        with pytest.raises(ValueError, match="non-empty"):
            autograd.grad(x * x, [])
        with pytest.raises(RuntimeError, match="does not require grad"):
            autograd.grad(x * x, autograd.ones(1))

    def test_third_derivative(self):
        x = leaf(2.0)
        y = x * x * x * x
        for expected in (32.0, 48.0, 48.0):
            (y,) = autograd.grad(y, x, create_graph=True)
            assert y.item() == expected

    def test_gradient_edges(self):
        x = leaf(2.0)
        y = x * x
        edge = graph.get_gradient_edge(y)
        assert edge.node == y.grad_fn and edge.output_nr == 0
        z = y * 3
        assert autograd.grad(z, edge, retain_graph=True)[0].tolist() == [3.0]
        del y
        autograd.backward(edge, autograd.tensor([1.0], dtype=autograd.float64))
        assert x.grad.tolist() == [4.0]
        with pytest.raises(RuntimeError, match="gradient edge"):
            graph.get_gradient_edge(autograd.ones(1))
        with pytest.raises(RuntimeError, match="needs its gradient"):
            autograd.backward(graph.get_gradient_edge(x * x))


class TestNodes:
    def test_names_edges_and_metadata(self):
        x = leaf(1.0, 2.0)
        y = (x * 2).exp()
        assert repr(y.grad_fn) == "<ExpBackward0>" and x.grad_fn is None
        (inner, number), *_ = y.grad_fn.next_functions
        assert inner.name() == type(inner).__name__ == "MulBackward0" and number == 0
        assert isinstance(inner, graph.Node) and type(inner) is not type(y.grad_fn)
        assert inner.next_functions[1] == (None, 0) and inner.next_functions[0][0].next_functions == ()
        inner.metadata["note"] = 1
        assert y.grad_fn.next_functions[0][0].metadata == {"note": 1} and len({inner, y.grad_fn}) == 2
        with pytest.raises(AttributeError, match="no attribute 'variable'"):
            _ = inner.variable


class TestMemory:
    def test_graph_dies_without_the_collector(self, no_collector):
        x = leaf(1.0, 2.0)

        def alive(make):
            out = make()
            node = weakref.ref(out.node)
            return out, node

        for make in (lambda: (x * x).exp() * x, lambda: (x * x).tanh().sum()):
            out, node = alive(make)
            del out
            assert node() is None
            out, node = alive(make)
            out.sum().backward()
            del out
            assert node() is None
            out, node = alive(make)
            (g,) = autograd.grad(out.sum(), x, create_graph=True)
            inner = weakref.ref(g.node)
            del out, g
            assert node() is None and inner() is None

    def test_writes_through_views_leave_no_cycle(self, no_collector):
        x = leaf(1.0, 2.0)
        y = x * 1
        view = y[0:1]
        view *= x[1:]
        y[1] = 5.0
        nodes = [weakref.ref(y.node), weakref.ref(view.node)]
        y.sum().backward()
        assert x.grad.tolist() == [2.0, 1.0]
        del y, view
        assert all(node() is None for node in nodes)

    def test_hooks_and_retained_gradients_leave_no_cycle(self, no_collector):
        x = leaf(1.0)
        y = x * x
        y.register_hook(lambda g: g * 2)
        y.grad_fn.register_hook(lambda inputs, outputs: None)
        y.retain_grad()
        y.backward()
        node = weakref.ref(y.node)
        del y
        assert node() is None

    def test_saved_values_are_freed_by_backward(self, no_collector):
        x = leaf(1.0)
        y = x * 2
        z = y.exp() * y
        saved = weakref.ref(y._data)
        del y
        assert saved() is not None
        z.backward()
        assert saved() is None

    def test_long_chain_builds_runs_and_is_freed(self, no_collector):
        x = leaf(1.0)
        y = x
        for _ in range(200_000):
            y = y * 1.0
        first = weakref.ref(y.node)
        y.backward(retain_graph=True)
        assert x.grad.item() == 1.0
        autograd.grad(y, x)
        del y
        assert first() is None
        y = x
        for _ in range(100_000):
            y = y + x
        del y


def test_threads_share_a_retained_graph():
    x = leaf(*range(1, 9))
    y = (x * x).exp().sum() * 1e-9 + (x * x * x).sum()
    expected = autograd.grad(y, x, retain_graph=True)[0].tolist()
    found, errors = [], []

    def work():
        try:
            for _ in range(50):
                found.append(autograd.grad(y, x, retain_graph=True)[0].tolist())
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors and len(found) == 200 and all(g == expected for g in found)


class TestVersions:
    def test_overwritten_input_names_the_operation(self):
        x = leaf(1.0, 2.0)
        y = x * 1
        z = y * y
        y *= 2
        with pytest.raises(
            RuntimeError, match=r"argument 'y' of multiply.*\[2\].*version 1; expected version 0.*clone|of multiply"
        ):
            z.sum().backward()

    def test_overwritten_output_names_the_operation(self):
        x = leaf(1.0, 2.0)
        y = x.exp()
        y *= 2
        with pytest.raises(RuntimeError, match="output of exp"):
            y.sum().backward()

    def test_increment_version(self):
        x = leaf(1.0)
        y = x * 1
        z = y * y
        graph.increment_version(y)
        with pytest.raises(RuntimeError, match="modified by an inplace"):
            z.backward()

    def test_write_that_nothing_saved_is_fine(self):
        x = leaf(1.0)
        y = x * 1
        z = y + 1
        y *= 2
        (z + y).backward()
        assert x.grad.tolist() == [3.0]

    def test_gradient_that_was_saved_and_accumulated_into(self):
        x, w = leaf(1.0), leaf(2.0)
        (x * 2).backward()
        loss = x.grad * w
        (x * 2).backward()
        with pytest.raises(RuntimeError, match="modified by an inplace"):
            loss.backward()

    def test_recorded_gradient_is_accumulated_into_in_place(self):
        x = leaf(1.0)
        (x**2).backward(create_graph=True)
        first = x.grad
        (x**2).backward()
        assert x.grad is first and first.item() == 4.0


def test_gradient_is_laid_out_as_its_leaf():
    x, columns = autograd.ones(2, 3, requires_grad=True), autograd.ones(3, 2).t().requires_grad_()
    (x.t() * autograd.ones(3, 2)).sum().backward()
    (columns.t() * autograd.ones(3, 2)).sum().backward()
    assert x.grad.view(6).tolist() == [1.0] * 6 and columns.grad.stride() == columns.stride() == (1, 2)
    y = autograd.ones(3, requires_grad=True)
    y.backward(autograd.ones(1).expand(3))
    assert y.grad.is_contiguous()


def test_graph_that_saved_no_values_may_be_walked_again():
    x = leaf(1.0, 2.0)
    y = (x + x).sum()
    y.backward()
    y.backward()
    assert x.grad.tolist() == [4.0, 4.0]


class TestCopies:
    def test_deepcopy(self):
        x = leaf(1.0, 2.0)
        (x * x).sum().backward()
        x.note = ["kept"]
        twin = copy.deepcopy([x, x])
        assert twin[0] is twin[1] and twin[0] is not x and twin[0].requires_grad and twin[0].note == ["kept"]
        assert twin[0].note is not x.note
        assert twin[0].grad.tolist() == [2.0, 4.0] and twin[0].grad is not x.grad
        with pytest.raises(RuntimeError, match="deepcopy"):
            copy.deepcopy(x * 2)

    def test_pickle(self):
        x = leaf(1.0, 2.0)
        twin = pickle.loads(pickle.dumps(x))
        assert twin.tolist() == [1.0, 2.0] and twin.requires_grad and twin.is_leaf and twin.device == x.device
        with pytest.raises(RuntimeError, match="leaf"):
            pickle.dumps(x * 2)


def test_walk_calls_back_at_its_end_and_forgets_failures():
    x = leaf(1.0)
    y = x * x
    y.register_hook(lambda g: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        y.backward()
    (x * x).backward()
    assert x.grad.tolist() == [2.0]
    walk([(x.node, x._data)], create_graph=False)
    assert x.grad.tolist() == [3.0]
