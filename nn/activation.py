"""Activations as modules; the formulas are in the docstrings, the functions in `nn.functional`."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn.layer import Layer
from nn.parameter import Parameter


class Threshold(Layer):
    """x where x > threshold, elsewhere value."""

    shown = ("threshold", "value")

    def __init__(self, threshold: float, value: float, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.threshold(input, self.threshold, self.value, self.inplace)


class ReLU(Layer):
    """max(x, 0)."""

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.relu(input, self.inplace)


class ReLU6(Layer):
    """min(max(x, 0), 6)."""

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.relu6(input, self.inplace)


class Hardtanh(Layer):
    """x, not below min_val and not above max_val."""

    shown = ("min_val", "max_val")

    def __init__(self, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)


class Sigmoid(Layer):
    """1 / (1 + e⁻ˣ)."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return input.sigmoid()


class Hardsigmoid(Layer):
    """min(max(x + 3, 0), 6) / 6."""

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardsigmoid(input, self.inplace)

    def extra_repr(self) -> str:
        """Nothing, as in PyTorch: `inplace` is not shown."""
        return ""


class Tanh(Layer):
    """The hyperbolic tangent."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return input.tanh()


class SiLU(Layer):
    """x · sigmoid(x)."""

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.silu(input, inplace=self.inplace)


class Mish(Layer):
    """x · tanh(softplus(x))."""

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.mish(input, inplace=self.inplace)


class Hardswish(Layer):
    """x · min(max(x + 3, 0), 6) / 6."""

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardswish(input, self.inplace)

    def extra_repr(self) -> str:
        """Nothing, as in PyTorch: `inplace` is not shown."""
        return ""


class ELU(Layer):
    """x where x > 0, elsewhere alpha · (eˣ - 1)."""

    shown = ("alpha",)

    def __init__(self, alpha: float = 1.0, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.elu(input, self.alpha, self.inplace)


class CELU(Layer):
    """x where x > 0, elsewhere alpha · (e^(x / alpha) - 1)."""

    shown = ("alpha",)

    def __init__(self, alpha: float = 1.0, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.celu(input, self.alpha, self.inplace)


class SELU(Layer):
    """The self-normalizing multiple of ELU (Klambauer et al., 2017)."""

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.selu(input, self.inplace)


class GLU(Layer):
    """The first half of a dim times the sigmoid of the second."""

    shown = ("dim",)

    def __init__(self, dim: int = -1):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The dim becomes half as long."""
        return F.glu(input, self.dim)


class GELU(Layer):
    """x · Φ(x), with the normal distribution function or its tanh approximation."""

    def __init__(self, approximate: str = "none"):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        """The setting."""
        return f"approximate={self.approximate!r}"


class Hardshrink(Layer):
    """x where |x| > lambd, elsewhere 0."""

    def __init__(self, lambd: float = 0.5):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """The setting."""
        return str(self.lambd)


class LeakyReLU(Layer):
    """x where x > 0, elsewhere negative_slope · x."""

    shown = ("negative_slope",)

    def __init__(self, negative_slope: float = 1e-2, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.leaky_relu(input, self.negative_slope, self.inplace)


class LogSigmoid(Layer):
    """log sigmoid(x)."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.logsigmoid(input)


class Softplus(Layer):
    """log(1 + e^(beta · x)) / beta, and x itself where beta · x > threshold."""

    shown = ("beta", "threshold")

    def __init__(self, beta: float = 1.0, threshold: float = 20.0):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softplus(input, self.beta, self.threshold)


class Softshrink(Layer):
    """x moved towards 0 by lambd, at most to 0."""

    def __init__(self, lambd: float = 0.5):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """The setting."""
        return str(self.lambd)


class Softsign(Layer):
    """x / (1 + |x|)."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softsign(input)


class Tanhshrink(Layer):
    """x - tanh(x)."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.tanhshrink(input)


class Softmin(Layer):
    """e⁻ˣ / Σ e⁻ˣ along a dim."""

    shown = ("dim",)

    def __init__(self, dim: int | None = None):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softmin(input, self.dim)


class Softmax(Layer):
    """eˣ / Σ eˣ along a dim."""

    shown = ("dim",)

    def __init__(self, dim: int | None = None):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softmax(input, self.dim)


class LogSoftmax(Layer):
    """x - log Σ eˣ along a dim."""

    shown = ("dim",)

    def __init__(self, dim: int | None = None):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.log_softmax(input, self.dim)


class Softmax2d(Layer):
    """Softmax over the channels of (N, C, H, W) or (C, H, W).

    Raises
    ------
    ValueError
        For other numbers of dims.
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        if input.ndim not in (3, 4):
            raise ValueError(f"Softmax2d: expected input to be 3D or 4D, got {input.ndim}D instead")
        return F.softmax(input, -3)


class RReLU(Layer):
    """LeakyReLU whose slope is drawn from [lower, upper] in training, and their mean in evaluation."""

    shown = ("lower", "upper")

    def __init__(self, lower: float = 1.0 / 8, upper: float = 1.0 / 3, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)


class PReLU(Layer):
    """LeakyReLU with learned slopes: one, or one for each channel.

    Parameters
    ----------
    num_parameters : 1 or the number of channels
    init : what the slopes start from
    device, dtype : of the slopes
    """

    shown = ("num_parameters",)

    def __init__(self, num_parameters: int = 1, init: float = 0.25, device: Any = None, dtype: Any = None):
        self.settle(locals())
        self.weight = Parameter(autograd.empty(num_parameters, device=device, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """All slopes as given."""
        with autograd.no_grad():
            self.weight[...] = self.init

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.prelu(input, self.weight)
