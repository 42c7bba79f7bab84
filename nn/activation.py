"""Activations in pieces, as modules: rectifiers and shrinkage; the functions are in `nn.functional`."""

from __future__ import annotations

from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn.layer import Layer
from nn.parameter import Parameter


class Threshold(Layer):
    """x where x > threshold, elsewhere value.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Threshold(0.5, -1.0)(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1., -1.,  3.])
    """

    shown = ("threshold", "value")

    def __init__(self, threshold: float, value: float, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.threshold(input, self.threshold, self.value, self.inplace)


class ReLU(Layer):
    """max(x, 0).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReLU()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0., 0., 3.])
    """

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.relu(input, self.inplace)


class ReLU6(Layer):
    """min(max(x, 0), 6).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.ReLU6()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0., 0., 3.])
    """

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.relu6(input, self.inplace)


class Hardtanh(Layer):
    """x, not below min_val and not above max_val.

    Raises
    ------
    AssertionError
        If max_val is not greater than min_val.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Hardtanh()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.,  0.,  1.])
    """

    shown = ("min_val", "max_val")

    def __init__(self, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False):
        if max_val <= min_val:
            raise AssertionError(f"max_val ({max_val}) must be greater than min_val ({min_val})")
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)


class Hardsigmoid(Layer):
    """min(max(x + 3, 0), 6) / 6.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Hardsigmoid()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([0.1667, 0.5000, 1.0000])
    """

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardsigmoid(input, self.inplace)

    def extra_repr(self) -> str:
        """Nothing, as in PyTorch: `inplace` is not shown."""
        return ""


class Hardswish(Layer):
    """x · min(max(x + 3, 0), 6) / 6.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Hardswish()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.3333,  0.0000,  3.0000])
    """

    def __init__(self, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardswish(input, self.inplace)

    def extra_repr(self) -> str:
        """Nothing, as in PyTorch: `inplace` is not shown."""
        return ""


class Hardshrink(Layer):
    """x where |x| > lambd, elsewhere 0.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Hardshrink(0.5)(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-2.,  0.,  3.])
    """

    def __init__(self, lambd: float = 0.5):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.hardshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """The setting."""
        return str(self.lambd)


class LeakyReLU(Layer):
    """x where x > 0, elsewhere negative_slope · x.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LeakyReLU(0.1)(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.2000,  0.0000,  3.0000])
    """

    shown = ("negative_slope",)

    def __init__(self, negative_slope: float = 1e-2, inplace: bool = False):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.leaky_relu(input, self.negative_slope, self.inplace)


class Softshrink(Layer):
    """x moved towards 0 by lambd, at most to 0.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.Softshrink(0.5)(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-1.5000,  0.0000,  2.5000])
    """

    def __init__(self, lambd: float = 0.5):
        self.settle(locals())

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays."""
        return F.softshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """The setting."""
        return str(self.lambd)


class RReLU(Layer):
    """LeakyReLU whose slope is drawn from [lower, upper] in training, and their mean in evaluation.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.RReLU(0.1, 0.3).eval()(autograd.tensor([-2.0, 0.0, 3.0]))
    tensor([-0.4000,  0.0000,  3.0000])
    """

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

    Examples
    --------
    >>> import autograd, nn
    >>> nn.PReLU()(autograd.tensor([-2.0, 0.0, 3.0])).detach()
    tensor([-0.5000,  0.0000,  3.0000])
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
