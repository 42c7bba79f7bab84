"""Hooks of modules, run beside PyTorch's: what they see, in which order, and what they may replace."""

from __future__ import annotations

import pytest
import torch
import torch.nn.modules.module as TM

import autograd
import nn
from nn.modules import module as M

pytestmark = pytest.mark.filterwarnings("ignore:Full backward hook is firing:UserWarning")  # PyTorch's

SIDES = [(autograd, nn, M), (torch, torch.nn, TM)]


def listed(value):
    """Gradients as lists."""
    return [None if g is None else g.tolist() for g in value]


def build(library, modules):
    class Mix(modules.Module):
        def forward(self, a, b, scale=1.0):
            return {"pair": (a * b * scale, a + b), "one": a * b * scale}[self.kind]

    layer = Mix()
    layer.kind = "pair"
    return layer, library.tensor([1.0, 2.0], requires_grad=True), library.tensor([3.0, 4.0], requires_grad=True)


def on_both(run):
    """What `run(library, layer, a, b, register)` returns, which must be the same on both sides."""
    ours, theirs = (run(library, *build(library, modules), module) for library, modules, module in SIDES)
    assert ours == theirs
    return ours


def test_backward_hooks_see_and_replace():
    def run(library, layer, a, b, _):
        seen = []
        layer.register_full_backward_pre_hook(lambda m, out: seen.append(("pre", listed(out))))
        layer.register_full_backward_pre_hook(lambda m, out: tuple(g * 2 for g in out), prepend=True)
        layer.register_full_backward_hook(lambda m, inp, out: seen.append(("post", listed(inp), listed(out))))
        layer.register_full_backward_hook(lambda m, inp, out: tuple(g + 1 for g in inp))
        first, second = layer(a, b)
        (first.sum() + (second * 3).sum()).backward()
        return seen, a.grad.tolist(), b.grad.tolist()

    assert len(on_both(run)[0]) == 2


def test_backward_hooks_of_one_output_and_of_inputs_without_gradients():
    def run(library, layer, a, b, _):
        seen = []
        layer.kind = "one"
        layer.register_full_backward_pre_hook(lambda m, out: (out[0] * 10,))
        layer.register_full_backward_hook(lambda m, inp, out: seen.append((listed(inp), listed(out))))
        layer(a, b.detach()).sum().backward()
        with library.no_grad():
            layer(a, b)
        weight = library.tensor([2.0, 2.0], requires_grad=True)
        layer.forward = lambda x, y: x * weight
        layer(a.detach(), 3).sum().backward()
        return seen, a.grad.tolist(), weight.grad.tolist()

    assert len(on_both(run)[0]) == 2


def test_gradients_that_are_not_there():
    def run(library, layer, a, b, _):
        seen = []
        layer.register_full_backward_hook(lambda m, inp, out: seen.append((listed(inp), listed(out))))
        layer(a, b)[0].sum().backward()  # an output that is not used
        layer.forward = lambda x, y, z: (x * 2, y)
        layer(a, b, library.tensor([1, 2]))[0].sum().backward()  # an input that is not used, and one of integers
        return seen, a.grad.tolist(), listed([b.grad])

    on_both(run)


def test_backward_hooks_that_return_something_wrong():
    def run(library, layer, a, b, _):
        texts = []
        layer.kind = "one"
        handle = layer.register_full_backward_hook(lambda m, inp, out: (inp[0],))
        with pytest.raises(RuntimeError) as error:
            layer(a, b).sum().backward()
        texts.append("invalid number of grad_input" in str(error.value))
        handle.remove()
        with layer.register_full_backward_pre_hook(lambda m, out: (out[0], None)), pytest.raises(RuntimeError) as error:
            layer(a, b).sum().backward()
        texts.append("invalid number of grad_output" in str(error.value))
        layer.register_full_backward_hook(lambda m, inp, out: inp)  # None for each is nothing
        layer.register_full_backward_hook(lambda m, inp, out: out)
        weight = library.tensor([2.0, 2.0], requires_grad=True)
        layer.forward = lambda x: x * weight
        with pytest.raises(RuntimeError) as error:
            layer(a.detach()).sum().backward()
        texts.append("should always return None" in str(error.value))
        return texts

    assert on_both(run) == [True, True, True]


def test_forward_hooks_with_keywords():
    def run(library, layer, a, b, _):
        seen = []
        layer.kind = "one"
        layer.register_forward_pre_hook(lambda m, args, kwargs: (args, {"scale": 5.0}), with_kwargs=True)
        layer.register_forward_pre_hook(lambda m, args: (args[0] + 1, args[1]), prepend=True)
        layer.register_forward_hook(lambda m, args, kwargs, out: seen.append(kwargs), with_kwargs=True)
        layer.register_forward_hook(lambda m, args, out: out + 1)
        return layer(a, b, scale=2.0).tolist(), seen

    on_both(run)


def test_a_pre_hook_must_return_a_pair():
    def run(library, layer, a, b, _):
        layer.register_forward_pre_hook(lambda m, args, kwargs: args[0], with_kwargs=True)
        with pytest.raises(RuntimeError, match="must return None or a tuple of"):
            layer(a, b)

    on_both(run)


def test_hooks_that_always_run():
    def run(library, layer, a, b, _):
        seen = []
        layer.register_forward_hook(lambda m, args, out: seen.append("usual"))
        layer.register_forward_hook(lambda m, args, out: seen.append(out), always_call=True)
        with pytest.raises(TypeError):
            layer(a, b, wrong=1)
        return seen

    assert on_both(run) == [None]


def test_hooks_of_all_modules():
    def run(library, layer, a, b, module):
        seen = []
        layer.kind = "one"
        layer.register_full_backward_hook(lambda m, inp, out: seen.append("own"))
        with (
            module.register_module_forward_pre_hook(lambda m, args: seen.append("before")),
            module.register_module_full_backward_pre_hook(lambda m, out: seen.append(listed(out))),
            module.register_module_full_backward_hook(lambda m, inp, out: seen.append(listed(inp))),
        ):
            layer(a, b).sum().backward()
        layer(a, b)
        return seen

    assert on_both(run)[-1] == "own"


def test_named_outputs_keep_their_class():
    layer, a, _ = build(autograd, nn)
    layer.register_full_backward_hook(lambda m, inp, out: None)
    layer.forward = lambda x: x.max(dim=0)
    out = layer(a)
    assert out.values.item() == 2.0 and out.indices.item() == 1 and type(out) is type(a.max(dim=0))
