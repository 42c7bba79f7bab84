"""`utils.checkpoint`: the same gradients with less memory."""

from __future__ import annotations

import gc
import weakref

import pytest

import autograd
from autograd.backends import backend_for
from autograd.utils.checkpoint import CheckpointError, checkpoint, checkpoint_sequential, set_checkpoint_early_stop
from tests.arrays import leaf


def body(x, w, power=2):
    hidden = (x * w).tanh()
    return (hidden * x).exp() * hidden**power


def gradients(run, *inputs):
    found = autograd.grad(run(*inputs).sum(), inputs, create_graph=True)
    again = autograd.grad(sum(g.sum() for g in found), inputs)
    return [g.tolist() for g in (*found, *again)]


@pytest.mark.parametrize("early_stop", [True, False])
@pytest.mark.parametrize("use_reentrant", [True, False, None])
def test_gradients_of_both_orders_are_the_same(early_stop, use_reentrant):
    x, w = leaf(0.5, -1.0), leaf(2.0, 0.3)

    def run(x, w):
        return checkpoint(body, x * 1, w, power=3, use_reentrant=use_reentrant, early_stop=early_stop)

    assert gradients(run, x, w) == gradients(lambda x, w: body(x * 1, w, power=3), x, w)


def test_nested_and_shared_with_a_closure():
    x, w = leaf(0.5, -1.0), leaf(2.0, 0.3)

    def outer(x):
        inner = checkpoint(body, x * 2, w, use_reentrant=False)
        return checkpoint(body, inner.tanh(), x, use_reentrant=False) * inner

    def plain(x):
        inner = body(x * 2, w)
        return body(inner.tanh(), x) * inner

    found = gradients(lambda x, w: checkpoint(outer, x, use_reentrant=False), x, w)
    assert found == gradients(lambda x, w: plain(x), x, w)


def test_backward_twice_with_a_retained_graph():
    x = leaf(0.5)
    y = checkpoint(body, x, x, use_reentrant=False)
    y.backward(retain_graph=True)
    first = x.grad.tolist()
    y.backward()
    assert x.grad.tolist() == [2 * value for value in first]
    with pytest.raises(RuntimeError, match="second time"):
        y.backward()


def test_memory_is_freed_and_the_graph_dies_without_the_collector():
    alive = []

    def function(x):
        hidden = (x * 2).exp()
        alive.append(weakref.ref(hidden._data))
        return (hidden * x).exp()

    gc.collect()
    gc.disable()
    try:
        x = leaf(0.5)
        y = checkpoint(function, x, use_reentrant=False)
        assert alive[0]() is None
        plain = function(x)
        assert alive[1]() is not None and plain is not None
        node = weakref.ref(y.node)
        y.backward()
        assert alive[2]() is None
        del y
        assert node() is None
        y = checkpoint(function, x, use_reentrant=False)
        node = weakref.ref(y.node)
        del y
        assert node() is None
    finally:
        gc.enable()


def test_without_recording_the_function_just_runs():
    x = leaf(0.5)
    with autograd.no_grad():
        assert not checkpoint(body, x, x, use_reentrant=False).requires_grad
    assert not checkpoint(body, x.detach(), x.detach(), use_reentrant=False).requires_grad


def test_random_numbers_repeat():
    masks = []

    def noisy(x, backend=None):
        mask = x.backend.generator.random(3, dtype="float64")
        masks.append(x.backend.to_numpy(mask).tolist())
        return x * autograd.tensor(masks[-1], dtype=autograd.float64) * x

    x = leaf(1.0, 2.0, 3.0)
    y = checkpoint(noisy, x, use_reentrant=False)
    x.backend.generator.random(3)
    expected = x.backend.generator.bit_generator.state if x.backend is backend_for("cpu") else None
    y.sum().backward()
    assert masks[0] == masks[1]
    if expected is not None:
        assert x.backend.generator.bit_generator.state == expected


def test_doing_something_else_the_second_time_is_an_error():
    calls = []

    def shrinking(x):
        calls.append(1)
        return (x * x) if len(calls) > 1 else (x * x) * (x * 2)

    x = leaf(0.5)
    with pytest.raises(CheckpointError, match="different number"):
        checkpoint(shrinking, x, use_reentrant=False).backward()

    calls.clear()

    def reshaping(x):
        calls.append(1)
        return (x[:1] * x[:1] if len(calls) > 1 else x * x).sum()

    with pytest.raises(CheckpointError, match="other shapes"):
        checkpoint(reshaping, leaf(1.0, 2.0), use_reentrant=False).backward()


def test_argument_that_is_written_to_is_an_error():
    x = leaf(0.5)
    y = x * 1
    z = checkpoint(body, y, x, use_reentrant=False)
    y *= 2
    with pytest.raises(CheckpointError, match="modified by an inplace"):
        z.backward()


def test_arguments_in_containers_and_context_fn():
    entered = []

    class Context:
        def __init__(self, name):
            self.name = name

        def __enter__(self):
            entered.append(self.name)

        def __exit__(self, *error):
            pass

    def function(pair, options):
        return (pair[0] * pair[1]).exp() * options["scale"]

    x, w = leaf(0.5), leaf(2.0)

    def run(x, w):
        contexts = lambda: (Context("first"), Context("again"))
        return checkpoint(function, [x, w], {"scale": x}, use_reentrant=False, context_fn=contexts)

    assert gradients(run, x, w) == gradients(lambda x, w: function([x, w], {"scale": x}), x, w)
    assert entered[:2] == ["first", "again"]
    with pytest.raises(ValueError, match="determinism_check"):
        checkpoint(function, [x, w], {"scale": x}, determinism_check="other")


def test_checkpoint_sequential():
    steps = [lambda x: x * 2, lambda x: x.tanh(), lambda x: x * x, lambda x: x.exp(), lambda x: x * 3]

    def chain(x):
        for step in steps:
            x = step(x)
        return x

    x = leaf(0.5, 1.0)
    for segments in (1, 2, 5):
        found = gradients(lambda x, n=segments: checkpoint_sequential(steps, n, x, use_reentrant=False), x)
        assert found == gradients(chain, x)
    with pytest.raises(ValueError, match="from 1 to 5"):
        checkpoint_sequential(steps, 6, x)


def test_early_stop_for_all():
    runs = []

    def function(x):
        y = x.exp()
        runs.append(len(runs))
        return y + 1

    x = leaf(0.5)
    checkpoint(function, x).backward()
    assert len(runs) == 1
    with set_checkpoint_early_stop(False):
        y = checkpoint(function, x)
    y.backward()
    assert len(runs) == 3


def test_saving_more_when_run_again_is_refused():
    runs = []

    def function(x):
        runs.append(1)
        return x.exp() if len(runs) == 1 else x.exp().sin()

    y = checkpoint(function, leaf(0.5), early_stop=False)
    with pytest.raises(CheckpointError, match="saved more than 1 values"):
        y.backward()
