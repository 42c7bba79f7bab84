"""autograd.functional against torch.autograd.functional, and the names of torch.autograd."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd.autograd import Variable
from tests.arrays import to_numpy
from tests.func.test_grad import leaves, placed, tensors

ours, theirs = autograd.functional, torch.autograd.functional
MATRIX = np.array([[0.3, -1.2, 0.7], [1.9, 0.5, -0.4]])
VECTOR = np.array([0.8, -0.3, 1.4])

pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")


def compare(found, expected):
    ones, others = leaves(found), leaves(expected)
    assert len(ones) == len(others)
    for one, other in zip(ones, others, strict=True):
        assert tuple(one.shape) == tuple(other.shape) and one.requires_grad == other.requires_grad
        np.testing.assert_allclose(to_numpy(one), other.detach().numpy(), rtol=1e-9, atol=1e-12)


def two(w, x):
    return (w @ x).sin(), (w * w).sum() * x


def one(x):
    return x.exp() * x.sum()


def scalar(w, x):
    return ((w @ x) ** 3).sum()


VECTORIZED = [{}, {"vectorize": True}, {"vectorize": True, "strategy": "forward-mode"}]


@pytest.mark.parametrize("options", VECTORIZED)
def test_jacobian(options):
    (w, x), (tw, tx) = tensors(MATRIX, VECTOR)
    compare(ours.jacobian(two, (w, x), **options), theirs.jacobian(two, (tw, tx), **options))
    compare(ours.jacobian(one, x, **options), theirs.jacobian(one, tx, **options))
    compare(ours.jacobian(one, (x,), **options), theirs.jacobian(one, (tx,), **options))
    assert ours.jacobian(lambda v: v[:0], x, **options).shape == (0, 3)


@pytest.mark.parametrize(
    "options", [{}, {"vectorize": True}, {"vectorize": True, "outer_jacobian_strategy": "forward-mode"}]
)
def test_hessian(options):
    (w, x), (tw, tx) = tensors(MATRIX, VECTOR)
    theirs_off = {"vectorize": options.get("vectorize", False)}  # PyTorch's forward mode leaves its graph on the result
    compare(ours.hessian(scalar, (w, x), **options), theirs.hessian(scalar, (tw, tx), **theirs_off))
    compare(
        ours.hessian(lambda v: (v**3).sum(), x, **options), theirs.hessian(lambda v: (v**3).sum(), tx, **theirs_off)
    )


def test_products():
    (w, x), (tw, tx) = tensors(MATRIX, VECTOR)
    seeds = np.array([0.4, -2.0]), 2 * VECTOR
    compare(
        ours.vjp(two, (w, x), tuple(map(placed, seeds))),
        theirs.vjp(two, (tw, tx), tuple(map(torch.tensor, seeds))),
    )
    compare(ours.jvp(two, (w, x), (w * 2, x)), theirs.jvp(two, (tw, tx), (tw * 2, tx)))
    for name in ("vhp", "hvp"):
        compare(getattr(ours, name)(scalar, (w, x), (w * 2, x)), getattr(theirs, name)(scalar, (tw, tx), (tw * 2, tx)))
    compare(ours.vjp(lambda v: v.sum(), x), theirs.vjp(lambda v: v.sum(), tx))


@pytest.mark.parametrize("name", ["jacobian", "hessian", "vjp", "jvp", "vhp", "hvp"])
@pytest.mark.parametrize("vectorize", [False, True])
def test_create_graph(name, vectorize):
    found = []
    options = {"vectorize": vectorize} if name in ("jacobian", "hessian") else {}
    for module, make in ((ours, placed), (theirs, torch.tensor)):
        x = make(VECTOR, requires_grad=True)
        f = one if name in ("jacobian", "vjp", "jvp") else lambda v: (v**4).sum()
        args = () if options or name in ("jacobian", "hessian") else (make(VECTOR[::-1].copy()),)
        result = getattr(module, name)(f, x, *args, create_graph=True, **options)
        (result[1] if isinstance(result, tuple) else result).sum().backward()
        found.append(x.grad)
        if name in ("jacobian", "hessian"):
            assert not getattr(module, name)(f, x, **options).requires_grad
    np.testing.assert_allclose(to_numpy(found[0]), found[1].numpy())


def zeros_or_strict(name, f, *args):
    """Without strict zeros, with strict PyTorch's refusal."""
    x, tx = placed(VECTOR), torch.tensor(VECTOR)
    given = [placed(a) for a in args], [torch.tensor(a) for a in args]
    compare(
        getattr(ours, name)(lambda v: f(autograd, v), x, *given[0]),
        getattr(theirs, name)(lambda v: f(torch, v), tx, *given[1]),
    )
    for module, library, place, rest in ((ours, autograd, x, given[0]), (theirs, torch, tx, given[1])):
        with pytest.raises(RuntimeError, match="strict mode"):
            getattr(module, name)(lambda v, library=library: f(library, v), place, *rest, strict=True)


@pytest.mark.parametrize(
    ("name", "args"),
    [("jacobian", ()), ("hessian", ()), ("vjp", (1.0,)), ("jvp", (VECTOR,)), ("vhp", (VECTOR,)), ("hvp", (VECTOR,))],
)
def test_strict(name, args):
    zeros_or_strict(name, lambda library, v: library.ones((), dtype=library.float64), *args)
    if name in ("hessian", "vhp", "hvp"):
        zeros_or_strict(name, lambda library, v: v.sum(), *args)


def test_strict_of_a_partial_dependence():
    x, y = placed(VECTOR), placed(VECTOR)
    with pytest.raises(RuntimeError, match="independent of input 1"):
        ours.jacobian(lambda a, b: a * 2, (x, y), strict=True)
    with pytest.raises(RuntimeError, match="create_graph=True"):
        ours.jacobian(lambda a: a * 2, x, strict=True, create_graph=True)
    with pytest.raises(RuntimeError, match="independent of input 1"):
        ours.vhp(lambda a, b: (a**3).sum() + 0 * b.detach().sum(), (x, y), (x, y), strict=True)
    assert to_numpy(ours.jacobian(lambda a: a**2, x, strict=True)).shape == (3, 3)


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda x: ours.jacobian(one, [x]), TypeError, "inputs given to jacobian"),
        (lambda x: ours.jacobian(one, (x, 1.0)), TypeError, "index 1"),
        (lambda x: ours.jacobian(lambda v: 3, x), TypeError, "type int"),
        (lambda x: ours.jacobian(one, x, strict=True, vectorize=True), RuntimeError, "not supported together"),
        (lambda x: ours.jacobian(one, x, strategy="sideways"), ValueError, "strategy"),
        (lambda x: ours.jacobian(one, x, strategy="forward-mode"), NotImplementedError, "vectorize=True"),
        (lambda x: ours.hessian(one, x), RuntimeError, "single element"),
        (lambda x: ours.vhp(lambda v: (v.sum(),), x, x), RuntimeError, "single Tensor"),
        (lambda x: ours.vjp(one, x), RuntimeError, "v can only be None if the user-provided function"),
        (lambda x: ours.jvp(one, x), RuntimeError, "v can only be None if the input"),
        (lambda x: ours.vjp(one, x, x[:2]), RuntimeError, "invalid size"),
        (lambda x: ours.vjp(one, x, (x, x)), RuntimeError, "single Tensor"),
        (lambda x: ours.vjp(lambda v: (v, v), x, (x,)), RuntimeError, "invalid length: should be 2 but got 1"),
        (lambda x: ours.vjp(lambda v: (v, v), x, (x, x[:1])), RuntimeError, "Entry 1 in v"),
    ],
)
def test_refusals(call, kind, message):
    with pytest.raises(kind, match=message):
        call(placed(VECTOR))


def test_names_of_torch_autograd():
    module = autograd.autograd
    assert module.grad is autograd.grad and module.Function is autograd.Function and module.functional is ours
    assert module.graph is autograd.graph and module.no_grad is autograd.no_grad
    assert autograd.vmap is autograd.func.vmap
    x = Variable(autograd.ones(2), requires_grad=True)
    assert x.requires_grad and isinstance(x, Variable) and not isinstance(3, Variable)
