"""The tensor itself: how it is made, what it says of itself, what it converts to, its gradient as an attribute."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from tests.arrays import leaf, to_numpy
from tests.functions.pairs import agree, refuse


def ones(t, *shape, **options):
    return t.ones(*shape, dtype=t.float64, **options)


ANSWERS = {
    "made of nothing": lambda t: t.Tensor().shape[0],
    "made by sizes": lambda t: tuple(t.Tensor(2, 3).shape),
    "made of values": lambda t: t.Tensor([1, 2]),
    "bytes": lambda t: (ones(t, 3).nbytes, ones(t, 3).itemsize, ones(t, 3).element_size()),
    "signs": lambda t: (ones(t, 1).is_signed(), t.ones(1, dtype=t.uint8).is_signed()),
    "one size and stride": lambda t: (ones(t, 2, 3).size(1), ones(t, 2, 3).stride(0), ones(t, 2, 3).storage_offset()),
    "number of elements": lambda t: ones(t, 2, 3).shape.numel(),
    "complex number": lambda t: complex(t.tensor(2.0)),
    "index": lambda t: [5, 6, 7][t.tensor(1)],
    "contains": lambda t: (2.0 in t.tensor([1.0, 2.0]), 3.0 in t.tensor([1.0, 2.0])),
    "format": lambda t: f"{t.tensor(2.0):.3f}",
    "iterates": lambda t: [x.item() for x in t.tensor([1.0, 2.0])],
    "real part written": lambda t: written(t, "real"),
    "imaginary part written": lambda t: written(t, "imag"),
    "shifts": lambda t: (1 << t.tensor([1, 2]), 8 >> t.tensor([1, 2])),
    "other things": lambda t: (t.ones(1) == "x", t.ones(1) != "x"),
    "reflected": lambda t: (7.0 // t.tensor([2.0]), 7.0 % t.tensor([2.0]), 2.0 ** t.tensor([3.0])),
    "polygamma": lambda t: (ones(t, 2).polygamma(1), ones(t, 2).polygamma_(1)),
    "power": lambda t: t.tensor([4.0, 9.0]) ** 0.5,
    "types by Python's names": lambda t: [t.zeros(1, dtype=kind) for kind in (float, int, bool, complex)],
    "constants": lambda t: (t.pi, t.e, t.inf, t.newaxis),
}


def written(t, part):
    z = t.tensor([1 + 2j, 3 - 1j])
    setattr(z, part, t.tensor([5.0, 6.0]))
    return z


@pytest.mark.parametrize("call", ANSWERS.values(), ids=ANSWERS)
def test_answers(call):
    agree(call)


def assign_grad(t, value):
    ones(t, 2, requires_grad=True).grad = value


def assign_data(t):
    ones(t, 2).data = 3.0


def assign_own_grad(t):
    x = ones(t, 2, requires_grad=True)
    x.grad = x


def assign_integers(t):
    ones(t, 2, requires_grad=True).data = t.arange(2)


REFUSALS = {
    "length of 0-d": (lambda t: len(t.tensor(1.0)), "0-d"),
    "iteration over 0-d": (lambda t: iter(t.tensor(1.0)), "0-d"),
    "truth of several": (lambda t: bool(t.ones(2)), "ambiguous"),
    "truth of none": (lambda t: bool(t.ones(0)), "no values"),
    "index by a fraction": (lambda t: [5, 6][t.tensor(1.0)], "integer tensors"),
    "item": (lambda t: t.ones(2).item(), "cannot be converted"),
    "flag of what was computed": (
        lambda t: (ones(t, 2, requires_grad=True) * 2).requires_grad_(False), "leaf variables"
    ),
    "flag of integers": (lambda t: t.arange(2).requires_grad_(), "floating"),
    "gradient of another type of value": (lambda t: assign_grad(t, 3.0), "Tensor or None"),
    "gradient of another shape": (lambda t: assign_grad(t, ones(t, 3)), "size"),
    "gradient of another element type": (lambda t: assign_grad(t, t.ones(2)), "type"),
    "gradient that is the tensor": (assign_own_grad, "own grad"),
    "data of another type": (assign_data, "Tensor"),
    "integers as data of what requires a gradient": (assign_integers, "floating"),
    "view detached": (lambda t: ones(t, 2)[:1].detach_(), "views"),
    "numpy of the recorded": (lambda t: ones(t, 2, requires_grad=True).numpy(), "detach"),
    "hook of a constant": (lambda t: ones(t, 2).register_hook(print), "require"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(call, message):
    refuse(call, message)


def test_flags_may_be_assigned():
    x = autograd.ones(2)
    x.requires_grad = True
    assert x.requires_grad and not x.is_cuda
    x.requires_grad = False
    assert not x.requires_grad


def test_gradients_may_be_assigned():
    x = leaf(1.0, 2.0)
    y = x * 2
    y.grad = x.detach()
    assert y.grad.tolist() == [1.0, 2.0]
    x.grad = y.detach()
    (x * 1).sum().backward()
    assert x.grad.tolist() == [3.0, 5.0]
    del x.grad
    assert x.grad is None
    constant = autograd.ones(2)
    constant.grad = autograd.zeros(2)
    assert constant.grad.tolist() == [0.0, 0.0]
    constant.requires_grad = True
    (constant * 3).sum().backward()
    assert constant.grad.tolist() == [3.0, 3.0]


def test_detached_in_place():
    x = leaf(1.0)
    y = x * 2
    assert y.detach_() is y and not y.requires_grad


def test_hooks_of_leaves_add_up():
    x, seen = leaf(1.0), []
    x.retain_grad()
    for name in "ab":
        x.register_post_accumulate_grad_hook(lambda t, name=name: seen.append((name, t.grad.item())))
    (x * 3).backward()
    assert seen == [("a", 3.0), ("b", 3.0)] and not x.retains_grad


@pytest.mark.cpu_only
def test_numpy_asks_for_the_array():
    x = autograd.tensor([1.0, 2.0])
    assert np.asarray(x, dtype="int64").tolist() == [1, 2]
    copied = np.array(x, copy=True)
    copied[0] = 9.0
    assert np.asarray(x)[0] == 1.0 and np.asarray(x, copy=True) is not x._data


def test_numpy_of_another_device():
    x = autograd.ones(2, device="sim", requires_grad=True)
    with pytest.raises(TypeError, match=r"use tensor\.cpu\(\)"):
        x.detach().numpy()
    assert x.numpy(force=True).tolist() == [1.0, 1.0]


def test_of_a_type_with_a_name_and_without():
    class Named(autograd.Tensor):
        pass

    assert type(Named([1.0])) is Named and to_numpy(Named([1.0])).tolist() == [1.0]
    assert repr(autograd.ones(2, 3).shape) == "autograd.Size([2, 3])"
