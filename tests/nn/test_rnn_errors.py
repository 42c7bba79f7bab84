"""What recurrent layers and cells refuse, as PyTorch does."""

from __future__ import annotations

import pytest
import torch

import autograd
import nn

BUILD = {
    "unknown mode": (ValueError, "Unrecognized RNN mode", lambda nn: nn.RNNBase("X", 2, 3)),
    "unknown nonlinearity": (ValueError, "Unknown nonlinearity 'x'", lambda nn: nn.RNN(2, 3, nonlinearity="x")),
    "dropout 2": (ValueError, "dropout should be a number", lambda nn: nn.GRU(2, 3, dropout=2)),
    "dropout bool": (ValueError, "dropout should be a number", lambda nn: nn.GRU(2, 3, dropout=True)),
    "hidden size float": (TypeError, "hidden_size should be of type int", lambda nn: nn.GRU(2, 3.0)),
    "input size 0": (ValueError, "input_size must be greater", lambda nn: nn.GRU(0, 3)),
    "hidden size 0": (ValueError, "hidden_size must be greater", lambda nn: nn.GRU(2, 0)),
    "no layers": (ValueError, "num_layers must be greater", lambda nn: nn.GRU(2, 3, 0)),
    "projected gru": (ValueError, "only supported for LSTM", lambda nn: nn.GRU(2, 3, proj_size=1)),
    "projected rnn": (ValueError, "only supported for LSTM", lambda nn: nn.RNN(2, 3, proj_size=1)),
    "projection negative": (ValueError, "proj_size should be", lambda nn: nn.LSTM(2, 3, proj_size=-1)),
    "projection wide": (ValueError, "smaller than hidden_size", lambda nn: nn.LSTM(2, 3, proj_size=3)),
    "no forward": (NotImplementedError, "forward", lambda nn: nn.RNNBase("GRU", 2, 3)(None)),
}


@pytest.mark.parametrize("name", BUILD)
def test_constructors(name):
    kind, text, build = BUILD[name]
    for lib in (torch.nn, nn):
        with pytest.raises(kind, match=text):
            build(lib)


def test_dropout_of_one_layer_warns():
    for lib in (torch.nn, nn):
        with pytest.warns(UserWarning, match="num_layers greater than 1"):
            lib.LSTM(2, 3, dropout=0.5)


CALLS = {
    "1D": (ValueError, "Expected input to be 2D or 3D, got 1D", "GRU", [(2,)]),
    "4D": (ValueError, "Expected input to be 2D or 3D, got 4D", "LSTM", [(2, 2, 2, 2)]),
    "features": (RuntimeError, "Expected 2, got 7", "RNN", [(4, 5, 7)]),
    "no steps": (RuntimeError, "Expected sequence length to be larger than 0", "RNN", [(0, 5, 2)]),
    "state 2D": (RuntimeError, "For batched 3-D input, hx should", "GRU", [(4, 5, 2), (1, 3)]),
    "state 3D": (RuntimeError, "For unbatched 2-D input, hx should", "GRU", [(4, 2), (1, 1, 3)]),
    "states 2D": (RuntimeError, r"hx and cx should also be 3-D but got \(2-D", "LSTM", [(4, 5, 2), (1, 3), (1, 3)]),
    "state batch": (RuntimeError, r"Expected hidden size \(1, 5, 3\), got \[1, 4, 3", "RNN", [(4, 5, 2), (1, 4, 3)]),
    "state features": (
        RuntimeError, r"Expected hidden\[1\] size \(1, 5, 3\)", "LSTM", [(4, 5, 2), (1, 5, 3), (1, 5, 4)],
    ),
    "cell 3D": (ValueError, "Expected input to be 1D or 2D, got 3D", "GRUCell", [(2, 2, 2)]),
    "cell features": (RuntimeError, "got 7 expected 2", "LSTMCell", [(5, 7)]),
    "cell state 3D": (ValueError, "to be 1D or 2D, got 3D", "RNNCell", [(5, 2), (1, 5, 3)]),
    "cell state features": (RuntimeError, "hidden0 has inconsistent", "RNNCell", [(5, 2), (5, 4)]),
    "cell state batch": (RuntimeError, "doesn't match hidden0 batch size", "GRUCell", [(5, 2), (4, 3)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_calls(name):
    kind, text, module, shapes = CALLS[name]
    for lib, library in ((torch, torch.nn), (autograd, nn)):
        x, *states = (lib.zeros(*shape) for shape in shapes)
        first = [tuple(states)] if len(states) > 1 else states
        with pytest.raises(kind, match=text):
            getattr(library, module)(2, 3)(x, *first)


def test_types():
    for lib, library in ((torch, torch.nn), (autograd, nn)):
        with pytest.raises(ValueError, match="does not match weight dtype"):
            library.GRU(2, 3)(lib.zeros(4, 5, 2, dtype=lib.float64))
        with pytest.raises(RuntimeError, match="the same dtype"):
            library.GRU(2, 3)(lib.zeros(4, 5, 2), lib.zeros(1, 5, 3, dtype=lib.float64))
    h, c = autograd.zeros(1, 5, 3), autograd.zeros(1, 5, 3, dtype=autograd.float64)
    with pytest.raises(RuntimeError, match="same dtype"):
        nn.LSTM(2, 3)(autograd.zeros(4, 5, 2), (h, c))
    with pytest.raises(TypeError, match="pair of tensors"):
        nn.LSTM(2, 3)(autograd.zeros(4, 5, 2), (h,))
    with pytest.raises(TypeError, match="must be a tensor"):
        nn.GRU(2, 3)(autograd.zeros(4, 5, 2), (h,))


def test_nonlinearity_of_cells():
    for lib, library in ((torch, torch.nn), (autograd, nn)):
        cell = library.RNNCell(2, 3, nonlinearity="sin")
        assert repr(cell) == "RNNCell(2, 3, nonlinearity=sin)"
        with pytest.raises(RuntimeError, match="Unknown nonlinearity: sin"):
            cell(lib.zeros(5, 2))
