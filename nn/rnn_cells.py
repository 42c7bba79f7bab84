"""One step of a recurrent network: RNNCell, LSTMCell, GRUCell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import autograd
from autograd import Tensor
from nn import init
from nn.functional.recurrent import GATES, advance
from nn.layer import Layer
from nn.parameter import Parameter


class RNNCellBase(Layer):
    """Weights and checks of the cells.

    Parameters
    ----------
    input_size, hidden_size : features of input and state
    bias : whether to add bias_ih and bias_hh
    num_chunks : gates, whose weights are stacked
    device, dtype : of the parameters
    """

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor | None
    bias_hh: Tensor | None

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool, num_chunks: int, device: Any = None, dtype: Any = None
    ):
        super().__init__()
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        rows = num_chunks * hidden_size
        shapes = {
            "weight_ih": (rows, input_size),
            "weight_hh": (rows, hidden_size),
            "bias_ih": (rows,),
            "bias_hh": (rows,),
        }
        for name, shape in shapes.items():
            present = bias or not name.startswith("bias")
            made = Parameter(autograd.empty(*shape, device=device, dtype=dtype)) if present else None
            self.register_parameter(name, made)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Uniform on ± 1 / √(hidden size)."""
        bound = 1 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def extra_repr(self) -> str:
        """The sizes, and the options that are not as usual."""
        text = f"{self.input_size}, {self.hidden_size}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        if self.__dict__.get("nonlinearity", "tanh") != "tanh":
            text += f", nonlinearity={self.nonlinearity}"
        return text

    def _step(self, mode: str, input: Tensor, states: Sequence[Tensor] | None, count: int) -> tuple[Tensor, ...]:
        """The next states, `count` of them, from the given ones or zeros.

        Raises
        ------
        ValueError
            If input or state have other than one or two dims.
        RuntimeError
            If the sizes do not fit.
        """
        kind = type(self).__name__
        if input.ndim not in (1, 2):
            raise ValueError(f"{kind}: Expected input to be 1D or 2D, got {input.ndim}D instead")
        if input.shape[-1] != self.input_size:
            raise RuntimeError(
                f"{kind}: input has inconsistent input_size: got {input.shape[-1]} expected {self.input_size}"
            )
        lead = tuple(input.shape[:-1])
        if states is None:
            zeros = autograd.zeros(*lead, self.hidden_size, dtype=input.dtype, device=input.device)
            states = (zeros,) * count
        for index, state in enumerate(states):
            if state.ndim not in (1, 2):
                raise ValueError(f"{kind}: Expected hx[{index}] to be 1D or 2D, got {state.ndim}D instead")
            if state.shape[-1] != self.hidden_size:
                raise RuntimeError(
                    f"{kind}: hidden{index} has inconsistent hidden_size: got {state.shape[-1]}, expected "
                    f"{self.hidden_size}"
                )
            if tuple(state.shape[:-1]) != lead:
                raise RuntimeError(
                    f"{kind}: Input batch size {list(lead)} doesn't match hidden{index} batch size "
                    f"{list(state.shape[:-1])}"
                )
        weights = (self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        if lead:
            return advance(mode, input, states, weights, lead)[1]
        alone = [state.unsqueeze(0) for state in states]
        return tuple(new.squeeze(0) for new in advance(mode, input.unsqueeze(0), alone, weights, (1,))[1])


class RNNCell(RNNCellBase):
    """h' = tanh(weight_ih · x + bias_ih + weight_hh · h + bias_hh) (Elman, 1990).

    Parameters
    ----------
    input_size, hidden_size : features of input and state
    bias : whether to add bias_ih and bias_hh
    nonlinearity : "tanh" or "relu"
    device, dtype : of the parameters

    Examples
    --------
    >>> import autograd, nn
    >>> nn.RNNCell(4, 3)(autograd.ones(2, 4)).shape
    autograd.Size([2, 3])
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: str = "tanh",
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """(batch, input size), state (batch, hidden size) or None for zeros → the next state; the batch may be missing.

        Raises
        ------
        ValueError
            If input or state have other than one or two dims.
        RuntimeError
            If the sizes do not fit, or the nonlinearity is unknown.
        """
        mode = f"RNN_{self.nonlinearity.upper()}"
        if mode not in GATES:
            raise RuntimeError(f"RNNCell: Unknown nonlinearity: {self.nonlinearity}; use 'tanh' or 'relu'")
        return self._step(mode, input, None if hx is None else (hx,), 1)[0]


class LSTMCell(RNNCellBase):
    """c' = f ⊙ c + i ⊙ g and h' = o ⊙ tanh(c') with (i, f, g, o) = (σ, σ, tanh, σ)(weight_ih · x + weight_hh · h + biases).

    Hochreiter and Schmidhuber (1997), with the forget gate of Gers et al. (2000).

    Parameters
    ----------
    input_size, hidden_size : features of input and state
    bias : whether to add bias_ih and bias_hh
    device, dtype : of the parameters

    Examples
    --------
    >>> import autograd, nn
    >>> h, c = nn.LSTMCell(4, 3)(autograd.ones(2, 4))
    >>> h.shape, c.shape
    (autograd.Size([2, 3]), autograd.Size([2, 3]))
    """

    def __init__(self, input_size: int, hidden_size: int, bias: bool = True, device: Any = None, dtype: Any = None):
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(self, input: Tensor, hx: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """(batch, input size), state (h, c) or None for zeros → the next (h, c); the batch may be missing.

        Raises
        ------
        ValueError
            If input or state have other than one or two dims.
        RuntimeError
            If the sizes do not fit.
        """
        return self._step("LSTM", input, hx, 2)  # type: ignore[return-value]


class GRUCell(RNNCellBase):
    """h' = (1 - z) ⊙ n + z ⊙ h with gates r, z and the candidate n.

    (r, z) = σ(weight_ih · x + bias_ih + weight_hh · h + bias_hh), n = tanh(weight_ih · x + bias_ih + r ⊙ (weight_hh · h +
    bias_hh)), each with its rows of the weights (Cho et al., 2014).

    Parameters
    ----------
    input_size, hidden_size : features of input and state
    bias : whether to add bias_ih and bias_hh
    device, dtype : of the parameters

    Examples
    --------
    >>> import autograd, nn
    >>> nn.GRUCell(4, 3)(autograd.ones(2, 4)).shape
    autograd.Size([2, 3])
    """

    def __init__(self, input_size: int, hidden_size: int, bias: bool = True, device: Any = None, dtype: Any = None):
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """(batch, input size), state (batch, hidden size) or None for zeros → the next state; the batch may be missing.

        Raises
        ------
        ValueError
            If input or state have other than one or two dims.
        RuntimeError
            If the sizes do not fit.
        """
        return self._step("GRU", input, None if hx is None else (hx,), 1)[0]
