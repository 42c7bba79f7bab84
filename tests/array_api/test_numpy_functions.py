"""NumPy's functions on tensors are ours where we have them, and NumPy's own where nothing needs to be recorded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.special

import autograd

pytestmark = pytest.mark.cpu_only


def calls(name):
    return (Path(__file__).parent / name).read_text().splitlines()


U = np.array([0.5, 1.5, -1.0, 3.0])
D = np.array([2.0, 1.0, 4.0, 1.5])


@pytest.mark.parametrize("call", calls("numpy_recorded.txt"))
def test_recorded(call):
    t = autograd.tensor(D, requires_grad=True)
    ours = eval(call, {"np": np, "t": t, "u": U, "special": scipy.special})
    assert isinstance(ours, autograd.Tensor) and ours.grad_fn is not None
    np.testing.assert_allclose(ours.detach().numpy(), eval(call, {"np": np, "t": D, "u": U, "special": scipy.special}))


@pytest.mark.parametrize("call", calls("numpy_plain.txt"))
def test_plain(call):
    ours = eval(call, {"np": np, "d": autograd.tensor(D)})
    np.testing.assert_allclose(np.asarray(ours), eval(call, {"np": np, "d": D}))


def test_kinds_of_results():
    d = autograd.tensor(D)
    assert isinstance(np.cbrt(d), autograd.Tensor) and isinstance(U + d, autograd.Tensor)
    assert np.shape(d) == (4,) and np.size(d) == 4 and np.ndim(d) == 1
    assert np.allclose(d, d) is True and np.array_equal(d, d)
    assert isinstance(np.split(d, 2)[0], autograd.Tensor)
    assert (np.float32(2) * autograd.ones(1)).dtype is autograd.float32  # a scalar does not decide the type


def test_results_in_arrays():
    d, out = autograd.tensor(D), np.zeros(4)
    assert np.add(d, 1, out=out) is out and out.tolist() == (D + 1).tolist()
    assert np.sum(d, axis=0, out=(total := np.zeros(()))) is total and total == D.sum()
    out += d
    assert out.tolist() == (2 * D + 1).tolist()


def test_answers_without_a_gradient_are_given_of_what_requires_one():
    t = autograd.tensor(D, requires_grad=True)
    assert np.array_equal(t, D) and np.isrealobj(t) and not np.shares_memory(t, D)
    assert np.isposinf(t).tolist() == [False] * 4 and np.digitize(t, [1.2]).tolist() == [1, 0, 1, 1]


def test_refusals():
    t = autograd.tensor(D, requires_grad=True)
    with pytest.raises(RuntimeError, match="Can't call numpy"):
        np.cbrt(t)
    for call in (lambda: np.add(D, D, out=t.detach()), lambda: np.cumsum(t.detach(), out=t.detach())):
        with pytest.raises(TypeError, match=r"numpy\.(add|cumsum): out= cannot be a Tensor"):
            call()
