"""Smooth activations as modules; the formulas are in the docstrings, the functions in `nn.functional`."""

from __future__ import annotations

from autograd import Tensor
from nn import functional as F
from nn.layer import Layer


class Sigmoid(Layer):
    """1 / (1 + e⁻ˣ).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Sigmoid()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0.1192, 0.5000, 0.9526])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return input.sigmoid()


class LogSigmoid(Layer):
    """log sigmoid(x).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LogSigmoid()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-2.1269, -0.6931, -0.0486])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.logsigmoid(input)


class Tanh(Layer):
    """The hyperbolic tangent.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Tanh()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.9640,  0.0000,  0.9951])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return input.tanh()


class Tanhshrink(Layer):
    """x - tanh(x).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Tanhshrink()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.0360,  0.0000,  2.0049])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.tanhshrink(input)


class SiLU(Layer):
    """x · sigmoid(x).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.SiLU()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.2384,  0.0000,  2.8577])
    """

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.silu(input, inplace=self.inplace)


class Mish(Layer):
    """x · tanh(softplus(x)).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Mish()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.2525,  0.0000,  2.9865])
    """

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.mish(input, inplace=self.inplace)


class GELU(Layer):
    """x · Φ(x), with the normal distribution function or its tanh approximation.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.GELU()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.0455,  0.0000,  2.9960])
    """

    def __init__(self, approximate: str = "none"):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        """The setting."""
        return f"approximate={self.approximate!r}"


class ELU(Layer):
    """x where x > 0, elsewhere alpha · (eˣ - 1).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ELU()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.8647,  0.0000,  3.0000])
    """

    shown = ("alpha",)

    def __init__(self, alpha: float = 1.0, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.elu(input, self.alpha, self.inplace)


class CELU(Layer):
    """x where x > 0, elsewhere alpha · (e^(x / alpha) - 1).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.CELU()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.8647,  0.0000,  3.0000])
    """

    shown = ("alpha",)

    def __init__(self, alpha: float = 1.0, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.celu(input, self.alpha, self.inplace)


class SELU(Layer):
    """The self-normalizing multiple of ELU (Klambauer et al., 2017).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.SELU()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.5202,  0.0000,  3.1521])
    """

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.selu(input, self.inplace)


class Softplus(Layer):
    """log(1 + e^(beta · x)) / beta, and x itself where beta · x > threshold.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Softplus()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0.1269, 0.6931, 3.0486])
    """

    shown = ("beta", "threshold")

    def __init__(self, beta: float = 1.0, threshold: float = 20.0):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softplus(input, self.beta, self.threshold)


class Softsign(Layer):
    """x / (1 + |x|).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Softsign()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.6667,  0.0000,  0.7500])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softsign(input)


class GLU(Layer):
    """The first half of a dim times the sigmoid of the second.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.GLU()(autograd.tensor([1.0, 2.0, 0.0, 0.0]))
    tensor([0.5000, 1.0000])
    """

    shown = ("dim",)

    def __init__(self, dim: int = -1):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The dim becomes half as long."""
        return F.glu(input, self.dim)
