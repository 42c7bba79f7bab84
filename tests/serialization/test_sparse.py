"""Sparse tensors in checkpoints: our own files, and PyTorch's."""

from __future__ import annotations

import io
import json
import struct

import numpy as np
import pytest
import torch

import autograd
from tests.arrays import to_numpy
from tests.sparse.pairs import LAYOUTS, array, make, same


def through(obj, save=autograd.save, **options):
    file = io.BytesIO()
    save(obj, file)
    file.seek(0)
    return autograd.load(file, **options)


@pytest.mark.parametrize("nested", [lambda x: x, lambda x: {"graph": x}, lambda x: [{"a": (x, 1)}]])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_round_trip(layout, nested) -> None:
    x = make(autograd, layout)[1]
    found = through(nested(x))
    while not isinstance(found, autograd.Tensor):
        found = found[next(iter(found)) if isinstance(found, dict) else 0]
    assert found.layout is x.layout and found.dtype is x.dtype and found.shape == x.shape and found.device == x.device
    assert found._nnz() == x._nnz() and found.pattern.coalesced == x.pattern.coalesced
    np.testing.assert_array_equal(array(found), array(x))


def test_leaves_types_and_sizes() -> None:
    leaf = autograd.sparse_coo_tensor([[1, 0]], [[1 + 2j], [0.5]], (3, 1), requires_grad=True)
    found = through(leaf)
    assert found.requires_grad and found.is_leaf and found.dtype is leaf.dtype
    assert not through(leaf * 2).requires_grad
    empty = through({"none": autograd.sparse_coo_tensor((2, 3), dtype=autograd.bfloat16)})["none"]
    assert empty.shape == (2, 3) and empty._nnz() == 0 and empty.dtype is autograd.bfloat16


def test_a_name_that_a_part_would_have() -> None:
    found = through({"a": autograd.eye(2).to_sparse(), "a.indices": autograd.ones(1), "a.values": autograd.zeros(1)})
    assert found["a"].to_dense().tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert found["a.indices"].tolist() == [1.0] and found["a.values"].tolist() == [0.0]


@pytest.mark.parametrize("weights_only", [True, False])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_of_pytorch(layout, weights_only) -> None:
    x = make(torch, layout)[1]
    found = through({"x": x, "w": torch.ones(2)}, save=torch.save, weights_only=weights_only)
    same(found["x"], x)
    assert found["w"].tolist() == [1.0, 1.0]


@pytest.mark.filterwarnings("ignore::UserWarning")  # PyTorch's, of beta state
def test_other_layouts_of_pytorch_are_named() -> None:
    with pytest.raises(RuntimeError, match=r"layout 'torch.sparse_csc'; save it as"):
        through(torch.eye(2).to_sparse_csc(), save=torch.save)


def test_indices_of_a_file_are_checked() -> None:
    outside = torch.sparse_coo_tensor([[5]], [1.0], (2,), check_invariants=False)
    with pytest.raises(RuntimeError, match="^load: .*size is inconsistent with indices"):
        through(outside, save=torch.save)
    file = io.BytesIO()
    autograd.save(autograd.sparse_coo_tensor([[4]], [1.0], (5,)), file)
    data = file.getvalue()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    text = header["__metadata__"]["retrograd.structure"]
    assert '"size": [5]' in text
    header["__metadata__"]["retrograd.structure"] = text.replace('"size": [5]', '"size": [2]')
    changed = json.dumps(header).encode()
    with pytest.raises(RuntimeError, match="^load: .*size is inconsistent with indices"):
        autograd.load(io.BytesIO(struct.pack("<Q", len(changed)) + changed + data[8 + length :]))


def test_a_map_of_places() -> None:
    found = through(make(autograd)[1], map_location="cpu")
    assert found.device.type == "cpu" and to_numpy(found._indices()).shape == (2, 5)
