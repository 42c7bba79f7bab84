"""Hooks on tensors, on nodes and on what is saved."""

from __future__ import annotations

import pytest

import autograd
from autograd import graph
from tests.arrays import leaf


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

    def test_post_accumulate_may_write_to_the_leaf(self):
        x = leaf(2.0)
        x.register_post_accumulate_grad_hook(lambda t: t.sub_(t.grad))
        (x * x).backward()
        assert x.item() == -2.0

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

    def test_what_a_hook_returns_must_fit(self):
        x = leaf(2.0, 3.0)
        for tensor in (x * 1, x):
            for returned, error, message in (
                (3, TypeError, "hook '<lambda>' returned 'int'"),
                (autograd.ones(3, dtype=x.dtype), RuntimeError, "changed the size"),
                (autograd.ones(2, dtype=autograd.float32), RuntimeError, "changed the type"),
            ):
                with tensor.register_hook(lambda g, returned=returned: returned), pytest.raises(error, match=message):
                    (tensor * 2).sum().backward()
        y = x * x.detach()
        with (
            y.grad_fn.register_hook(lambda inputs, outputs: inputs[0]),
            pytest.raises(RuntimeError, match="got 1, but"),
        ):
            y.sum().backward()
        assert x.grad is None

    def test_inputs_without_gradient_have_their_place(self):
        x, seen = leaf(2.0), []
        y = x * 3
        y.grad_fn.register_hook(lambda inputs, outputs: seen.append(inputs[1:]) or (inputs[0] * 2, None))
        y.backward()
        assert seen == [(None,)] and x.grad.item() == 6.0

    def test_retained_gradient_follows_a_tensor_that_is_written_to(self):
        x = leaf(1.0, 1.0)
        y = x * 2
        view = y[:1]
        y.retain_grad()
        view.retain_grad()
        y.mul_(3)
        (y * y).sum().backward(retain_graph=True)
        (view * 5).sum().backward()
        assert y.retains_grad and y.grad.tolist() == [17.0, 12.0] and view.grad.tolist() == [5.0]

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


class TestSeveralOutputs:
    """A node with several outputs hands its hooks a tuple, with None for the outputs that no gradient reached."""

    def test_prehooks(self):
        x = autograd.tensor([[2.0, 0.0], [0.0, 3.0]], dtype=autograd.float64, requires_grad=True)
        _, logarithm = autograd.linalg.slogdet(x)
        seen = []
        logarithm.grad_fn.register_prehook(lambda grads: seen.append(len(grads)))
        logarithm.grad_fn.register_prehook(lambda grads: tuple(g if g is None else g * 2 for g in grads))
        logarithm.backward()
        assert seen == [2] and x.grad.tolist() == [[1.0, 0.0], [0.0, 2.0 / 3.0]]
