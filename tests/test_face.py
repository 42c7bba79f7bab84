"""Names of the public face that are looked up late, and those that do not exist."""

from __future__ import annotations

import pytest

import autograd
import nn
import optim
from autograd import _lazy


def test_packages_above_are_found_under_autograd():
    assert autograd.nn is nn and autograd.optim is optim


@pytest.mark.parametrize("name", _lazy.FUNCTIONAL)
def test_functions_of_nn_functional_that_pytorch_has_at_the_top(name):
    assert getattr(autograd, name) is getattr(nn.functional, name)


@pytest.mark.parametrize(("wrong", "right"), [("zros", "zeros"), ("optm", "optim"), ("conv2", "conv2d")])
def test_unknown_names_suggest_the_nearest(wrong, right):
    with pytest.raises(AttributeError, match=right):
        getattr(autograd, wrong)
