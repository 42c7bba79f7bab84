"""PyTorch's import paths lead to the same classes; hooks that run for every module."""

from __future__ import annotations

import importlib

import pytest
import torch

import autograd
import nn
from nn.modules import module as M


@pytest.mark.parametrize("path", ["activation", "batchnorm", "container", "conv", "distance", "dropout", "flatten",
    "fold", "instancenorm", "linear", "loss", "normalization", "padding", "pixelshuffle", "pooling", "rnn", "sparse",
    "transformer", "upsampling", "adaptive", "channelshuffle"])  # fmt: skip
def test_paths(path):
    home = importlib.import_module(f"nn.modules.{path}")
    names = getattr(importlib.import_module(f"torch.nn.modules.{path}"), "__all__")  # noqa: B009
    found = [name for name in names if hasattr(nn, name)]
    assert found and all(getattr(home, name) is getattr(nn, name) for name in found)
    assert getattr(nn.modules, path) is home
    with pytest.raises(AttributeError, match=f"module 'nn.modules.{path}' has no attribute 'Nope'"):
        home.Nope  # noqa: B018


def test_names_of_the_package():
    from nn.modules.batchnorm import _BatchNorm
    from nn.modules.utils import _pair, _triple
    from nn.parameter import Parameter

    assert nn.modules.Linear is nn.Linear is autograd.nn.modules.Linear and Parameter is nn.Parameter
    assert issubclass(nn.BatchNorm2d, _BatchNorm) and autograd.nn.utils is nn.utils
    assert _pair(3) == torch.nn.modules.utils._pair(3) and _triple([1, 2, 3]) == (1, 2, 3)
    assert M.Module is nn.Module
    assert repr(M._IncompatibleKeys([], [])) == "<All keys matched successfully>"
    with pytest.raises(AttributeError, match="module 'nn.modules' has no attribute 'Nope'"):
        nn.modules.Nope  # noqa: B018


def test_hooks_of_registration():
    seen = []
    replacement = nn.Parameter(autograd.ones(2))

    def note(module, name, value):
        seen.append((type(module).__name__, name, type(value).__name__))
        return replacement if name == "swapped" else None

    handles = [
        M.register_module_parameter_registration_hook(note),
        M.register_module_buffer_registration_hook(note),
        M.register_module_module_registration_hook(note),
    ]
    try:
        net = nn.Module()
        net.child = nn.Identity()
        net.add_module("other", nn.Identity())
        net.swapped = nn.Parameter(autograd.zeros(3))
        net.register_parameter("absent", None)
        net.register_buffer("state", autograd.zeros(1))
    finally:
        for handle in handles:
            handle.remove()
    net.register_buffer("later", autograd.zeros(1))
    assert seen == [
        ("Module", "child", "Identity"), ("Module", "other", "Identity"), ("Module", "swapped", "Parameter"),
        ("Module", "absent", "NoneType"), ("Module", "state", "Tensor"),
    ]  # fmt: skip
    assert net.swapped is replacement


def test_global_hooks_with_keywords_and_after_errors():
    class Layer(nn.Module):
        def forward(self, x, fail=False):
            if fail:
                raise RuntimeError("failed")
            return x * 2

    seen = []
    hook = M.register_module_forward_hook(
        lambda module, args, kwargs, out: seen.append((kwargs, out is None)), with_kwargs=True, always_call=True
    )
    with hook:
        Layer()(autograd.ones(1), fail=False)
        with pytest.raises(RuntimeError, match="failed"):
            Layer()(autograd.ones(1), fail=True)
    Layer()(autograd.ones(1))
    assert seen == [({"fail": False}, False), ({"fail": True}, True)]


def test_the_next_class_gets_the_arguments_if_asked_for():
    class Mixin:
        def __init__(self, size=0):
            self.size = size

    class Both(nn.Module, Mixin):
        call_super_init = True

    class Alone(nn.Module, Mixin):
        pass

    assert Both(size=3).size == 3
    with pytest.raises(TypeError, match="got arguments that Module does not take"):
        Alone(size=3)


def test_types_for_annotations():
    from nn.common_types import _size_2_opt_t, _size_2_t, _size_any_t

    theirs = importlib.import_module("torch.nn.common_types")
    names = [name for name in vars(theirs) if name.endswith("_t")]
    assert [name for name in names if not hasattr(nn.common_types, name)] == []
    assert (_size_2_t, _size_any_t) == (theirs._size_2_t, theirs._size_any_t)
    assert _size_2_opt_t == theirs._size_2_opt_t
    assert isinstance(nn.ReLU().register_forward_hook(print), autograd.utils.hooks.RemovableHandle)


def test_names_for_type_hints():
    from autograd.nn.common_types import _maybe_indices_t, _ratio_2_t, _size_2_t, _size_any_t
    from autograd.types import Device, Number, _dtype

    assert isinstance((1, 2), _size_2_t.__args__[1].__origin__) and _size_any_t.__args__[0] is int
    assert _ratio_2_t.__args__[0] is float and _maybe_indices_t.__args__[0] is autograd.Tensor
    assert isinstance(1.0, Number) and isinstance(autograd.device("cpu"), Device) and _dtype is autograd.dtype


def test_texts_are_indented_but_for_their_first_line():
    for modules in (nn.modules, torch.nn.modules):
        assert modules.module._addindent("a\nb\n\nc", 2) == "a\n  b\n\n  c"


def test_parts_of_transformers():
    first, second = nn.modules.transformer._get_clones(nn.Linear(2, 2), 2)
    assert first is not second and first.weight.tolist() == second.weight.tolist()
    assert nn.modules.transformer._get_activation_fn("gelu") is nn.functional.gelu
