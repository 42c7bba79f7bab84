"""Networks that start from PyTorch's weights lose, step by step, what PyTorch's twins lose."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.nn.against_torch import with_weights_of
from tests.twins.training import TWINS, Run

pytestmark = pytest.mark.no_cover  # whole programs: following every line doubles their time
STEPS = 50


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", list(TWINS))
def test_fifty_steps(name, dtype):
    ours, theirs = (Run(TWINS[name], lib, dtype) for lib in (autograd, torch))
    with_weights_of(ours.model, theirs.model)
    tolerance = 1e-4 if dtype == "float32" else 1e-9
    losses = np.array([(ours.step(step), theirs.step(step)) for step in range(STEPS)])
    np.testing.assert_allclose(*losses.T, rtol=tolerance)
    assert losses[-5:, 1].mean() < 0.7 * losses[:5, 1].mean()  # something was learned
    assert len({round(loss, 6) for loss in losses[:, 1]}) > STEPS - 5
    if dtype == "float64":
        for a, b in zip(ours.model.state_dict().values(), theirs.model.state_dict().values(), strict=True):
            np.testing.assert_allclose(to_numpy(a), b.numpy(), rtol=1e-6, atol=1e-9)
