"""Dropout layers; the functions are in `nn.functional`."""

from __future__ import annotations

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer


class _Dropout(Layer):
    """Parameters and checks of the dropout layers.

    Parameters
    ----------
    p : the probability of a zero
    inplace : write into the input

    Raises
    ------
    ValueError
        If `p` is not in [0, 1].
    """

    shown = ("p",)

    def __init__(self, p: float = 0.5, inplace: bool = False):
        if p < 0 or p > 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.settle(locals())

    def extra_repr(self) -> str:
        """The probability, and whether in place."""
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(_Dropout):
    """Elements set to 0 at random in training, the others scaled up (Srivastava et al., 2014)."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_Dropout):
    """Channels of (N, C, L) set to 0 at random in training."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Dropout):
    """Channels of (N, C, H, W) set to 0 at random in training."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Dropout):
    """Channels of (N, C, D, H, W) set to 0 at random in training."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_Dropout):
    """Dropout that keeps mean and variance behind SELU (Klambauer et al., 2017)."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.alpha_dropout(input, self.p, self.training, self.inplace)


class FeatureAlphaDropout(_Dropout):
    """Alpha dropout of whole channels."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.feature_alpha_dropout(input, self.p, self.training, self.inplace)
