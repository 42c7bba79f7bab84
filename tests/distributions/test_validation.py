"""Constraints, and the errors that distributions raise, against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from autograd import distributions
from autograd.distributions import constraints
from tests.arrays import to_numpy
from tests.distributions.families import COVARIANCE, ONE_HOT, SIMPLEX, tensor

NUMBERS = np.array([-1.0, 0.0, 0.5, 1.0, 2.0, np.nan])
VECTORS = np.concatenate([SIMPLEX, ONE_HOT, [[-0.5, 1.0, 0.5]], [[2.0, 1.0, 4.0]]])
MATRICES = np.stack(
    [COVARIANCE, np.tril(COVARIANCE), np.eye(2), -COVARIANCE, [[1.0, 0.0], [0.6, 0.8]], np.ones((2, 2))]
)
CHECKED = {
    "boolean": NUMBERS, "nonnegative_integer": NUMBERS, "positive_integer": NUMBERS, "real": NUMBERS,
    "positive": NUMBERS, "nonnegative": NUMBERS, "unit_interval": NUMBERS,
    "real_vector": VECTORS, "one_hot": VECTORS, "simplex": VECTORS,
    "lower_triangular": MATRICES, "lower_cholesky": MATRICES, "corr_cholesky": MATRICES, "square": MATRICES,
    "symmetric": MATRICES, "positive_semidefinite": MATRICES, "positive_definite": MATRICES,
}  # fmt: skip
MADE = {
    "greater_than": ((0.5,), NUMBERS), "greater_than_eq": ((0.5,), NUMBERS), "less_than": ((0.5,), NUMBERS),
    "interval": ((0.0, 1.0), NUMBERS), "half_open_interval": ((0.0, 1.0), NUMBERS),
    "integer_interval": ((0, 1), NUMBERS), "multinomial": ((3,), VECTORS),
}  # fmt: skip


def agree(mine, theirs, values):
    assert repr(mine) == repr(theirs)
    assert (mine.is_discrete, mine.event_dim) == (theirs.is_discrete, theirs.event_dim)
    assert np.array_equal(to_numpy(mine.check(tensor(values, autograd))), theirs.check(tensor(values, torch)))


@pytest.mark.parametrize("name", CHECKED)
def test_constraints(name):
    if name in ("symmetric", "positive_semidefinite", "positive_definite"):
        for matrix in CHECKED[name]:  # one by one: PyTorch answers for a batch only whether all are symmetric
            agree(getattr(constraints, name), getattr(torch.distributions.constraints, name), matrix)
        return
    agree(getattr(constraints, name), getattr(torch.distributions.constraints, name), CHECKED[name])


@pytest.mark.parametrize("name", MADE)
def test_constraints_with_bounds(name):
    args, values = MADE[name]
    agree(getattr(constraints, name)(*args), getattr(torch.distributions.constraints, name)(*args), values)


def test_constraints_made_of_others():
    for c in (constraints, torch.distributions.constraints):
        library = autograd if c is constraints else torch
        both = [c.positive, c.nonnegative_integer]
        pair = tensor(np.array([0.5, -1.0]), library)
        for joined in (c.cat(both), c.stack(both)):
            assert joined.check(pair).tolist() == [True, False]
            assert joined.is_discrete and joined.event_dim == 0
        mixed = c.MixtureSameFamilyConstraint(c.positive)
        assert mixed.check(tensor(np.array([1.0, -1.0]), library)).tolist() == [True, False]
        assert (mixed.is_discrete, mixed.event_dim) == (False, 0) and "GreaterThan" in repr(mixed)
        with pytest.raises(ValueError, match=r"Expected value.dim\(\) >= 2"):
            c.independent(c.real, 2).check(pair)
        assert not bool(c.positive_definite.check(tensor(np.ones((2, 3)), library)).any())
        with pytest.raises(NotImplementedError):
            c.Constraint().check(pair)


def test_dependent_constraints():
    assert constraints.is_dependent(distributions.Pareto.support)
    assert (distributions.Pareto.support.is_discrete, distributions.Pareto.support.event_dim) == (False, 0)
    with pytest.raises(ValueError, match="Cannot determine validity"):
        constraints.dependent.check(autograd.ones(1))
    with pytest.raises(NotImplementedError, match="event_dim cannot be determined statically"):
        _ = constraints.dependent.event_dim
    known = constraints.dependent(is_discrete=True)(event_dim=1)
    assert (known.is_discrete, known.event_dim, repr(known)) == (True, 1, "Dependent()")


def messages(act):
    """What the two libraries say, in the same words for their own names."""
    texts = []
    for library in (torch, autograd):
        with pytest.raises((ValueError, NotImplementedError)) as caught:
            act(library.distributions, library)
        texts.append(str(caught.value).replace("torch.Size", "autograd.Size"))
        texts[-1] = texts[-1].split("but found invalid values")[0]
    return texts


@pytest.mark.parametrize(
    "act",
    [
        lambda d, lib: d.Normal(0.0, -1.0),
        lambda d, lib: d.Normal(lib.zeros(2), lib.tensor([1.0, 0.0])),
        lambda d, lib: d.Normal(0.0, 1.0).log_prob(lib.tensor(float("nan"))),
        lambda d, lib: d.Normal(0.0, 1.0).log_prob(3),
        lambda d, lib: d.Normal(lib.zeros(2), lib.ones(2)).log_prob(lib.zeros(3)),
        lambda d, lib: d.Exponential(2.0).cdf(lib.tensor(-1.0)),
        lambda d, lib: d.MultivariateNormal(lib.zeros(2), lib.eye(2)).log_prob(lib.zeros(3)),
        lambda d, lib: d.MultivariateNormal(lib.zeros(2), -lib.eye(2)),
        lambda d, lib: d.MultivariateNormal(lib.tensor(0.0), lib.eye(2)),
        lambda d, lib: d.MultivariateNormal(lib.zeros(2), lib.tensor(1.0)),
        lambda d, lib: d.MultivariateNormal(lib.zeros(2)),
        lambda d, lib: d.LowRankMultivariateNormal(lib.tensor(0.0), lib.ones(2, 1), lib.ones(2)),
        lambda d, lib: d.LowRankMultivariateNormal(lib.zeros(2), lib.ones(2), lib.ones(2)),
        lambda d, lib: d.LowRankMultivariateNormal(lib.zeros(2), lib.ones(3, 1), lib.ones(2)),
        lambda d, lib: d.Uniform(1.0, 1.0),
        lambda d, lib: d.Uniform(0.0, 1.0).log_prob(lib.tensor(2.0)),
        lambda d, lib: d.Bernoulli(),
        lambda d, lib: d.Bernoulli(0.5, 0.5),
        lambda d, lib: d.Bernoulli(1.5),
        lambda d, lib: d.Categorical(lib.tensor(1.0)),
        lambda d, lib: d.Categorical(logits=lib.tensor(1.0)),
        lambda d, lib: d.Categorical(lib.tensor([-1.0, 2.0])),
        lambda d, lib: d.Categorical(lib.ones(3)).log_prob(lib.tensor(3)),
        lambda d, lib: d.Dirichlet(lib.tensor(1.0)),
        lambda d, lib: d.Multinomial(2, lib.ones(2)).log_prob(lib.tensor([2.0, 1.0])),
        lambda d, lib: d.Binomial(lib.tensor([2, 3]), lib.tensor([0.5, 0.5])).enumerate_support(),
        lambda d, lib: d.Independent(d.Normal(0.0, 1.0), 1),
        lambda d, lib: d.Independent(d.Bernoulli(lib.ones(2) / 2), 1).enumerate_support(),
    ],
)  # fmt: skip
def test_the_messages_are_pytorchs(act):
    expected, found = messages(act)
    assert found == expected


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        (lambda d: d.Normal("a", 1.0), ValueError, "must all be instances of Number or Tensor"),
        (lambda d: d.Geometric(0.0), ValueError, "to be positive but found invalid values"),
        (lambda d: d.Multinomial(autograd.tensor([2]), autograd.ones(2)), NotImplementedError, "inhomogeneous"),
        (lambda d: d.LowRankMultivariateNormal(autograd.zeros(2), autograd.ones(2, 1), autograd.ones(3)), ValueError,
         "cov_diag must be a batch of vectors"),
        (lambda d: d.MixtureSameFamily(d.Categorical(autograd.ones(3)), d.Normal(autograd.zeros(2), 1.0)), ValueError,
         "3 components but the last batch dimension"),
        (lambda d: d.MixtureSameFamily(d.Categorical(autograd.ones(3, 2)), d.Normal(autograd.zeros(5, 2), 1.0)),
         ValueError, "is not compatible with"),
        (lambda d: d.TransformedDistribution(d.Normal(0.0, 1.0), d.StickBreakingTransform()), ValueError,
         "needs to have shape with size at least 1"),
        (lambda d: d.TransformedDistribution(d.Normal(0.0, 1.0), [3]), ValueError, "must be a Transform or a list"),
        (lambda d: d.MixtureSameFamily(3, d.Normal(0.0, 1.0)), ValueError, "instance of Categorical, got int"),
        (lambda d: d.MixtureSameFamily(d.Categorical(autograd.ones(2)), 3), ValueError, "of Distribution, got int"),
        (lambda d: d.Distribution.set_default_validate_args(3), ValueError, "takes True or False"),
    ],
)  # fmt: skip
def test_errors(act, error, message):
    with pytest.raises(error, match=message):
        act(distributions)


def test_checks_can_be_left_out():
    assert np.isnan(distributions.Normal(0.0, -1.0, validate_args=False).log_prob(autograd.tensor(0.0)).item())
    distributions.Distribution.set_default_validate_args(False)
    try:
        assert distributions.Exponential(2.0).cdf(autograd.tensor(-1.0)).item() < 0
        assert distributions.Exponential(-2.0).rate.item() == -2
    finally:
        distributions.Distribution.set_default_validate_args(True)


@pytest.mark.parametrize("name", ["mean", "mode", "variance", "support"])
def test_a_family_need_not_have_everything(name):
    with pytest.raises(NotImplementedError, match="Bare"):
        getattr(type("Bare", (distributions.Distribution,), {})(), name)


@pytest.mark.parametrize("name", ["log_prob", "cdf", "icdf"])
def test_a_family_need_not_have_densities(name):
    bare = type("Bare", (distributions.Distribution,), {})()
    with pytest.raises(NotImplementedError, match="Bare does not implement"):
        getattr(bare, name)(autograd.tensor(1.0))
    for ask in (bare.entropy, bare.enumerate_support, bare.sample):
        with pytest.raises(NotImplementedError, match="Bare"):
            ask()


def test_repr():
    for given in ("covariance_matrix", "precision_matrix", "scale_tril"):
        mine, theirs = (
            lib.distributions.MultivariateNormal(lib.zeros(2), **{given: lib.eye(2)}) for lib in (autograd, torch)
        )
        for asked in (lambda d, lib: d.log_prob(lib.ones(2)), lambda d, lib: (d.rsample(), d.entropy(), d.scale_tril)):
            asked(mine, autograd), asked(theirs, torch)
            assert repr(mine) == repr(theirs).replace("torch", "autograd")
    assert repr(distributions.Normal(0.0, 1.0)) == "Normal(loc: 0.0, scale: 1.0)"
    assert repr(distributions.Exponential(autograd.ones(2))) == "Exponential(rate: autograd.Size([2]))"


def test_a_normal_shows_the_matrix_it_was_given():
    for lib in (autograd, torch):
        family = lib.distributions.MultivariateNormal(lib.zeros(2), lib.eye(2))
        family.log_prob(lib.ones(2))
        assert "scale_tril" not in repr(family)
        assert family.scale_tril.shape == (2, 2) and "scale_tril" in repr(family)
