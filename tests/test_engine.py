"""The graph and the walk: what `backward` and `grad` do, hooks, modes, memory, threads, errors."""

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


def leaf(*values):
    return autograd.tensor(list(values), dtype=autograd.float64, requires_grad=True)


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


class TestHooks:
    def test_order_replacing_and_removal(self):
        seen = []
        x = leaf(1.0)
        y = x * 2
        y.register_hook(lambda g: seen.append(g.item()))
        second = y.register_hook(lambda g: g * 10)
        y.register_hook(lambda g: seen.append(g.item()))
        y.retain_grad()
        x.register_hook(lambda g: g + 1)
        (y * 3).backward(retain_graph=True)
        assert seen == [3.0, 30.0] and y.grad.item() == 30.0 and x.grad.item() == 61.0 and y.retains_grad
        second.remove()
        second.remove()
        assert autograd.grad(y * 3, x, retain_graph=True)[0].item() == 7.0
        with y.register_hook(lambda g: g * 0):
            assert autograd.grad(y * 3, x, retain_graph=True)[0].item() == 1.0

    def test_hooks_are_recorded_only_with_create_graph(self):
        x, w = leaf(2.0), leaf(5.0)
        y = x * x
        y.register_hook(lambda g: g * w)
        (g,) = autograd.grad(y, x, retain_graph=True)
        assert not g.requires_grad
        (g,) = autograd.grad(y, x, create_graph=True)
        assert autograd.grad(g, w)[0].item() == 4.0

    def test_refused_without_gradient(self):
        with pytest.raises(RuntimeError, match="doesn't require gradient"):
            autograd.ones(1).register_hook(print)
        with pytest.raises(RuntimeError, match="non-leaf"):
            (leaf(1.0) * 2).register_post_accumulate_grad_hook(print)

    def test_post_accumulate(self):
        x = leaf(2.0)
        x.register_post_accumulate_grad_hook(lambda t: setattr(t, "grad", None))
        (x * x).backward()
        assert x.grad is None

    def test_node_hooks(self):
        seen = []
        x, w = leaf(2.0), leaf(3.0)
        y = x * w
        y.grad_fn.register_prehook(lambda grads: (grads[0] * 2,))
        y.grad_fn.register_hook(lambda inputs, outputs: seen.append((len(inputs), outputs[0].item())))
        handle = y.grad_fn.register_hook(lambda inputs, outputs: (inputs[0] + 1, inputs[1]))
        y.backward(retain_graph=True)
        assert seen == [(2, 2.0)] and (x.grad.item(), w.grad.item()) == (7.0, 4.0)
        handle.remove()
        (g,) = autograd.grad(y, x, create_graph=True)
        assert g.item() == 6.0
        node = y.grad_fn.next_functions[0][0]
        assert node.name() == "AccumulateGrad" and node.variable is x and node == (x * 1).grad_fn.next_functions[0][0]
        node.register_prehook(lambda grads: (grads[0] * 100,))
        node.register_hook(lambda inputs, outputs: seen.append(("leaf", inputs, outputs[0].item())))
        x.grad = None
        (x * 1).backward()
        assert x.grad.item() == 100.0 and seen[-1] == ("leaf", (), 100.0)

    def test_multi_grad_hook(self):
        seen = []
        x, y = leaf(1.0), leaf(2.0)
        z = x * y
        with graph.register_multi_grad_hook([x, y, z], seen.append):
            (z * 2).backward()
            (x * 3).backward()
        (x * 3).backward()
        assert [[g if g is None else g.item() for g in grads] for grads in seen] == [[4.0, 2.0, 2.0], [3.0, None, None]]
        first = []
        graph.register_multi_grad_hook([x, y], first.append, mode="any")
        (x * y).backward()
        assert len(first) == 1
        with pytest.raises(ValueError, match="mode"):
            graph.register_multi_grad_hook([x], print, mode="some")


class TestNodes:
    def test_names_edges_and_metadata(self):
        x = leaf(1.0, 2.0)
        y = (x * 2).exp()
        assert repr(y.grad_fn) == "<ExpBackward0>" and x.grad_fn is None
        (inner, number), *_ = y.grad_fn.next_functions
        assert inner.name() == "MulBackward0" and number == 0
        assert inner.next_functions[1] == (None, 0) and inner.next_functions[0][0].next_functions == ()
        inner.metadata["note"] = 1
        assert y.grad_fn.next_functions[0][0].metadata == {"note": 1} and len({inner, y.grad_fn}) == 2
        with pytest.raises(AttributeError, match="no attribute 'variable'"):
            _ = inner.variable


class TestModes:
    def test_context_managers_and_decorators(self):
        x = leaf(1.0)

        @autograd.no_grad()
        def quiet():
            return x * 2

        @autograd.no_grad
        def bare():
            with autograd.enable_grad():
                return x * 2

        @autograd.inference_mode
        def inference():
            return autograd.is_inference_mode_enabled(), x * 2

        assert not quiet().requires_grad and bare().requires_grad
        assert inference()[0] and not inference()[1].requires_grad
        with autograd.set_grad_enabled(False):
            assert not autograd.is_grad_enabled()
        assert autograd.is_grad_enabled()
        autograd.set_grad_enabled(False)
        try:
            assert not (x * 2).requires_grad
        finally:
            autograd.set_grad_enabled(True)
        assert autograd.set_grad_enabled(False)(lambda: (x * 2).requires_grad)() is False
        assert autograd.is_grad_enabled()

    def test_generators_switch_only_while_they_run(self):
        @autograd.no_grad()
        def generate():
            try:
                received = yield autograd.is_grad_enabled()
                yield received, autograd.is_grad_enabled()
            except ValueError:
                yield "caught", autograd.is_grad_enabled()
            return "end"

        generator = generate()
        assert next(generator) is False and autograd.is_grad_enabled()
        assert generator.send(3) == (3, False) and autograd.is_grad_enabled()
        assert generator.throw(ValueError()) == ("caught", False)
        with pytest.raises(StopIteration, match="end"):
            next(generator)
        generator = generate()
        next(generator)
        generator.close()

    def test_per_thread(self):
        seen = []
        with autograd.no_grad():
            thread = threading.Thread(target=lambda: seen.append(autograd.is_grad_enabled()))
            thread.start()
            thread.join()
        assert seen == [True]


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


class TestAnomaly:
    def test_names_the_line(self):
        x = leaf(0.0, 1.0)
        with autograd.detect_anomaly():
            y = x.sqrt()  # the line at fault
            z = (y * 0).sum()
            with pytest.raises(RuntimeError, match="SqrtBackward0.*nan") as caught:
                z.backward()
        assert "y = x.sqrt()  # the line at fault" in str(caught.value)
        assert "test_engine.py" in str(caught.value) and "test_names_the_line" in str(caught.value)

    def test_without_trace_switched_off_and_by_flag(self):
        x = leaf(0.0)
        z = x.sqrt() * 0
        with autograd.detect_anomaly(), pytest.raises(RuntimeError, match="ran outside detect_anomaly"):
            z.backward()
        with autograd.detect_anomaly(check_nan=False):
            assert autograd.is_anomaly_enabled() and not autograd.is_anomaly_check_nan_enabled()
            (x.sqrt() * 0).backward()
        with autograd.set_detect_anomaly(True):
            assert autograd.is_anomaly_enabled()
            with autograd.set_detect_anomaly(False):
                (x.sqrt() * 0).backward()
        assert not autograd.is_anomaly_enabled()

    def test_errors_tell_the_forward_call_too(self):
        class Fails(autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 1

            @staticmethod
            def backward(ctx, g):
                raise ValueError("inside")

        with autograd.detect_anomaly():
            y = Fails.apply(leaf(1.0))
            with pytest.raises(ValueError, match="inside") as caught:
                y.backward()
        assert "y = Fails.apply(leaf(1.0))" in "".join(caught.value.__notes__)

    def test_create_graph_and_several_outputs(self):
        x = leaf(0.0)
        with autograd.detect_anomaly(), pytest.raises(RuntimeError, match="nan"):
            autograd.grad(x.sqrt() * 0, x, create_graph=True)


class TestSavedTensorHooks:
    def test_everything_saved_is_packed(self):
        packed = []

        def pack(tensor):
            assert not tensor.requires_grad
            packed.append(tensor)
            return len(packed) - 1

        x = leaf(2.0, 3.0)
        with graph.saved_tensors_hooks(pack, lambda index: packed[index]):
            y = (x * x).exp()[:1] * x[1:]
        assert len(packed) == 5
        (g,) = autograd.grad(y, x, create_graph=True)
        with graph.saved_tensors_hooks(lambda t: 1 / 0, lambda t: t), graph.disable_saved_tensors_hooks("not here"):
            expected = x.detach().requires_grad_()
            (wanted,) = autograd.grad((expected * expected).exp()[:1] * expected[1:], expected)
        assert g.tolist() == wanted.tolist()

    def test_save_on_cpu_and_nesting(self):
        x = leaf(2.0)
        with graph.saved_tensors_hooks(lambda t: 1 / 0, lambda t: t), graph.save_on_cpu(pin_memory=True):
            y = x * x
        (g,) = autograd.grad(y, x, create_graph=True)
        assert g.tolist() == [4.0] and autograd.grad(g, x)[0].tolist() == [2.0]

    def test_disabled_and_misused(self):
        x = leaf(2.0)
        with graph.disable_saved_tensors_hooks("not here"), pytest.raises(RuntimeError, match="not here"):
            graph.saved_tensors_hooks(None, None).__enter__()
        with graph.saved_tensors_hooks(lambda t: t, lambda t: 3):
            y = x * x
        with pytest.raises(TypeError, match="got result of type int"):
            y.backward()


class TestCopies:
    def test_deepcopy(self):
        x = leaf(1.0, 2.0)
        (x * x).sum().backward()
        x.note = "kept"
        twin = copy.deepcopy([x, x])
        assert twin[0] is twin[1] and twin[0] is not x and twin[0].requires_grad and twin[0].note == "kept"
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
