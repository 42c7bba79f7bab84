"""Arguments of layout and memory that programs give to functions which make tensors."""

from __future__ import annotations

import pytest
import torch

import autograd

CALLS = {
    "zeros": (2,), "ones": (2,), "empty": (2,), "full": ((2,), 1.0), "eye": (2,), "arange": (3,), "linspace": (0, 1, 3),
    "logspace": (0, 1, 3), "rand": (2,), "randn": (2,), "randint": (3, (2,)), "randperm": (3,),
}  # fmt: skip
LIKE = {"zeros_like": (), "ones_like": (), "empty_like": (), "full_like": (2,), "rand_like": (), "randn_like": (),
        "randint_like": (3,)}  # fmt: skip
NEW = {"new_zeros": (2,), "new_ones": (2,), "new_empty": (2,), "new_full": ((2,), 3)}


def calls():
    """Each function, as something to call with a library and options."""
    for name, arguments in CALLS.items():
        yield lambda lib, name=name, arguments=arguments, **options: getattr(lib, name)(*arguments, **options)
    for name, arguments in LIKE.items():
        yield lambda lib, name=name, arguments=arguments, **options: getattr(lib, name)(
            lib.ones(2), *arguments, **options
        )
    for name, arguments in NEW.items():
        yield lambda lib, name=name, arguments=arguments, **options: getattr(lib.ones(2), name)(*arguments, **options)


@pytest.mark.parametrize("call", list(calls()), ids=[*CALLS, *LIKE, *NEW])
def test_layout_and_memory(call):
    for options in ({}, {"pin_memory": False}):
        ours, theirs = (call(lib, layout=lib.strided, **options) for lib in (autograd, torch))
        assert ours.shape == theirs.shape and str(ours.dtype).split(".")[1] == str(theirs.dtype).split(".")[1]
    with pytest.raises(TypeError, match="unexpected keyword argument 'layuot'"):
        call(autograd, layuot=autograd.strided)
    with pytest.raises(NotImplementedError, match=r"to_sparse\(layout=autograd.sparse_coo\)"):
        call(autograd, layout=autograd.sparse_coo)


@pytest.mark.parametrize("name", [*LIKE, "empty"])
def test_memory_format(name):
    arguments = (*((autograd.ones(2),) if name in LIKE else (2,)), *LIKE.get(name, ()))
    assert getattr(autograd, name)(*arguments, memory_format=autograd.contiguous_format).shape == (2,)


def test_device_of_likes():
    x = autograd.ones(2, device="cpu")
    assert autograd.zeros_like(x, device="sim", layout=autograd.strided).device.type == "sim"
    assert autograd.zeros_like(x, memory_format=autograd.preserve_format).device.type == "cpu"
