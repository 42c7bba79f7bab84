"""Transforms against PyTorch: values, inverses, Jacobians, shapes, caching."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import torch

import autograd
from autograd.distributions import constraints, transforms
from tests.arrays import to_numpy
from tests.distributions.families import COVARIANCE, POSITIVE, REAL, tensor

VECTORS = np.array([[0.3, -1.0, 0.8], [2.0, 0.1, -0.4]])

# Name, argument, how it is made with a library's modules.
CASES = {
    "exp": (REAL, lambda t, d, lib: t.ExpTransform()),
    "power": (POSITIVE, lambda t, d, lib: t.PowerTransform(2.5)),
    "sigmoid": (REAL, lambda t, d, lib: t.SigmoidTransform()),
    "tanh": (REAL, lambda t, d, lib: t.TanhTransform()),
    "softplus": (REAL, lambda t, d, lib: t.SoftplusTransform()),
    "abs": (POSITIVE, lambda t, d, lib: t.AbsTransform()),
    "affine": (REAL, lambda t, d, lib: t.AffineTransform(0.5, -2.0)),
    "affine-tensor": (REAL, lambda t, d, lib: t.AffineTransform(0.5, tensor(np.array([2.0, -1.0]), lib), event_dim=1)),
    "softmax": (VECTORS, lambda t, d, lib: t.SoftmaxTransform()),
    "stick-breaking": (VECTORS, lambda t, d, lib: t.StickBreakingTransform()),
    "corr-cholesky": (VECTORS, lambda t, d, lib: t.CorrCholeskyTransform()),
    "lower-cholesky": (COVARIANCE, lambda t, d, lib: t.LowerCholeskyTransform()),
    "positive-definite": (COVARIANCE, lambda t, d, lib: t.PositiveDefiniteTransform()),
    "reshape": (VECTORS, lambda t, d, lib: t.ReshapeTransform((3,), (3, 1))),
    "compose": (REAL, lambda t, d, lib: t.ComposeTransform([t.AffineTransform(0.1, 2.0), t.TanhTransform()])),
    "compose-vectors": (
        VECTORS, lambda t, d, lib: t.ComposeTransform([t.AffineTransform(0.1, 2.0), t.StickBreakingTransform()])
    ),
    "identity": (REAL, lambda t, d, lib: t.identity_transform),
    "independent": (REAL, lambda t, d, lib: t.IndependentTransform(t.ExpTransform(), 1)),
    "cat": (VECTORS, lambda t, d, lib: t.CatTransform([t.ExpTransform(), t.TanhTransform()], 1, [2, 1])),
    "stack": (REAL, lambda t, d, lib: t.StackTransform([t.ExpTransform(), t.TanhTransform()], 1)),
    "cdf": (REAL, lambda t, d, lib: t.CumulativeDistributionTransform(d.Normal(0.3, 1.5))),
    "inverse": (POSITIVE, lambda t, d, lib: t.ExpTransform().inv),
}  # fmt: skip


def made(name):
    argument, make = CASES[name]
    ours = make(transforms, autograd.distributions, autograd), tensor(argument, autograd)
    return *ours, make(torch.distributions.transforms, torch.distributions, torch), tensor(argument, torch)


def close(found, expected):
    assert tuple(found.shape) == tuple(expected.shape)
    np.testing.assert_allclose(to_numpy(found), expected.numpy(), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_against_pytorch(name):
    mine, x, theirs, x_theirs = made(name)
    y, expected = mine(x), theirs(x_theirs)
    close(y, expected)
    back = mine.inv(y)
    close(back, theirs.inv(expected))
    assert mine.bijective == theirs.bijective and mine.inv.bijective == theirs.bijective
    assert mine.domain.event_dim == theirs.domain.event_dim and mine.codomain.event_dim == theirs.codomain.event_dim
    assert bool(mine.codomain.check(y).all()) and bool(mine.domain.check(x).all())
    assert mine.forward_shape(x.shape) == tuple(theirs.forward_shape(x_theirs.shape))
    assert mine.inverse_shape(y.shape) == tuple(theirs.inverse_shape(expected.shape))
    assert mine.inv.forward_shape(y.shape) == mine.inverse_shape(y.shape) and mine.inv.inv is mine
    assert type(mine).__name__ in repr(mine)
    try:
        sign = theirs.sign
    except NotImplementedError:
        with pytest.raises(NotImplementedError):
            _ = mine.sign
    else:
        for found in (mine.sign, mine.inv.sign):
            assert np.array_equal(to_numpy(found) if isinstance(found, autograd.Tensor) else found, sign)


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("abs", "softmax", "positive-definite")])
def test_log_abs_det_jacobian(name):
    mine, x, theirs, x_theirs = made(name)
    if name == "lower-cholesky":
        with pytest.raises(NotImplementedError):
            mine.log_abs_det_jacobian(x, mine(x))
        return
    if name == "identity":
        assert not mine.log_abs_det_jacobian(x, x).any()
        return
    y = mine(x)
    close(mine.log_abs_det_jacobian(x, y), theirs.log_abs_det_jacobian(x_theirs, theirs(x_theirs)))
    np.testing.assert_allclose(
        to_numpy(mine.inv.log_abs_det_jacobian(y, x)), -to_numpy(mine.log_abs_det_jacobian(x, y)), rtol=1e-9
    )


@pytest.mark.parametrize("name", [name for name in CASES if name != "identity"])
def test_a_cache_gives_the_argument_back(name):
    mine, x, _, _ = made(name)
    cached = mine.with_cache()
    assert cached.with_cache(1)._cache_size == 1 and mine.with_cache(0) is mine
    y = cached(x)
    assert cached.inv(y) is x and cached(x) is y
    # Starting from the result, too.
    other = y.clone()
    assert cached(cached.inv(other)) is other
    pickle.loads(pickle.dumps(transforms.ExpTransform(cache_size=1)))


def test_equality():
    affine = transforms.AffineTransform
    assert transforms.ExpTransform() == transforms.ExpTransform() != transforms.TanhTransform()
    assert affine(1, 2) == affine(1, 2) != affine(1, 3) and affine(1, 2) != transforms.ExpTransform()
    assert transforms.PowerTransform(2) == transforms.PowerTransform(2) != transforms.PowerTransform(3)
    assert transforms.ExpTransform().inv == transforms.ExpTransform().inv
    compose = transforms.ComposeTransform
    assert compose([affine(1, 2)]) == compose([affine(1, 2)]) != compose([])
    assert transforms.ReshapeTransform((2,), (2, 1)) != transforms.ReshapeTransform((2,), (2, 1))
    assert len({affine(1, 2), affine(1, 2)}) == 2


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        (lambda t: t.ExpTransform(cache_size=2), ValueError, "cache_size must be 0 or 1"),
        (lambda t: t.ReshapeTransform((2,), (3,)), ValueError, "different numbers of elements"),
        (lambda t: t.ReshapeTransform((2,), (2, 1)).forward_shape(()), ValueError, "Too few dimensions"),
        (lambda t: t.ReshapeTransform((2,), (2, 1)).forward_shape((3,)), ValueError, "Shape mismatch"),
        (lambda t: t.StickBreakingTransform().inv.sign, NotImplementedError, "sign"),
        (lambda t: t.CorrCholeskyTransform().event_dim, ValueError, "Please use either"),
        (lambda t: t.CorrCholeskyTransform()(autograd.ones(2)), ValueError, "lower triangular part"),
        (lambda t: t.CorrCholeskyTransform().forward_shape((2,)), ValueError, "flattened"),
        (lambda t: t.CorrCholeskyTransform().inverse_shape((2, 3)), ValueError, "not square"),
        (lambda t: t.IndependentTransform(t.ExpTransform(), 1)(autograd.tensor(1.0)), ValueError, "Too few"),
        (lambda t: t.CatTransform([t.ExpTransform()], lengths=[1, 2]), ValueError, "one for each"),
        (lambda t: t.CatTransform([t.ExpTransform()], lengths=[3])(autograd.ones(2)), ValueError, "not 3"),
        (lambda t: t.StackTransform([t.ExpTransform()])(autograd.ones(2)), ValueError, "2 slices for 1"),
        (lambda t: t.Transform()._call(1), NotImplementedError, "_call"),
        (lambda t: t.Transform()._inverse(1), NotImplementedError, "no inverse"),
        (lambda t: t.AbsTransform().log_abs_det_jacobian(1, 1), NotImplementedError, "log_abs_det"),
    ],
)
def test_errors(act, error, message):
    with pytest.raises(error, match=message):
        act(transforms)


def test_cat_of_whole_values():
    affine = transforms.AffineTransform(0.0, 2.0, event_dim=1)
    x = tensor(VECTORS[0], autograd)
    cat = transforms.CatTransform([affine, transforms.ExpTransform()], -1, [2, 1])
    np.testing.assert_allclose(cat.log_abs_det_jacobian(x, cat(x)).item(), 2 * np.log(2) + VECTORS[0, 2])


TARGETS = {
    "real": lambda c, lib: c.real,
    "positive": lambda c, lib: c.positive,
    "nonnegative": lambda c, lib: c.nonnegative,
    "greater_than": lambda c, lib: c.greater_than(tensor(np.array([0.5, 2.0]), lib)),
    "less_than": lambda c, lib: c.less_than(2.0),
    "unit_interval": lambda c, lib: c.unit_interval,
    "interval": lambda c, lib: c.interval(-1.0, 2.0),
    "half_open": lambda c, lib: c.half_open_interval(-1.0, 2.0),
    "simplex": lambda c, lib: c.simplex,
    "real_vector": lambda c, lib: c.real_vector,
    "cat": lambda c, lib: c.cat([c.positive, c.unit_interval], -1),
    "stack": lambda c, lib: c.stack([c.positive, c.unit_interval], -1),
    "lower_cholesky": lambda c, lib: c.lower_cholesky,
    "positive_definite": lambda c, lib: c.positive_definite,
    "positive_semidefinite": lambda c, lib: c.positive_semidefinite,
    "corr_cholesky": lambda c, lib: c.corr_cholesky,
}


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("table", ["biject_to", "transform_to"])
def test_registry(table, name):
    values = VECTORS if name == "corr_cholesky" else REAL

    def ask(library):
        d = library.distributions
        return getattr(d, table)(TARGETS[name](d.constraints, library))

    try:
        theirs = ask(torch)
    except NotImplementedError:
        with pytest.raises(NotImplementedError, match="Cannot transform _\\w+ constraints"):
            ask(autograd)
        return
    y = ask(autograd)(tensor(values, autograd))
    close(y, theirs(tensor(values, torch)))
    assert bool(TARGETS[name](constraints, autograd).check(y).all())


def test_registering():
    registry = autograd.distributions.constraint_registry.ConstraintRegistry()

    @registry.register(constraints.boolean)
    def factory(constraint):
        return transforms.identity_transform

    assert registry(constraints.boolean) is transforms.identity_transform
    with pytest.raises(TypeError, match="Constraint subclass or instance, but got 3"):
        registry.register(3, factory)
