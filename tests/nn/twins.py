"""Comparisons of tensors and of what modules hold with PyTorch's."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.arrays import to_numpy
from tests.nn.against_torch import with_weights_of


def load(ours: Any, theirs: Any) -> tuple[Any, Any]:
    """Give our module the state of PyTorch's, whose keys must be the same; returns both."""
    return with_weights_of(ours, theirs), theirs


def same(ours: Any, theirs: Any, rtol: float = 1e-5, atol: float = 1e-6) -> None:
    """Our tensor has the shape and values of PyTorch's."""
    expected = theirs.detach().numpy()
    assert tuple(ours.shape) == expected.shape
    np.testing.assert_allclose(to_numpy(ours), expected, rtol=rtol, atol=atol)


def same_state(ours: Any, theirs: Any, **tolerances: float) -> None:
    """The state dictionaries have the same names in the same order, and the same values."""
    our_state, their_state = ours.state_dict(), theirs.state_dict()
    assert list(our_state) == list(their_state)
    for name, value in their_state.items():
        same(our_state[name], value, **tolerances)


def same_gradients(ours: Any, theirs: Any, **tolerances: float) -> None:
    """The parameters of two modules have the same names and gradients."""
    our_parameters, their_parameters = dict(ours.named_parameters()), dict(theirs.named_parameters())
    assert list(our_parameters) == list(their_parameters)
    for name, parameter in their_parameters.items():
        assert (our_parameters[name].grad is None) == (parameter.grad is None)
        if parameter.grad is not None:
            same(our_parameters[name].grad, parameter.grad, **tolerances)
