"""grad, vjp, jvp and linearize against PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd import func
from tests.arrays import to_numpy

# PyTorch's own forward mode warns of its own use of torch.jit.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")

VECTOR = np.array([0.3, -1.2, 0.7, 1.9])
OTHER = np.array([1.1, 0.4, -0.6, 0.2])


def placed(array, **options):
    """A tensor on the device under test; an array by itself would stay where it is."""
    return autograd.tensor(array, device=autograd.get_default_device(), **options)


def tensors(*arrays):
    return tuple(placed(array) for array in arrays), tuple(torch.tensor(array) for array in arrays)


def leaves(value):
    """The tensors in nested containers, in the order of PyTorch's."""
    if isinstance(value, dict):
        return [leaf for key in sorted(value) for leaf in leaves(value[key])]
    if isinstance(value, (tuple, list)):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def same(found, expected):
    ours, theirs = leaves(found), leaves(expected)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert not one.requires_grad
        assert tuple(one.shape) == tuple(other.shape)
        np.testing.assert_allclose(to_numpy(one), other.detach().numpy(), rtol=1e-9, atol=1e-12)


def product(x, y):
    return (x.sin() * y).sum()


@pytest.mark.parametrize("argnums", [0, 1, -1, (0, 1), (1,)])
def test_grad_by_arguments(argnums):
    ours, theirs = tensors(VECTOR, OTHER)
    found, expected = func.grad(product, argnums)(*ours), torch.func.grad(product, argnums)(*theirs)
    assert isinstance(found, tuple) is isinstance(argnums, tuple)
    same(found, expected)
    same(func.grad_and_value(product, argnums)(*ours), torch.func.grad_and_value(product, argnums)(*theirs))


def test_nested_arguments_and_what_is_handed_on():
    ours, theirs = tensors(VECTOR, OTHER)

    def loss(state, factor, power=1):
        out = (state["w"] ** power * factor).sum() + state["more"][0].exp().sum()
        return out, {"out": out}

    for transform in ("grad", "grad_and_value"):
        found = getattr(func, transform)(loss, has_aux=True)({"w": ours[0], "more": [ours[1]]}, 3.0, power=2)
        expected = getattr(torch.func, transform)(loss, has_aux=True)(
            {"w": theirs[0], "more": [theirs[1]]}, 3.0, power=2
        )
        same(found[0], expected[0])
        aux = found[1][1] if transform == "grad_and_value" else found[1]
        assert not aux["out"].requires_grad
        assert set(found[0]) == {"w", "more"} and isinstance(found[0]["more"], list)


def test_gradients_of_gradients():
    (x,), (tx,) = tensors(0.7)

    def f(v):
        return v.sin() * v**3

    ours, theirs = f, f
    for _ in range(4):
        ours, theirs = func.grad(ours), torch.func.grad(theirs)
        same(ours(x), theirs(tx))


def test_no_confusion_of_levels():
    (x,), (tx,) = tensors(2.0)

    def outer(transform):
        return lambda v: v * transform(lambda w: v * w * w)(v * 3)

    same(func.grad(outer(func.grad))(x), torch.func.grad(outer(torch.func.grad))(tx))


def test_a_captured_tensor_that_records_stays_connected():
    w = placed(VECTOR, requires_grad=True)
    (x,), _ = tensors(OTHER)
    found = func.grad(lambda v: (v * v * w).sum())(x)
    assert found.requires_grad
    found.sum().backward()
    np.testing.assert_allclose(to_numpy(w.grad), 2 * OTHER)
    x.requires_grad_()
    func.grad(lambda v: (v**3).sum())(x).sum().backward()
    np.testing.assert_allclose(to_numpy(x.grad), 6 * OTHER)


def test_modes():
    (x,), _ = tensors(VECTOR)
    x.requires_grad_()
    with autograd.no_grad():
        found = func.grad(lambda v: (v * v).sum())(x)
    assert not found.requires_grad
    np.testing.assert_allclose(to_numpy(found), 2 * VECTOR)

    def half_constant(v):
        with autograd.no_grad():
            c = v**2
        return (c * v).sum()

    np.testing.assert_allclose(to_numpy(func.grad(half_constant)(x.detach())), VECTOR**2)


def test_an_argument_that_does_not_matter_has_zeros():
    ours, _ = tensors(VECTOR, OTHER)
    assert not to_numpy(func.grad(lambda x, y: x.sum(), 1)(*ours)).any()
    assert not to_numpy(func.grad(lambda x: autograd.tensor(1.0))(ours[0])).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: func.grad(lambda v: v)(x), "scalar tensor, got tensor of 1 dims"),
        (lambda x: func.grad(lambda v: 3.0)(x), "got float"),
        (lambda x: func.grad(lambda v: v.sum(), has_aux=True)(x), "output, aux"),
        (lambda x: func.grad(lambda v: v.sum(), 1)(x), "argnum=1, but only 1"),
        (lambda x: func.grad(lambda v: v.sum(), ())(x), "non-empty tuple"),
        (lambda x: func.grad(lambda v, w: v.sum(), (0, -2))(x, x), "unique"),
        (lambda x: func.vjp(lambda v: 3.0, x), "only Tensors, got float"),
        (lambda x: func.vjp(lambda v: (), x), "at least one"),
        (lambda x: func.vjp(lambda v: v, x)[1]((x, x)), "nested"),
        (lambda x: func.vjp(lambda v: v, x)[1](2.0), "to be Tensors, got float"),
        (lambda x: func.vjp(lambda v: v, x)[1](x.sum()), r"shape \[4\], got \[\]"),
        (lambda x: func.jvp(lambda v: v, x, x), "tuples"),
        (lambda x: func.jvp(lambda v: v, (x,), (x.sum(),)), r"tangents of shape \[4\]"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(RuntimeError, match=message):
        call(placed(VECTOR))


def test_inputs_that_are_no_tensors():
    with pytest.raises(ValueError, match="got float"):
        func.grad(lambda v: v)(3.0)


def several(x, y):
    return {"a": x.outer(y) if hasattr(x, "outer") else None, "b": (x * y).sum()}


def test_vjp():
    ours, theirs = tensors(VECTOR, OTHER)
    value, pull = func.vjp(several, *ours)
    expected, their_pull = torch.func.vjp(several, *theirs)
    same(value, expected)
    seeds = {"a": np.arange(16.0).reshape(4, 4), "b": np.array(2.0)}
    for _ in range(2):
        found = pull({name: placed(seed) for name, seed in seeds.items()})
        assert isinstance(found, tuple) and len(found) == 2
        same(found, their_pull({name: torch.tensor(seed) for name, seed in seeds.items()}))
    value, _, aux = func.vjp(lambda x: (x * 2, x.sum()), ours[0], has_aux=True)
    same([value, aux], [theirs[0] * 2, theirs[0].sum()])


def test_vjp_within_grad():
    ours, theirs = tensors(VECTOR, OTHER)

    def second(module):
        def f(x, v):
            _, pull = module.vjp(lambda w: w**3, x)
            return (pull(v)[0] * v).sum()

        return module.grad(f, argnums=(0, 1))

    same(second(func)(*ours), second(torch.func)(*theirs))


def test_jvp_and_linearize():
    ours, theirs = tensors(VECTOR, OTHER)

    def f(x, y):
        return (x * y).exp(), {"s": (x * x).sum()}

    found = func.jvp(f, ours, (ours[1], ours[0]))
    expected = torch.func.jvp(f, theirs, (theirs[1], theirs[0]))
    same(found, expected)
    value, push = func.linearize(f, *ours)
    same([value, push(ours[1], ours[0])], expected)
    same([push(ours[0], ours[0])], [torch.func.jvp(f, theirs, (theirs[0], theirs[0]))[1]])
    value, tangent, aux = func.jvp(lambda x: (x * x, x.sum()), ours[:1], ours[1:], has_aux=True)
    same([value, tangent, aux], [theirs[0] ** 2, 2 * theirs[0] * theirs[1], theirs[0].sum()])


def test_jvp_of_what_does_not_depend_is_zero():
    ours, _ = tensors(VECTOR, OTHER)
    _, tangent = func.jvp(lambda x: autograd.ones(3), ours[:1], ours[1:])
    assert tangent.shape == (3,) and not to_numpy(tangent).any()


def test_jvp_within_grad():
    ours, theirs = tensors(VECTOR, OTHER)

    def second(module):
        return module.grad(lambda x, v: module.jvp(lambda w: (w**3).sum(), (x,), (v,))[1], argnums=(0, 1))

    same(second(func)(*ours), second(torch.func)(*theirs))


def test_complex_numbers():
    z, v = VECTOR + 1j * OTHER, OTHER - 0.5j * VECTOR

    def f(x):
        return x * x.conj() + x**2

    ours, theirs = tensors(z, v)
    _, pull = func.vjp(f, ours[0])
    _, their_pull = torch.func.vjp(f, theirs[0])
    same(pull(ours[1]), their_pull(theirs[1]))
    same(func.jvp(f, ours[:1], ours[1:]), torch.func.jvp(f, theirs[:1], theirs[1:]))


def test_jvp_strict_refuses_outputs_that_do_not_depend_on_the_inputs():
    for library in (autograd, torch):
        x, v = library.tensor([1.0, 2.0]), library.tensor([3.0, 4.0])
        fixed = library.ones(2)
        _, derivative = library.func.jvp(lambda x, fixed=fixed: (x * 2, fixed), (x,), (v,))
        assert derivative[1].tolist() == [0.0, 0.0]
        assert library.func.jvp(lambda x: x * 2, (x,), (v,), strict=True)[1].tolist() == [6.0, 8.0]
        with pytest.raises(RuntimeError, match="independent of the inputs"):
            library.func.jvp(lambda x, fixed=fixed: (x * 2, fixed), (x,), (v,), strict=True)
