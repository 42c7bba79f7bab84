"""Exponential families, and the places that PyTorch's programs import families from."""

from __future__ import annotations

import importlib
import pkgutil
from typing import ClassVar

import numpy as np
import pytest
import torch

import autograd
from autograd import distributions
from tests.arrays import to_numpy

MEMBERS = [
    name
    for name in torch.distributions.__all__
    if isinstance(getattr(torch.distributions, name), type)
    and issubclass(getattr(torch.distributions, name), torch.distributions.ExponentialFamily)
]
FILES = {module.name for module in pkgutil.iter_modules(torch.distributions.__path__)}
FILES -= {"generalized_pareto", "lkj_cholesky"}  # families that are not here


def exponential(library):
    """The exponential distribution by its normalizer alone."""

    class Family(library.distributions.ExponentialFamily):
        arg_constraints: ClassVar = {}

        def __init__(self, rate):
            self.rate = rate
            super().__init__(rate.shape)

        @property
        def _natural_params(self):
            return (-self.rate,)

        def _log_normalizer(self, x):
            return -library.log(-x)

        _mean_carrier_measure = 0

    return Family


@pytest.mark.parametrize("recorded", [False, True])
def test_entropy_from_the_normalizer(recorded):
    rates = [0.5, 2.0, 3.0]
    theirs = exponential(torch)(torch.tensor(rates, dtype=torch.float64)).entropy()
    rate = autograd.tensor(rates, dtype=autograd.float64, requires_grad=recorded)
    entropy = exponential(autograd)(rate).entropy()
    np.testing.assert_allclose(to_numpy(entropy), theirs.detach().numpy(), rtol=1e-12)
    assert entropy.requires_grad == recorded
    if recorded:  # PyTorch's is cut off from the parameters; 1 - log(rate) has a derivative
        (gradient,) = autograd.grad(entropy.sum(), rate)
        np.testing.assert_allclose(to_numpy(gradient), -1 / np.array(rates), rtol=1e-12)


def test_what_a_family_has_to_say():
    bare = distributions.ExponentialFamily()
    with pytest.raises(NotImplementedError, match="natural parameters"):
        bare.entropy()
    with pytest.raises(NotImplementedError, match="log normalizer"):
        bare._log_normalizer()


@pytest.mark.parametrize("name", MEMBERS)
def test_members(name):
    assert issubclass(getattr(distributions, name), distributions.ExponentialFamily)


@pytest.mark.parametrize("name", sorted(FILES))
def test_families_are_where_pytorch_has_them(name):
    mine = importlib.import_module(f"autograd.distributions.{name}")
    assert getattr(distributions, name) is mine
    for public in getattr(importlib.import_module(f"torch.distributions.{name}"), "__all__", ()):
        assert hasattr(mine, public), public


def test_older_name_of_sample():
    assert distributions.Normal(autograd.zeros(2), 1.0).sample_n(3).shape == (3, 2)


@pytest.mark.parametrize("diag", [-2, -1, 0, 1, 2])
def test_triangles_as_vectors(diag):
    matrix = np.arange(2 * 4 * 4, dtype=np.float64).reshape(2, 4, 4)
    theirs, mine = torch.distributions.utils, distributions.utils
    vector = theirs.tril_matrix_to_vec(torch.tensor(matrix), diag)
    found = mine.tril_matrix_to_vec(autograd.tensor(matrix), diag)
    assert np.array_equal(to_numpy(found), vector.numpy())
    assert np.array_equal(to_numpy(mine.vec_to_tril_matrix(found, diag)), np.tril(matrix, diag))


def test_triangles_of_other_sizes_are_refused():
    with pytest.raises(ValueError, match="no matrix has 4 elements"):
        distributions.utils.vec_to_tril_matrix(autograd.ones(4))
    with pytest.raises(ValueError, match="not in"):
        distributions.utils.tril_matrix_to_vec(autograd.ones(2, 2), 2)
