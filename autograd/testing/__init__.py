"""Testing with tensors: `assert_close`, hypothesis strategies, and `check_op`, which finds wrong gradients.

Only `assert_close` works without the package hypothesis: `pip install 'retrograd[test]'`.
"""

from __future__ import annotations

from autograd.testing.check import OpCheckError, check_op
from autograd.testing.comparison import assert_close
from autograd.testing.domains import Domain, away_from, nonzero, open_interval, positive
from autograd.testing.strategies import axes, broadcastable_shapes, dtypes, shapes, tensors

__all__ = [
    "Domain", "OpCheckError", "assert_close", "away_from", "axes", "broadcastable_shapes", "check_op", "dtypes",
    "nonzero", "open_interval", "positive", "shapes", "tensors",
]  # fmt: skip
