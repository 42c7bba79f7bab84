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
    """Elements set to 0 at random in training, the others scaled up (Srivastava et al., 2014).

    Examples
    --------
    >>> import autograd, nn
    >>> drop = nn.Dropout(p=0.5)
    >>> kept = drop(autograd.ones(1000))
    >>> sorted(set(kept.tolist()))
    [0.0, 2.0]
    >>> drop.eval()(autograd.ones(3))
    tensor([1., 1., 1.])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_Dropout):
    """Channels of (N, C, L) set to 0 at random in training.

    Examples
    --------
    >>> import autograd, nn
    >>> y = nn.Dropout1d(p=0.5)(autograd.ones(2, 16, 8))
    >>> sorted(set(y.flatten(2).mean(2).flatten().tolist()))  # whole channels are dropped
    [0.0, 2.0]
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Dropout):
    """Channels of (N, C, H, W) set to 0 at random in training.

    Examples
    --------
    >>> import autograd, nn
    >>> y = nn.Dropout2d(p=0.5)(autograd.ones(2, 16, 8, 8))
    >>> sorted(set(y.flatten(2).mean(2).flatten().tolist()))  # whole channels are dropped
    [0.0, 2.0]
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Dropout):
    """Channels of (N, C, D, H, W) set to 0 at random in training.

    Examples
    --------
    >>> import autograd, nn
    >>> y = nn.Dropout3d(p=0.5)(autograd.ones(2, 16, 8, 8, 8))
    >>> sorted(set(y.flatten(2).mean(2).flatten().tolist()))  # whole channels are dropped
    [0.0, 2.0]
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_Dropout):
    """Dropout that keeps mean and variance behind SELU (Klambauer et al., 2017).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.AlphaDropout(p=0.2).eval()(autograd.ones(1, 3))
    tensor([[1., 1., 1.]])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.alpha_dropout(input, self.p, self.training, self.inplace)


class FeatureAlphaDropout(_Dropout):
    """Alpha dropout of whole channels.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.FeatureAlphaDropout(p=0.2).eval()(autograd.ones(1, 3))
    tensor([[1., 1., 1.]])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.feature_alpha_dropout(input, self.p, self.training, self.inplace)
