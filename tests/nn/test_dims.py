"""Functions made for each number of dims look and behave like ones written out."""

import inspect
import pickle
import typing

import pytest
import torch

import autograd
from autograd import Tensor
from nn import functional as F
from tests.arrays import to_numpy


@pytest.mark.parametrize("name", ["max_unpool1d", "max_unpool3d", "lp_pool2d"])
def test_parameters_are_pytorchs(name):
    ours, theirs = (inspect.signature(getattr(module, name)) for module in (F, torch.nn.functional))
    assert list(ours.parameters) == list(theirs.parameters)
    assert [p.default for p in ours.parameters.values()] == [p.default for p in theirs.parameters.values()]


def test_names_types_and_module():
    assert F.conv3d.__name__ == F.conv3d.__qualname__ == "conv3d"
    assert pickle.loads(pickle.dumps(F.conv3d)) is F.conv3d
    assert typing.get_type_hints(F.conv3d)["weight"] is Tensor
    assert typing.get_type_hints(F.max_pool2d)["return"] == Tensor | tuple[Tensor, Tensor]
    assert typing.get_type_hints(F.max_pool2d_with_indices)["return"] == tuple[Tensor, Tensor]


@pytest.mark.parametrize("positional", [True, False])
def test_indices_are_returned_where_asked_for(positional):
    x = autograd.arange(16.0).reshape(1, 4, 4)
    options = (2, None, 0, 1, False, True) if positional else (2,)
    keywords = {} if positional else {"return_indices": True}
    values, places = F.max_pool2d(x, *options, **keywords)
    assert to_numpy(values).tolist() == [[[5.0, 7.0], [13.0, 15.0]]]
    assert to_numpy(places).tolist() == [[[5, 7], [13, 15]]]
    assert isinstance(F.max_pool2d(x, 2), Tensor)
    assert isinstance(F.max_pool2d(x, 2, return_indices=False), Tensor)
    assert isinstance(F.max_pool2d_with_indices(x, 2), tuple)


def test_messages_name_the_function():
    with pytest.raises(RuntimeError, match=r"^conv1d: expected 2D .* or 3D"):
        F.conv1d(autograd.ones(1), autograd.ones(1, 1, 1))


@pytest.mark.parametrize("name", ["conv2d", "max_pool2d", "avg_pool3d", "fractional_max_pool2d"])
def test_messages_about_arguments_name_the_function(name):
    with pytest.raises(TypeError, match=rf"^{name}\(\) missing .* 'input' and '"):
        getattr(F, name)()
