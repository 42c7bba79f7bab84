"""Packed and padded sequences against PyTorch, by themselves and through the recurrent layers."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import torch

import autograd
import nn
from nn.utils import rnn
from tests.arrays import to_numpy
from tests.nn.test_rnn import compare, hx, leaves, pair, same, states

THEIRS = torch.nn.utils.rnn
LIBRARIES = ((torch, THEIRS), (autograd, rnn))
LENGTHS = {"sorted": [5, 3, 3, 1], "unsorted": [3, 1, 5, 3], "equal": [5, 5, 5, 5], "shorter": [2, 4, 4, 1]}


def lengths_of(lib, lengths):
    return lib.tensor(lengths, device="cpu")


def same_packed(ours, theirs):
    same(ours.data, theirs.data)
    for got, wanted in zip(ours[1:], theirs[1:]):
        assert (got is None) == (wanted is None)
        if got is not None:
            assert got.tolist() == wanted.tolist()


@pytest.mark.parametrize("rest", [(), (2,), (2, 3)])
@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("lengths", LENGTHS.values(), ids=LENGTHS)
def test_there_and_back(lengths, batch_first, rest):
    inputs = leaves((4, 5, *rest) if batch_first else (5, 4, *rest))
    found = []
    for (lib, library), (x,) in zip(LIBRARIES, inputs):
        packed = library.pack_padded_sequence(x, lengths_of(lib, lengths), batch_first, enforce_sorted=False)
        padded, again = library.pad_packed_sequence(packed, batch_first, padding_value=-1.5, total_length=7)
        assert again.tolist() == lengths and again.device.type == "cpu" and again.dtype is lib.int64
        parts = library.unpad_sequence(padded + 0, again, batch_first)  # PyTorch's turns its argument around
        found.append((packed, padded, *parts, *library.unpack_sequence(packed)))
        (packed.data**2).sum().backward(retain_graph=True)
        sum((part**3).sum() for part in parts).backward()
    same_packed(found[1][0], found[0][0])
    for got, wanted in zip(found[1][1:], found[0][1:], strict=True):
        same(got, wanted)
    same(inputs[1][0].grad, inputs[0][0].grad)


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("batch_first", [False, True])
def test_sequences(batch_first, side):
    inputs = leaves((2, 3), (4, 3), (1, 3))
    padded, packed = [], []
    for (_, library), sequences in zip(LIBRARIES, inputs):
        padded.append(library.pad_sequence(sequences, batch_first, 2.5, side))
        packed.append(library.pack_sequence(sequences, enforce_sorted=False))
        ((padded[-1] ** 2).sum() + (packed[-1].data ** 3).sum()).backward()
        for got, wanted in zip(library.unpack_sequence(packed[-1]), sequences, strict=True):
            assert got.tolist() == wanted.tolist()
    same(padded[1], padded[0])
    same_packed(packed[1], packed[0])
    for got, wanted in zip(inputs[1], inputs[0]):
        same(got.grad, wanted.grad)
    same(rnn.pad_sequence(inputs[1][0]), THEIRS.pad_sequence(inputs[0][0]))


def test_element_type_is_the_first_sequence_s():
    mixed = [autograd.ones(1), autograd.ones(2, dtype=autograd.float64)]
    assert rnn.pad_sequence(mixed).dtype is autograd.float32
    packed = rnn.pack_sequence([autograd.tensor([1, 2]), autograd.tensor([3])])
    assert packed.data.dtype is autograd.int64 and rnn.pad_packed_sequence(packed)[0].tolist() == [[1, 3], [2, 0]]


LAYERS = [
    ("RNN", {"num_layers": 2, "bidirectional": True}),
    ("GRU", {}),
    ("GRU", {"num_layers": 2, "bidirectional": True, "batch_first": True}),
    ("LSTM", {"num_layers": 2, "bidirectional": True}),
    ("LSTM", {"num_layers": 2, "bidirectional": True, "proj_size": 2, "bias": False}),
]


@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize("lengths", LENGTHS.values(), ids=LENGTHS)
@pytest.mark.parametrize(("kind", "options"), LAYERS)
def test_layers(kind, options, lengths, given):
    modules = pair(kind, 3, 4, **options)
    inputs = leaves((5, 4, 3), *(states(kind, options, (4,)) if given else ()))
    answers = []
    for (lib, library), module, (x, *first) in zip(LIBRARIES, modules, inputs):
        in_order = lengths == sorted(lengths, reverse=True)
        packed = library.pack_padded_sequence(x, lengths_of(lib, lengths), enforce_sorted=in_order)
        output, last = module(packed, *([hx(kind, first)] if given else []))
        assert isinstance(output, library.PackedSequence)
        answers.append((output, last))
    same_packed(answers[1][0], answers[0][0])
    compare(modules, inputs, [(output.data, last) for output, last in answers])


def test_packed_is_a_named_tuple():
    data = autograd.arange(3.0)
    sizes, order = lengths_of(autograd, [2, 1]), autograd.tensor([1, 0])
    packed = rnn.PackedSequence(data, sizes, order)
    assert packed._fields == THEIRS.PackedSequence._fields and isinstance(packed, tuple) and len(packed) == 4
    assert packed.unsorted_indices.tolist() == [1, 0]
    assert rnn.PackedSequence((data, sizes)).sorted_indices is None
    assert rnn.PackedSequence(data, sizes, None, order).unsorted_indices is order
    for twin in (copy.deepcopy(packed), pickle.loads(pickle.dumps(packed))):
        assert type(twin) is rnn.PackedSequence and [part.tolist() for part in twin] == [p.tolist() for p in packed]
    assert rnn.invert_permutation(None) is None
    assert rnn.invert_permutation(autograd.tensor([2, 0, 1])).tolist() == [1, 2, 0]


def test_packed_is_converted():
    packed = rnn.pack_sequence([autograd.ones(1), autograd.ones(2)], enforce_sorted=False)
    assert packed.float() is packed and packed.to(autograd.float32) is packed and not packed.is_cuda
    kinds = {"double": "float64", "half": "float16", "long": "int64", "int": "int32", "short": "int16"}
    for method, kind in {**kinds, "char": "int8", "byte": "uint8"}.items():
        made = getattr(packed, method)()
        assert made.data.dtype is getattr(autograd, kind) and made.sorted_indices.tolist() == [1, 0]


def test_packed_moves_between_devices():
    packed = rnn.pack_sequence([autograd.ones(1), autograd.ones(2)], enforce_sorted=False)
    moved = packed.cpu()
    assert {part.device.type for part in moved} == {"cpu"} and packed.batch_sizes.device.type == "cpu"
    back = moved.to(packed.data.device)
    assert back.sorted_indices.device == back.data.device == packed.data.device
    np.testing.assert_array_equal(to_numpy(back.data), to_numpy(packed.data))


def test_move_to_a_missing_gpu():
    packed = rnn.pack_sequence([autograd.ones(1)])
    if not autograd.cuda.is_available():
        with pytest.raises((RuntimeError, ImportError)):
            packed.cuda()
    else:
        assert packed.cuda().is_cuda


def layer(library):
    return (nn if library is rnn else torch.nn).GRU(2, 3)


REFUSED = {
    "not sorted": (RuntimeError, "sorted in decreasing order", lambda x, f: f.pack_padded_sequence(x, [2, 4])),
    "length 0": (RuntimeError, "has to be greater than 0", lambda x, f: f.pack_padded_sequence(x, [4, 0])),
    "lengths missing": (RuntimeError, "equal to batch_size", lambda x, f: f.pack_padded_sequence(x, [4])),
    "empty batch": (RuntimeError, "Cannot pack empty", lambda x, f: f.pack_padded_sequence(x[:, :0], [])),
    "1D": (IndexError, "(?i)dim", lambda x, f: f.pack_padded_sequence(x[:, 0, 0], [4])),
    "total length": (
        ValueError, "total_length=3", lambda x, f: f.pad_packed_sequence(f.pack_padded_sequence(x, [4, 2]), False, 0, 3),
    ),
    "no iterable": (RuntimeError, "Expected iterable", lambda x, f: f.pad_sequence(3)),
    "no sequence": (RuntimeError, "empty list", lambda x, f: f.pack_sequence([])),
    "side": (RuntimeError, "left or right", lambda x, f: f.pad_sequence([x], padding_side="up")),
    "shapes": (RuntimeError, "dim", lambda x, f: f.pad_sequence([x, x[..., :1].repeat(1, 1, 3)])),
    "features": (RuntimeError, "7", lambda x, f: layer(f)(f.pack_padded_sequence(x.repeat(1, 1, 4)[..., :7], [4, 2]))),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name):
    kind, text, call = REFUSED[name]
    for lib, library in LIBRARIES:
        with pytest.raises(kind, match=text):
            call(lib.zeros(4, 2, 2), library)


def test_lengths_are_a_vector_on_the_cpu():
    for lib, library in LIBRARIES:
        with pytest.raises(RuntimeError, match="1D CPU int64"):
            library.pack_padded_sequence(lib.zeros(4, 2, 2), lengths_of(lib, [[4, 2]]))
    with pytest.raises(RuntimeError, match="at most the number of steps 4"):
        rnn.pack_padded_sequence(autograd.zeros(4, 2, 2), [5, 2])
    with pytest.raises(ValueError, match="data and batch_sizes"):
        rnn.PackedSequence(autograd.zeros(3))


def test_batch_sizes_stay_on_the_cpu(device):
    if device != "cpu":
        with pytest.raises(ValueError, match="always be on CPU"):
            rnn.PackedSequence(autograd.zeros(3), autograd.tensor([2, 1]))
    else:
        assert rnn.PackedSequence(autograd.zeros(3), autograd.tensor([2, 1])).batch_sizes.tolist() == [2, 1]
