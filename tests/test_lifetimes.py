"""What uses the graph lets go of it: nothing is left for the collector of cycles, which is off here."""

from __future__ import annotations

import gc
import weakref

import pytest

import autograd
import nn
from autograd import func, graph
from tests.arrays import leaf


def hooks_of_modules(x):
    layer = nn.Linear(2, 2, dtype=autograd.float64)
    layer.register_full_backward_pre_hook(lambda module, outputs: None)
    layer.register_full_backward_hook(lambda module, inputs, outputs: None)
    layer(x).sum().backward()


def hooks_of_several(x):
    y = x * 2
    graph.register_multi_grad_hook([x, y], lambda gradients: None)
    y.sum().backward()


def transforms(x):
    func.vmap(func.grad(lambda element: (element * x).sum()))(x)
    func.hessian(lambda inputs: (inputs["x"] ** 3).sum())({"x": x})


def batched_gradients(x):
    autograd.grad(x * x, x, autograd.eye(2, dtype=autograd.float64), is_grads_batched=True)


@pytest.mark.parametrize("use", [hooks_of_modules, hooks_of_several, transforms, batched_gradients])
def test_nothing_is_left(use):
    def alive():
        x = leaf(1.0, 2.0)
        use(x)
        return weakref.ref(x)

    gc.collect()
    gc.disable()
    try:
        assert alive()() is None
    finally:
        gc.enable()
