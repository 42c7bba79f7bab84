"""Fusion of layers with batch normalization, `skip_init` and `functional_call`, against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from nn import utils
from nn.utils.stateless import functional_call
from tests.arrays import to_numpy
from tests.nn.against_torch import tensor
from tests.nn.twins import load, same


def lived_in(norm):
    """Statistics and weights of PyTorch's normalization as if it had been trained."""
    with torch.no_grad():
        for each in (*norm.parameters(), *norm.buffers()):
            if each.is_floating_point():
                each.uniform_(0.5, 1.5)
    return norm


@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize(
    ("kind", "norm", "options", "shape"),
    [
        ("Conv1d", "BatchNorm1d", {"bias": False}, (2, 4, 9)),
        ("Conv2d", "BatchNorm2d", {"groups": 2}, (2, 4, 6, 6)),
        ("Conv3d", "BatchNorm3d", {}, (1, 4, 4, 4, 4)),
        ("ConvTranspose2d", "BatchNorm2d", {"stride": 2}, (2, 4, 5, 5)),
    ],
)
def test_fused_convolutions(kind, norm, options, shape, affine):
    torch.manual_seed(0)
    their_conv, their_norm = getattr(torch.nn, kind)(4, 6, 3, **options), getattr(torch.nn, norm)(6, affine=affine)
    conv, their_conv = load(getattr(nn, kind)(4, 6, 3, **options).eval(), their_conv.eval())
    bn, their_norm = load(getattr(nn, norm)(6, affine=affine).eval(), lived_in(their_norm.eval()))
    conv.bias is None or conv.bias.requires_grad_(False)
    transpose = "Transpose" in kind
    fused = utils.fuse_conv_bn_eval(conv, bn, transpose)
    expected = torch.nn.utils.fuse_conv_bn_eval(their_conv, their_norm, transpose)
    for name, parameter in expected.named_parameters():
        same(fused.get_parameter(name), parameter)
    assert type(fused) is type(conv) and fused is not conv and fused.weight.requires_grad
    assert fused.bias.requires_grad == (conv.bias is None)
    x = autograd.randn(*shape)
    np.testing.assert_allclose(to_numpy(fused(x).detach()), to_numpy(bn(conv(x)).detach()), rtol=1e-4, atol=1e-5)


def test_fused_grouped_transposed_convolution():
    conv, bn = nn.ConvTranspose1d(4, 6, 3, groups=2).eval(), nn.BatchNorm1d(6).eval()
    autograd.nn.init.uniform_(bn.running_var, 0.5, 2.0)
    x = autograd.randn(2, 4, 5)
    fused = utils.fuse_conv_bn_eval(conv, bn, transpose=True)
    np.testing.assert_allclose(to_numpy(fused(x).detach()), to_numpy(bn(conv(x)).detach()), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("channels", "bias"), [(3, True), (3, False), (1, True), (1, False)])
def test_fused_linear(channels, bias):
    torch.manual_seed(1)
    linear, their_linear = load(nn.Linear(4, 3, bias).eval(), torch.nn.Linear(4, 3, bias).eval())
    bn, their_norm = load(nn.BatchNorm1d(channels).eval(), lived_in(torch.nn.BatchNorm1d(channels).eval()))
    fused = utils.fuse_linear_bn_eval(linear, bn)
    x = np.random.default_rng(0).standard_normal((5, 4)).astype("float32")
    expected = their_linear(torch.tensor(x))
    expected = their_norm(expected if channels == 3 else expected.reshape(-1, 1)).reshape(5, 3)
    same(fused(tensor(x)), expected, atol=1e-5)


def test_refusals_of_fusion():
    conv, bn = nn.Conv1d(2, 3, 1), nn.BatchNorm1d(3)
    with pytest.raises(AssertionError, match="only for eval"):
        utils.fuse_conv_bn_eval(conv.eval(), bn)
    with pytest.raises(AssertionError, match="running statistics"):
        utils.fuse_conv_bn_eval(conv, nn.BatchNorm1d(3, track_running_stats=False).eval())
    with pytest.raises(AssertionError, match=r"bn.num_features == 1, not 5 and 3"):
        utils.fuse_linear_bn_eval(nn.Linear(2, 5).eval(), bn.eval())


def test_skip_init_draws_nothing():
    autograd.manual_seed(5)
    layers = [
        utils.skip_init(nn.Linear, 2, 3, dtype=autograd.float64),
        utils.skip_init(nn.BatchNorm1d, num_features=3),
        utils.skip_init(nn.LazyLinear, 3),
    ]
    drawn = autograd.rand(3)
    autograd.manual_seed(5)
    assert autograd.rand(3).tolist() == drawn.tolist()
    assert layers[0].weight.dtype is autograd.float64 and layers[0].weight.shape == (3, 2)
    assert nn.init.ones_(layers[0].bias).tolist() == [1.0, 1.0, 1.0]
    with pytest.raises(RuntimeError, match="Expected a Module"):
        utils.skip_init(lambda device: None)
    with pytest.raises(RuntimeError, match="ReLU's constructor must take `device`"):
        utils.skip_init(nn.ReLU)


def build(library):
    class Net(library.Module):
        def __init__(self):
            super().__init__()
            self.inner = library.Linear(2, 2)
            self.w = library.Parameter(self.inner.weight.detach() + 1)
            self.tied = self.w
            self.register_buffer("steps", self.w.detach().sum() * 0)
            self.plain = 3

        def forward(self, x, scale=1.0):
            self.steps = self.steps + 1
            return self.inner(x) @ self.w + self.tied * scale

    return Net()


@pytest.fixture
def nets():
    torch.manual_seed(3)
    theirs = build(torch.nn)
    ours, theirs = load(build(nn), theirs)
    return ours, theirs


def given(seed, *names):
    rng = np.random.default_rng(seed)
    shapes = {"w": (2, 2), "tied": (2, 2), "inner.weight": (2, 2), "inner.bias": (2,), "steps": ()}
    arrays = {name: rng.standard_normal(shapes[name]).astype("float32") for name in names}
    return {name: tensor(a) for name, a in arrays.items()}, {n: torch.tensor(a) for n, a in arrays.items()}


ALL = ("w", "inner.weight", "inner.bias", "steps")


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (("w",), {}),
        (("tied",), {}),
        (("w",), {"tie_weights": False}),
        (("w", "tied"), {"tie_weights": False}),
        (("inner.weight", "inner.bias", "steps"), {}),
        (ALL, {"strict": True}),
        ((), {}),
    ],
)
def test_functional_call(nets, names, options):
    ours, theirs = nets
    our_tensors, their_tensors = given(7, *names)
    leaves = [value.requires_grad_() for name, value in our_tensors.items() if name != "steps"]
    their_leaves = [value.requires_grad_() for name, value in their_tensors.items() if name != "steps"]
    before = {name: id(tensor) for name, tensor in ours.named_parameters(remove_duplicate=False)}
    steps = ours.steps.item()
    out = functional_call(ours, our_tensors, autograd.ones(2), {"scale": 2.0}, **options)
    expected = torch.func.functional_call(theirs, their_tensors, torch.ones(2), {"scale": 2.0}, **options)
    same(out, expected)
    if leaves:
        gradients = autograd.grad(out.sum(), leaves)
        for our, their in zip(gradients, torch.autograd.grad(expected.sum(), their_leaves), strict=True):
            same(our, their)
    assert {name: id(tensor) for name, tensor in ours.named_parameters(remove_duplicate=False)} == before
    if "steps" in names:
        same(our_tensors["steps"], their_tensors["steps"])
        assert ours.steps.item() == steps
    assert list(our_tensors) == list(names)


def test_functional_call_with_several_dictionaries(nets):
    ours, theirs = nets
    first, their_first = given(1, "w")
    second, their_second = given(2, "steps", "inner.bias")
    out = functional_call(ours, (first, second), (autograd.ones(2),))
    expected = torch.func.functional_call(theirs, (their_first, their_second), (torch.ones(2),))
    same(out, expected)
    same(second["steps"], their_second["steps"])  # not written to


def test_functional_call_takes_attributes_that_are_new(nets):
    layer = nn.Identity()
    layer.forward = lambda: layer.extra * 2
    assert functional_call(layer, {"extra": autograd.ones(1)}).tolist() == [2.0]
    assert not hasattr(layer, "extra")
    layer.forward = lambda: delattr(layer, "extra")
    functional_call(layer, {"extra": autograd.ones(1)})
    assert not hasattr(layer, "extra")


def test_everything_is_back_after_an_error(nets):
    ours, _ = nets
    before = ours.w
    with pytest.raises(RuntimeError):
        functional_call(ours, given(1, "w")[0], (autograd.ones(3),))
    assert ours.w is before and ours.tied is before


@pytest.mark.parametrize(
    ("tensors", "options", "error", "text"),
    [
        ({"w": 1, "tied": 2}, {}, ValueError, r"multiple values for keys \['tied', 'w'\]"),
        ({"w": 1, "zz": 1}, {"strict": True}, RuntimeError, r"(?s)Unexpected key.*'zz'.*Missing key.*'inner.bias'"),
        (({"w": 1}, {"w": 1}), {}, ValueError, r"\['w'\] appeared in multiple"),
        (3, {}, ValueError, "to be a dict, or a list/tuple of dicts"),
        ([3], {}, ValueError, "to be dictionaries"),
        ({"w": "text"}, {}, TypeError, "'w' is given a str"),
        ({"nope.w": 1}, {}, AttributeError, "no attribute `nope`"),
        ({"": 1}, {}, KeyError, "no name of a tensor"),
        ({"inner": 1}, {}, TypeError, "'inner' is a Linear, not a Tensor"),
        ({"plain": 1}, {}, TypeError, "'plain' is a int"),
        ({"forward": 1}, {}, TypeError, "is computed by Net"),
    ],
)
def test_refusals_of_functional_call(nets, tensors, options, error, text):
    def made(value):
        return {name: autograd.full((2, 2), float(v)) if v in (1, 2) else v for name, v in value.items()}

    if isinstance(tensors, dict):
        tensors = made(tensors)
    elif isinstance(tensors, tuple):
        tensors = tuple(map(made, tensors))
    with pytest.raises(error, match=text):
        functional_call(nets[0], tensors, autograd.ones(2), **options)
