"""Recurrent layers over whole sequences: RNN, LSTM, GRU."""

from __future__ import annotations

import math
import numbers
import warnings
from collections.abc import Sequence
from typing import Any

import autograd
from autograd import Tensor, ops
from nn import functional as F
from nn import init
from nn.functional.recurrent import GATES, advance
from nn.layer import Layer
from nn.parameter import Parameter
from nn.utils.rnn import PackedSequence


class RNNBase(Layer):
    """What the recurrent layers share: weights by PyTorch's names, checks, the walk through layers and directions.

    Parameters
    ----------
    mode : "LSTM", "GRU", "RNN_TANH" or "RNN_RELU"
    input_size : features of the input
    hidden_size : features of the state
    num_layers : layers, each of which reads the one below
    bias : whether to add bias_ih and bias_hh
    batch_first : sequences are (batch, steps, features) instead of (steps, batch, features); states are not concerned
    dropout : probability of a zero in the output of all layers but the last, in training
    bidirectional : also walk backward; the features of both directions are concatenated
    proj_size : features that an LSTM's state h is projected to; 0: not projected
    device, dtype : of the parameters

    Raises
    ------
    TypeError, ValueError
        For sizes that are no positive ints, a `dropout` that is no probability, an unknown mode, a `proj_size` that is
        not less than `hidden_size` or not for an LSTM.
    """

    mode: str
    input_size: int
    hidden_size: int
    num_layers: int
    bias: bool
    batch_first: bool
    dropout: float
    bidirectional: bool
    proj_size: int

    def __init__(
        self,
        mode: str,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Any = None,
        dtype: Any = None,
    ):
        self.settle(locals())
        self._check_options()
        self._all_weights: list[list[str]] = []  # the names, for each layer and direction
        rows, width = GATES[mode] * hidden_size, proj_size or hidden_size
        for layer in range(num_layers):
            for suffix in ("", "_reverse")[: 1 + bidirectional]:
                features = width * (1 + bidirectional) if layer else input_size
                shapes: dict[str, tuple[int, ...]] = {"weight_ih": (rows, features), "weight_hh": (rows, width)}
                if bias:
                    shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
                if proj_size:
                    shapes["weight_hr"] = (proj_size, hidden_size)
                self._all_weights.append([f"{name}_l{layer}{suffix}" for name in shapes])
                for name, shape in zip(self._all_weights[-1], shapes.values(), strict=True):
                    self.register_parameter(name, Parameter(autograd.empty(*shape, device=device, dtype=dtype)))
        self.reset_parameters()

    def _check_options(self) -> None:
        if self.mode not in GATES:
            raise ValueError(f"Unrecognized RNN mode: {self.mode}; use one of {list(GATES)}")
        p = self.dropout
        if not isinstance(p, numbers.Number) or isinstance(p, bool) or not 0 <= p <= 1:
            raise ValueError(
                "dropout should be a number in range [0, 1] representing the probability of an element being zeroed, "
                f"but got {p!r}"
            )
        if p > 0 and self.num_layers == 1:
            warnings.warn(
                "dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers "
                f"greater than 1, but got dropout={p} and num_layers={self.num_layers}",
                stacklevel=4,
            )
        for name in ("input_size", "hidden_size", "num_layers"):
            value = getattr(self, name)
            if not isinstance(value, int):
                raise TypeError(f"{name} should be of type int, got: {type(value).__name__}")
            if value <= 0:
                raise ValueError(f"{name} must be greater than zero, but got {value}")
        if self.proj_size and self.mode != "LSTM":
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        if self.proj_size < 0:
            raise ValueError(
                f"proj_size should be a positive integer or zero to disable projections, but got {self.proj_size}"
            )
        if self.proj_size >= self.hidden_size:
            raise ValueError(
                f"proj_size has to be smaller than hidden_size, but got {self.proj_size} and {self.hidden_size}"
            )

    def reset_parameters(self) -> None:
        """Uniform on ± 1 / √(hidden size)."""
        bound = 1 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    @property
    def all_weights(self) -> list[list[Tensor]]:
        """The parameters of each layer and direction, the first layer's first, forward before backward."""
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    def flatten_parameters(self) -> None:
        """Nothing to do: the weights need not lie side by side in memory."""

    def extra_repr(self) -> str:
        """The sizes, and the options that are not as usual."""
        usual = {
            "proj_size": 0,
            "num_layers": 1,
            "bias": True,
            "batch_first": False,
            "dropout": 0,
            "bidirectional": False,
        }
        parts = [f"{name}={getattr(self, name)}" for name, value in usual.items() if getattr(self, name) != value]
        return ", ".join([f"{self.input_size}, {self.hidden_size}", *parts])

    # --- the walk ---

    def _run(self, input: Any, states: Sequence[Tensor] | None) -> tuple[Any, tuple[Tensor, ...]]:
        """The last layer's output and the last states of all layers, in the input's form."""
        if isinstance(input, PackedSequence):
            self._check_input(input.data)
            sizes = tuple(input.batch_sizes.tolist())
            states = self._first_states(input.data, states, sizes[0], batched=True)
            if input.sorted_indices is not None:
                states = [state.index_select(1, input.sorted_indices) for state in states]
            data, lasts = self._walk(input.data, states, sizes)
            if input.unsorted_indices is not None:
                lasts = tuple(last.index_select(1, input.unsorted_indices) for last in lasts)
            return input.with_data(data), lasts
        if input.ndim not in (2, 3):
            raise ValueError(f"{type(self).__name__}: Expected input to be 2D or 3D, got {input.ndim}D instead")
        self._check_input(input)
        batched = input.ndim == 3
        if not batched:
            input = ops.expand_dims(input, axis=1)
        elif self.batch_first:
            input = ops.permute_dims(input, axes=(1, 0, 2))
        steps, batch, features = input.shape
        if not steps:
            raise RuntimeError(f"{type(self).__name__}: Expected sequence length to be larger than 0 in RNN")
        states = self._first_states(input, states, batch, batched)
        data, lasts = self._walk(ops.reshape(input, shape=(steps * batch, features)), states, (batch,) * steps)
        output = ops.reshape(data, shape=(steps, batch, data.shape[1]))
        if not batched:
            return ops.squeeze(output, axis=1), tuple(ops.squeeze(last, axis=1) for last in lasts)
        return ops.permute_dims(output, axes=(1, 0, 2)) if self.batch_first else output, lasts

    def _walk(
        self, data: Tensor, states: Sequence[Tensor], sizes: tuple[int, ...]
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Through all layers, with the rows of all steps flat."""
        lasts, directions = [], 1 + self.bidirectional
        for layer in range(self.num_layers):
            if layer and self.dropout and self.training:
                data = F.dropout(data, self.dropout)
            outputs = []
            for direction in range(directions):
                place = layer * directions + direction
                output, last = advance(
                    self.mode, data, [state[place] for state in states], self._weights(place), sizes, direction == 1
                )
                outputs.append(output)
                lasts.append(last)
            data = ops.concat(*outputs, axis=1) if self.bidirectional else outputs[0]
        return data, tuple(ops.stack(*parts, axis=0) for parts in zip(*lasts, strict=True))

    def _weights(self, place: int) -> list[Tensor | None]:
        """weight_ih, weight_hh, both biases or None, and weight_hr if there is one."""
        found: list[Tensor | None] = [getattr(self, name) for name in self._all_weights[place]]
        return found if self.bias else [*found[:2], None, None, *found[2:]]

    def _check_input(self, input: Tensor) -> None:
        kind = type(self).__name__
        if input.shape[-1] != self.input_size:
            raise RuntimeError(
                f"{kind}: input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.shape[-1]}"
            )
        dtype = self.weight_ih_l0.dtype
        if input.dtype is not dtype:
            raise ValueError(
                f"{kind}: RNN input dtype ({input.dtype}) does not match weight dtype ({dtype}). Convert input: "
                f"input.to({dtype}), or convert model: model.to({input.dtype})"
            )

    def _first_states(
        self, input: Tensor, states: Sequence[Tensor] | None, batch: int, batched: bool
    ) -> Sequence[Tensor]:
        """The given states with a batch dim, or zeros.

        Raises
        ------
        RuntimeError
            If the states' sizes are not (layers · directions, batch, features), without batch for unbatched input.
        """
        cells = self.mode == "LSTM"
        count, width = self.num_layers * (1 + self.bidirectional), self.proj_size or self.hidden_size
        shapes = [(count, batch, width)] + [(count, batch, self.hidden_size)] * cells
        if states is None:
            return [autograd.zeros(*shape, dtype=input.dtype, device=input.device) for shape in shapes]
        if len(states) != len(shapes) or not all(isinstance(state, Tensor) for state in states):
            wanted = "a pair of tensors (h, c)" if cells else "a tensor"
            raise TypeError(f"{type(self).__name__}: hx must be {wanted}, got {[type(state) for state in states]}")
        if any(state.ndim != 2 + batched for state in states):
            kind = "batched 3-D" if batched else "unbatched 2-D"
            dims = ", ".join(f"{state.ndim}-D" for state in states)
            raise RuntimeError(
                f"{type(self).__name__}: For {kind} input, hx{' and cx' * cells} should also be {2 + batched}-D but got "
                f"{f'({dims}) tensors' if cells else f'{dims} tensor'}"
            )
        if not batched:
            states = [ops.expand_dims(state, axis=1) for state in states]
        for index, (state, shape) in enumerate(zip(states, shapes, strict=True)):
            if tuple(state.shape) != shape:
                which = f"hidden[{index}]" if cells else "hidden"
                raise RuntimeError(
                    f"{type(self).__name__}: Expected {which} size {shape}, got {list(state.shape)}; the dims are "
                    "layers · directions, batch, features"
                )
        return states


class _Single(RNNBase):
    """A layer whose state is one tensor."""

    def forward(self, input: Any, hx: Tensor | None = None) -> Any:
        """(output, last states).

        Parameters
        ----------
        input : (steps, batch, input size), with `batch_first` (batch, steps, input size), (steps, input size), or packed
        hx : the first states (layers · directions, batch, hidden size), without batch for unbatched input; None: zeros

        Returns
        -------
        The last layer's states of all steps, in the input's form with directions · hidden size features; and the last
        states of all layers, in the form of `hx`.

        Raises
        ------
        ValueError, RuntimeError, TypeError
            If the dims, sizes or types do not fit.
        """
        output, (last,) = self._run(input, None if hx is None else (hx,))
        return output, last


class RNN(_Single):
    """h_t = tanh(weight_ih · x_t + bias_ih + weight_hh · h_{t-1} + bias_hh), or ReLU of it (Elman, 1990).

    Parameters
    ----------
    input_size, hidden_size, num_layers : see `RNNBase`
    nonlinearity : "tanh" or "relu"
    *args, **kwargs : bias, batch_first, dropout, bidirectional, device, dtype: see `RNNBase`

    Raises
    ------
    TypeError, ValueError
        For options that `RNNBase` refuses, or another nonlinearity.

    Examples
    --------
    >>> import autograd, nn
    >>> output, last = nn.RNN(4, 3, num_layers=2)(autograd.ones(5, 2, 4))
    >>> output.shape, last.shape
    (autograd.Size([5, 2, 3]), autograd.Size([2, 2, 3]))
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        *args: Any,
        **kwargs: Any,
    ):
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        super().__init__(f"RNN_{nonlinearity.upper()}", input_size, hidden_size, num_layers, *args, **kwargs)
        self.nonlinearity = nonlinearity


class GRU(_Single):
    """h_t = (1 - z) ⊙ n + z ⊙ h_{t-1} with gates r, z and the candidate n (Cho et al., 2014).

    r = σ(W_ir x_t + b_ir + W_hr h_{t-1} + b_hr), z likewise, and n = tanh(W_in x_t + b_in + r ⊙ (W_hn h_{t-1} + b_hn));
    weight_ih holds W_ir, W_iz and W_in one above the other.

    Parameters
    ----------
    *args, **kwargs : input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, device, dtype: see
        `RNNBase`

    Raises
    ------
    TypeError, ValueError
        For options that `RNNBase` refuses.

    Examples
    --------
    >>> import autograd, nn
    >>> output, last = nn.GRU(4, 3, bidirectional=True)(autograd.ones(5, 2, 4))
    >>> output.shape, last.shape
    (autograd.Size([5, 2, 6]), autograd.Size([2, 2, 3]))
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__("GRU", *args, **kwargs)


class LSTM(RNNBase):
    """c_t = f ⊙ c_{t-1} + i ⊙ g and h_t = o ⊙ tanh(c_t), a memory behind three gates.

    i = σ(W_ii x_t + b_ii + W_hi h_{t-1} + b_hi), f and o likewise, and g with tanh; weight_ih holds W_ii, W_if, W_ig and
    W_io one above the other (Hochreiter and Schmidhuber, 1997; the forget gate of Gers et al., 2000). With `proj_size`
    h_t is weight_hr · (o ⊙ tanh(c_t)) (Sak et al., 2014).

    Parameters
    ----------
    *args, **kwargs : input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size, device,
        dtype: see `RNNBase`

    Raises
    ------
    TypeError, ValueError
        For options that `RNNBase` refuses.

    Examples
    --------
    >>> import autograd, nn
    >>> output, (h, c) = nn.LSTM(4, 3)(autograd.ones(5, 2, 4))
    >>> output.shape, h.shape, c.shape
    (autograd.Size([5, 2, 3]), autograd.Size([1, 2, 3]), autograd.Size([1, 2, 3]))
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__("LSTM", *args, **kwargs)

    def forward(self, input: Any, hx: tuple[Tensor, Tensor] | None = None) -> Any:
        """(output, (last h, last c)).

        Parameters
        ----------
        input : (steps, batch, input size), with `batch_first` (batch, steps, input size), (steps, input size), or packed
        hx : the first h (layers · directions, batch, hidden size or proj size) and c (..., hidden size), without batch
            for unbatched input; None: zeros

        Returns
        -------
        The last layer's h of all steps, in the input's form with directions · hidden (or proj) size features; and the
        last h and c of all layers, in the form of `hx`.

        Raises
        ------
        ValueError, RuntimeError, TypeError
            If the dims, sizes or types do not fit.
        """
        return self._run(input, hx)
