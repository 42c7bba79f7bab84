"""Operators between tensors and NumPy's scalars, numbers beyond the element type, booleans, and objects of other classes."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from tests.functions.pairs import agree, refuse

ANSWERED = {
    "float64 and integers": lambda lib: lib.tensor([1, 2]) * np.float64(2.5),
    "float64 before integers": lambda lib: np.float64(2.5) - lib.tensor([1, 2]),
    "float32 and a number's tensor": lambda lib: lib.tensor(2) + np.float32(0.5),
    "int32 and booleans": lambda lib: lib.tensor([True, False]) + np.int32(3),
    "int64 into int32": lambda lib: lib.tensor([1, 2], dtype=lib.int32).mul_(np.int64(3)),
    "a limit": lambda lib: lib.clamp(lib.tensor([1, 2]), np.float64(1.5)),
    "bytes by a negative number": lambda lib: lib.tensor([1, 2], dtype=lib.uint8) / -1,
    "a negative number by bytes": lambda lib: -1 / lib.tensor([1, 2], dtype=lib.uint8),
    "bytes by a large number": lambda lib: lib.tensor([1, 2], dtype=lib.uint8) / 2**40,
    "bytes wrap around": lambda lib: lib.tensor([1, 2], dtype=lib.uint8) + (-3),
    "bytes wrap around again": lambda lib: lib.tensor([1, 2], dtype=lib.uint8) + (-3),
    "xlogy of bytes": lambda lib: lib.special.xlogy(-1, lib.tensor([1, 2], dtype=lib.uint8)),
    "a polynomial of integer degrees": lambda lib: lib.special.hermite_polynomial_he(0.5, lib.tensor([1, 2, 3])),
    "a shifted polynomial": lambda lib: lib.special.shifted_chebyshev_polynomial_u(0.5, lib.tensor([1, 2, 3])),
    "a list repeated": lambda lib: [1, 2] * lib.tensor(2) + lib.tensor(2) * [3],
    "text repeated": lambda lib: lib.tensor(2) * "ab",
}
REFUSED = {
    "matmul with a number": (lambda lib: lib.ones(2) @ 2, "multiply with"),
    "matmul of a NumPy scalar": (lambda lib: lib.matmul(lib.ones(2), np.float64(2.0)), "multiply with"),
    "booleans floor-divided": (lambda lib: lib.tensor([True]) // True, "booleans"),
    "booleans' remainder": (lambda lib: lib.tensor([True]) % True, "booleans"),
    "booleans shifted": (lambda lib: lib.tensor([True]) << True, "autograd.bool"),
    "a boolean power": (lambda lib: True ** lib.tensor([True]), "autograd.bool"),
    "booleans subtracted": (lambda lib: lib.tensor([True]) - lib.tensor([True]), "autograd.bool"),
    "integers divided in place": (lambda lib: lib.tensor([4, 2]).__itruediv__(lib.tensor([2, 2])), "autograd.float32"),
    "complex numbers and None": (lambda lib: lib.tensor([1j]) // None, "complex"),
    "None added": (lambda lib: lib.ones(2) + None, "NoneType"),
    "floats of a list": (lambda lib: lib.tensor(2.0) * [1, 2], "index"),
    "comparison with text": (lambda lib: lib.ones(2) < "a", "str"),
}


class Reflecting:
    """An operand of its own, which knows what a tensor on its left means."""

    def __radd__(self, left):
        return "sum", left.tolist()

    def __gt__(self, left):
        return "above", left.tolist()

    def __rmul__(self, left):
        return NotImplemented


@pytest.mark.parametrize("name", ANSWERED)
def test_answers(name):
    agree(ANSWERED[name])


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name):
    refuse(*REFUSED[name])


def test_the_right_operand_has_the_last_word():
    for call in (lambda lib: lib.ones(1) + Reflecting(), lambda lib: lib.ones(1) < Reflecting()):
        agree(call)
    refuse(lambda lib: lib.ones(1) * Reflecting(), "Reflecting")
    with pytest.raises(TypeError, match="Reflecting"):
        autograd.subtract(Reflecting(), autograd.ones(1))
