"""The table of a model; its operations are those that PyTorch's flop counter counts."""

from __future__ import annotations

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

import autograd
import nn
from nn.utils import summary


@pytest.mark.parametrize(
    ("build", "shapes"),
    [
        (lambda lib: lib.Linear(8, 4), [(2, 3, 8)]),
        (lambda lib: lib.Conv2d(4, 6, (3, 2), stride=2, padding=1, groups=2), [(2, 4, 7, 6)]),
        (lambda lib: lib.Conv1d(4, 6, 3, bias=False), [(4, 7)]),
        (lambda lib: lib.ConvTranspose2d(4, 6, 3, stride=2), [(2, 4, 5, 5)]),
        (lambda lib: lib.Sequential(lib.Conv1d(1, 2, 3), lib.ReLU(), lib.Flatten(), lib.Linear(8, 3)), [(5, 1, 6)]),
        (lambda lib: lib.MultiheadAttention(8, 2, batch_first=True), [(3, 5, 8), (3, 7, 8), (3, 7, 8)]),
        (lambda lib: lib.MultiheadAttention(8, 2, kdim=6, vdim=4), [(5, 3, 8), (7, 3, 6), (7, 3, 4)]),
        (lambda lib: lib.LSTMCell(3, 4), [(5, 3)]),
    ],
)
def test_operations_and_parameters(build, shapes):
    theirs = build(torch.nn)
    with FlopCounterMode(display=False) as counter:
        theirs(*(torch.zeros(shape) for shape in shapes))
    found = summary(build(nn), input_size=shapes)
    assert found.total_flops == counter.get_total_flops()
    assert found.total_parameters == sum(p.numel() for p in theirs.parameters())


def test_recurrent_layers_meet_their_matrices_at_each_step():
    layer = nn.LSTM(3, 4, num_layers=2, bidirectional=True)
    matrices = 2 * 16 * (3 + 4) + 2 * 16 * (8 + 4)
    found = summary(layer, (7, 5, 3))
    assert found.total_flops == 2 * 7 * 5 * matrices
    assert found.layers[0].output_shape == [(7, 5, 8), [(4, 5, 4), (4, 5, 4)]]
    packed = nn.utils.rnn.pack_sequence([autograd.zeros(4, 3), autograd.zeros(2, 3)])
    assert summary(layer, (packed,)).total_flops == 2 * 6 * matrices
    assert summary(nn.Bilinear(2, 3, 4), input_size=[(5, 2), (5, 3)]).total_flops == 2 * 5 * 4 * 2 * 3


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.LazyLinear(4), nn.BatchNorm1d(4), nn.Dropout(0.5))
        self.head = nn.Linear(4, 4, bias=False)
        self.head.weight.requires_grad_(False)
        self.tied = nn.Linear(4, 4, bias=False)
        self.tied.weight = self.head.weight
        self.unused = nn.ModuleList([nn.Linear(1, 1)])

    def forward(self, x, scale=1.0):
        y = self.head(self.head(self.body(x))) * scale
        return {"y": self.tied(y), "text": "nothing"}


def test_table():
    net = Net().train()
    net.body[1].eval()
    found = summary(net, {"x": autograd.ones(2, 3), "scale": 2.0})
    assert net.training and net.body[2].training and not net.body[1].training and not net.head._forward_hooks
    assert net.body[1].num_batches_tracked.item() == 0
    assert found.total_parameters == 16 + 8 + 16 + 2 and found.trainable_parameters == 16 + 8 + 2
    assert str(found).splitlines() == [
        "Layer                  Output shape                 Parameters  FLOPs",
        "---------------------------------------------------------------------",
        "Net                    {'y': (2, 4), 'text': None}           0      0",
        "  body (Sequential)    (2, 4)                                0      0",
        "    0 (Linear)         (2, 4)                               16     48",
        "    1 (BatchNorm1d)    (2, 4)                                8      0",
        "    2 (Dropout)        (2, 4)                                0      0",
        "  head (Linear)        (2, 4)                               16    128",
        "  tied (Linear)        (2, 4)                                0     64",
        "  unused (ModuleList)  -                                     0      0",
        "    0 (Linear)         -                                     2      0",
        "---------------------------------------------------------------------",
        "Total parameters: 42 (trainable: 26)",
        "Total FLOPs: 240",
    ]
    lines = {line.name: line for line in found.layers}
    assert lines["head"].flops == 2 * (2 * 2 * 4 * 4) and lines["head"].parameters == 16
    assert lines["tied"].parameters == 0 and lines["unused"].output_shape is None
    assert lines[""].output_shape == {"y": (2, 4), "text": None} and lines["body"].depth == 1


def test_rules_of_ones_own_and_other_types():
    class Double(nn.Module):
        def forward(self, x):
            assert x.dtype is autograd.float64
            return x * 2

    found = summary(Double(), input_size=(2, 3), dtype="float64", flops={Double: lambda m, args, out: out.numel()})
    assert found.total_flops == 6 and found.layers[0].parameters == 0
    with pytest.raises(TypeError, match="either an input or its input_size"):
        summary(Double())
    with pytest.raises(TypeError, match="either an input or its input_size"):
        summary(Double(), autograd.ones(1), input_size=(1,))


def test_an_error_leaves_the_model_as_it_was():
    net = nn.Sequential(nn.Linear(3, 2))
    with pytest.raises(RuntimeError):
        summary(net, autograd.ones(2))
    assert net.training and not net[0]._forward_hooks
