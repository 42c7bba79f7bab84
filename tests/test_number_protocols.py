"""Tensors as Python numbers and containers, against PyTorch."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy

REFUSED = {
    "index of several": lambda lib: lib.tensor([1, 2]).__index__(),
    "index of a float": lambda lib: lib.tensor(1.0).__index__(),
    "int of a complex": lambda lib: int(lib.tensor(1 + 2j)),
    "float of a complex": lambda lib: float(lib.tensor(1 + 2j)),
    "truth of several": lambda lib: bool(lib.tensor([1, 2])),
    "truth of none": lambda lib: bool(lib.tensor([])),
    "iteration of a number": lambda lib: list(lib.tensor(1)),
    "text in a tensor": lambda lib: "a" in lib.tensor([1]),
    "None in a tensor": lambda lib: None in lib.tensor([1]),
    "deletion": lambda lib: lib.tensor([1, 2]).__delitem__(0),
    "a float as index": lambda lib: lib.tensor([1, 2])[1.0],
    "an object as index": lambda lib: lib.tensor([1, 2])[object()],
}
ANSWERED = {
    "int of a real complex": lambda lib: int(lib.tensor(3 + 0j)),
    "float of a real complex": lambda lib: float(lib.tensor(3 + 0j)),
    "complex": lambda lib: complex(lib.tensor(1.5)),
    "index": lambda lib: [10, 11, 12][lib.tensor([[2]])],
    "boolean as index": lambda lib: [10, 11][lib.tensor(True)],
    "number in": lambda lib: (2 in lib.tensor([1, 2]), 3.0 in lib.tensor([1, 2]), lib.tensor(1) in lib.tensor([1, 2])),
    "reversed": lambda lib: reversed(lib.tensor([[1, 2], [3, 4]])).tolist(),
    "reversed number": lambda lib: reversed(lib.tensor(3)).tolist(),
    "rows": lambda lib: [row.tolist() for row in lib.tensor([[1, 2], [3, 4]])],
}


@pytest.mark.parametrize("kind", ["bool", "int16", "int64", "float16", "float32", "float64", "complex64"])
@pytest.mark.parametrize("number", [np.float32(2.5), np.float64(2.5), np.int8(2), np.int64(2)])
def test_numbers_of_numpy_are_as_weak_as_python_s(kind, number):
    for shape in ((2,), ()):
        x, twin = (library.ones(shape, dtype=getattr(library, kind)) for library in (autograd, torch))
        for found, expected in ((x * number, twin * number), (x / number, twin / number), (x + number, twin + number)):
            assert str(found.dtype).split(".")[1] == str(expected.dtype).split(".")[1]
            assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_pytorch_s_error_type(name):
    with pytest.raises((TypeError, RuntimeError, IndexError)) as theirs:
        REFUSED[name](torch)
    with pytest.raises(theirs.type):
        REFUSED[name](autograd)


@pytest.mark.parametrize("name", ANSWERED)
def test_answers(name):
    assert ANSWERED[name](autograd) == ANSWERED[name](torch)


@pytest.mark.parametrize("mask", [[1, 0, 1], [0, 0, 0], 1, 0])
def test_bytes_are_masks(mask):
    def taken(library):
        return library.arange(3.0)[library.tensor(mask, dtype=library.uint8)]

    with warnings.catch_warnings():  # PyTorch calls it deprecated
        warnings.simplefilter("ignore")
        expected = taken(torch)
    found = taken(autograd)
    assert tuple(found.shape) == tuple(expected.shape) and to_numpy(found).tolist() == expected.tolist()
    x = autograd.arange(3.0)
    x[autograd.tensor(mask, dtype=autograd.uint8)] = -1.0  # PyTorch refuses a number here, and takes a tensor
    marks = mask if isinstance(mask, list) else [mask] * 3
    assert to_numpy(x).tolist() == [-1.0 if marked else i for i, marked in enumerate(marks)]
