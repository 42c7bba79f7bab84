"""Shapes, joins, splits and views by strides: rare arguments and refusals, against PyTorch."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse


def grid(t, *shape):
    """0, 1, 2, … in a shape."""
    count = 1
    for n in shape:
        count *= n
    return t.arange(count, dtype=t.float64).reshape(shape)


ANSWERS = {
    "stack out": lambda t: t.stack([t.ones(2), t.zeros(2)], out=t.empty(2, 2)),
    "cat out of another type": lambda t: t.cat([t.ones(2), t.zeros(1)], out=t.empty(0, dtype=t.float64)),
    "row_stack": lambda t: t.vstack([t.ones(2), t.zeros(2)], out=t.empty(0)),
    "cat without elements": lambda t: t.cat([t.ones(0), t.ones(0)]),
    "combinations of none": lambda t: t.combinations(t.arange(3), 0),
    "combinations of too many": lambda t: t.combinations(t.arange(3), 4),
    "cartesian_prod of one": lambda t: t.cartesian_prod(t.arange(3)),
    "repeat_interleave of places": lambda t: t.repeat_interleave(t.tensor([2, 0, 1])),
    "repeat_interleave 0-d": lambda t: t.repeat_interleave(t.tensor(3.0), 2),
    "flip 0-d": lambda t: t.flip(t.tensor(3.0), [0]),
    "flip by dims": lambda t: t.flip(grid(t, 2, 2), dims=(1,)),
    "rot90 back": lambda t: t.rot90(grid(t, 2, 3), -1),
    "rot90 not": lambda t: t.rot90(grid(t, 2, 3), 4),
    "rot90 half": lambda t: t.rot90(grid(t, 2, 3), 2),
    "meshgrid xy of one": lambda t: t.meshgrid(t.arange(3), indexing="xy"),
    "meshgrid of a list": lambda t: t.meshgrid([t.arange(3), t.tensor(1)], indexing="xy"),
    "block_diag of vectors": lambda t: t.block_diag(t.ones(2), t.tensor(2.0), t.ones(2, 2)),
    "narrow from the end": lambda t: t.narrow(grid(t, 4), 0, -2, 2),
    "narrow from a tensor": lambda t: t.narrow(grid(t, 4), 0, t.tensor(1), 2),
    "narrow_copy": lambda t: t.narrow_copy(grid(t, 4), 0, 1, 2),
    "split of nothing": lambda t: t.split(t.ones(0), 0),
    "chunk of nothing": lambda t: t.chunk(t.ones(0), 3),
    "tensor_split by a tensor": lambda t: t.tensor_split(grid(t, 5), t.tensor([1, 3])),
    "tensor_split at places in disorder": lambda t: t.tensor_split(grid(t, 5), (3, 1, -1)),
    "hsplit of a vector": lambda t: t.hsplit(grid(t, 4), 2),
    "diag_embed turned": lambda t: t.diag_embed(grid(t, 2), 1, 1, 0),
    "diag out": lambda t: t.diag(grid(t, 2, 2), out=t.empty(0, dtype=t.float64)),
    "as_strided_scatter of another type": lambda t: t.as_strided_scatter(grid(t, 4), t.ones(2), (2,), (2,), 1),
    "flatten 0-d": lambda t: t.flatten(t.tensor(3.0)),
    "unflatten infers": lambda t: t.unflatten(grid(t, 6), 0, (2, -1)).shape,
    "movedim 0-d": lambda t: t.movedim(t.tensor(3.0), (), ()),
    "swapaxes": lambda t: t.swapaxes(grid(t, 2, 3), 0, 1),
    "t_": lambda t: grid(t, 2, 3).t_(),
    "squeeze_": lambda t: grid(t, 1, 3).squeeze_(0),
    "mT": lambda t: grid(t, 2, 2, 3).mT,
    "adjoint of reals": lambda t: grid(t, 2, 2, 3).adjoint(),
    "adjoint of complex numbers": lambda t: t.tensor([[1 + 2j, 3 - 1j]]).adjoint(),
    "H": lambda t: t.tensor([[1 + 2j, 3 - 1j]]).H,
    "expand in front": lambda t: grid(t, 2, 1).expand(3, -1, 2),
    "expand_as": lambda t: grid(t, 2, 1).expand_as(t.ones(3, 2, 2)),
    "broadcast_tensors": lambda t: t.broadcast_tensors(grid(t, 2, 1), t.ones(3)),
    "broadcast_shapes of a number": lambda t: tuple(t.broadcast_shapes(3, (2, 1))),
    "broadcast_shapes of none": lambda t: tuple(t.broadcast_shapes()),
    "view of another type": lambda t: grid(t, 2).view(t.int64),
    "view of a type of Python": lambda t: (grid(t, 2).view(int), (grid(t, 2) * 1j).view(float)),
}


@pytest.mark.parametrize("call", ANSWERS.values(), ids=ANSWERS)
def test_answers(call):
    agree(call)


REFUSALS = {
    "cat none": (lambda t: t.cat([]), "non-empty list"),
    "cat numbers": (lambda t: t.cat([1.0]), "expected Tensors"),
    "cat 0-d": (lambda t: t.cat([t.tensor(1.0)]), "zero-dimensional"),
    "cat dims": (lambda t: t.cat([t.ones(2, 2), t.ones(2)]), "same number of dimensions"),
    "cat sizes": (lambda t: t.cat([t.ones(2, 2), t.ones(2, 3)]), "must match except in dimension 0"),
    "stack sizes": (lambda t: t.stack([t.ones(2), t.ones(3)]), "equal size"),
    "block_diag": (lambda t: t.block_diag(t.ones(1, 1, 1)), "2 or fewer"),
    "meshgrid none": (lambda t: t.meshgrid([], indexing="ij"), "non-empty"),
    "meshgrid matrix": (lambda t: t.meshgrid(t.ones(1, 1), indexing="ij"), "0D or 1D"),
    "meshgrid types": (lambda t: t.meshgrid(t.ones(1), t.arange(2), indexing="ij"), "same dtype"),
    "meshgrid order": (lambda t: t.meshgrid(t.ones(1), indexing="yx"), "indexing must be one of"),
    "cartesian_prod": (lambda t: t.cartesian_prod(t.ones(1, 1)), "1D vector"),
    "combinations": (lambda t: t.combinations(t.ones(1, 1)), "1D vector"),
    "combinations count": (lambda t: t.combinations(t.ones(2), -1), "non-negative"),
    "repeat": (lambda t: t.ones(2, 2).repeat(2), "can not be smaller"),
    "repeat negative": (lambda t: t.ones(2).repeat(-2), "negative dimension"),
    "repeat_interleave type": (lambda t: t.repeat_interleave(t.ones(2), t.ones(2)), "Long or Int"),
    "repeat_interleave dims": (lambda t: t.repeat_interleave(t.ones(2), t.tensor([[1, 2]])), "0-dim or 1-dim"),
    "repeat_interleave negative": (lambda t: t.repeat_interleave(t.ones(2), t.tensor([-1, 2])), "can not be negative"),
    "repeat_interleave sizes": (lambda t: t.repeat_interleave(t.ones(2), t.tensor([1, 2, 3])), "same size"),
    "flip twice": (lambda t: t.flip(t.ones(2), (0, 0)), "multiple times"),
    "fliplr": (lambda t: t.fliplr(t.ones(2)), "2-d"),
    "flipud": (lambda t: t.flipud(t.tensor(1.0)), "1-d"),
    "roll shifts": (lambda t: t.roll(t.ones(2), (1, 2)), "must align"),
    "roll dims": (lambda t: t.roll(t.ones(2), (1, 2), (0,)), "must align"),
    "roll 0-d": (lambda t: t.roll(t.tensor(1.0), 1, 0), "no dimensions"),
    "rot90 dims": (lambda t: t.rot90(t.ones(2, 2), 1, (0,)), "rotation dims == 2"),
    "rot90 vector": (lambda t: t.rot90(t.ones(2)), "total dims >= 2"),
    "rot90 same": (lambda t: t.rot90(t.ones(2, 2), 1, (0, -2)), "to be different"),
    "narrow 0-d": (lambda t: t.narrow(t.tensor(1.0), 0, 0, 1), "0-dim"),
    "narrow start": (lambda t: t.narrow(t.ones(2), 0, t.ones(1), 1), "0-dim integral"),
    "narrow out of range": (lambda t: t.narrow(t.ones(2), 0, 3, 1), "out of range"),
    "narrow length": (lambda t: t.narrow(t.ones(2), 0, 0, -1), "non-negative"),
    "narrow past the end": (lambda t: t.narrow(t.ones(2), 0, 1, 2), "exceeds dimension size"),
    "select 0-d": (lambda t: t.select(t.tensor(1.0), 0, 0), "0-dim"),
    "select": (lambda t: t.select(t.ones(2), 0, 2), "out of range"),
    "unbind 0-d": (lambda t: t.unbind(t.tensor(1.0)), "no dimensions"),
    "split 0-d": (lambda t: t.split(t.tensor(1.0), 1), "at least a 1-dimensional"),
    "split negative": (lambda t: t.split(t.ones(2), -1), "non-negative"),
    "split 0": (lambda t: t.split(t.ones(2), 0), "can only be 0"),
    "split sizes": (lambda t: t.split(t.ones(2), [1, 2]), "sum exactly to 2"),
    "chunk 0-d": (lambda t: t.chunk(t.tensor(1.0), 1), "at least a 1-dimensional"),
    "chunk 0": (lambda t: t.chunk(t.ones(2), 0), "greater than 0"),
    "tensor_split 0-d": (lambda t: t.tensor_split(t.tensor(1.0), 1), "at least a 1-dimensional"),
    "tensor_split 0": (lambda t: t.tensor_split(t.ones(2), 0), "larger than 0"),
    "vsplit vector": (lambda t: t.vsplit(t.ones(2), 1), "at least 2"),
    "hsplit uneven": (lambda t: t.hsplit(t.ones(3), 2), "not divisible"),
    "diagonal": (lambda t: t.diagonal(t.ones(2, 2), 0, 1, 1), "cannot be identical"),
    "diag_embed": (lambda t: t.diag_embed(t.ones(2), 0, 1, 1), "cannot be identical"),
    "diag": (lambda t: t.diag(t.ones(1, 1, 1)), "1D or 2D"),
    "tril": (lambda t: t.tril(t.ones(1)), "at least 2"),
    "trace": (lambda t: t.trace(t.ones(1)), "expected a matrix"),
    "as_strided lengths": (lambda t: t.as_strided(t.ones(2), (1,), (1, 1)), "mismatch in length"),
    "as_strided size": (lambda t: t.as_strided(t.ones(2), (-1,), (1,)), "negative dimension"),
    "as_strided step": (lambda t: t.as_strided(t.ones(2), (2,), (-1,)), "[Nn]egative strides"),
    "as_strided offset": (lambda t: t.as_strided(t.ones(2), (1,), (1,), -1), "invalid storage offset"),
    "as_strided beyond": (lambda t: t.as_strided(t.ones(2), (3,), (1,)), "out of bounds for storage"),
    "as_strided_scatter": (lambda t: t.as_strided_scatter(t.ones(4), t.ones(3), (2,), (2,)), "size equal to the slice"),
    "reshape": (lambda t: t.reshape(t.ones(2), (3,)), "invalid for input of size 2"),
    "reshape negative": (lambda t: t.reshape(t.ones(2), (-2,)), "invalid shape dimension -2"),
    "reshape twice": (lambda t: t.reshape(t.ones(2), (-1, -1)), "only one dimension"),
    "reshape nothing": (lambda t: t.reshape(t.ones(0), (0, -1)), "invalid for input"),
    "view": (lambda t: t.ones(2, 3).t().view(6), "reshape"),
    "flatten": (lambda t: t.flatten(t.ones(2, 2), 1, 0), "start_dim cannot come after"),
    "unflatten none": (lambda t: t.unflatten(t.ones(2), 0, ()), "non-empty"),
    "unflatten": (lambda t: t.unflatten(t.ones(2), 0, (3,)), "multiply up"),
    "permute": (lambda t: t.permute(t.ones(2, 2), (0,)), "does not match the length"),
    "t": (lambda t: t.t(t.ones(1, 1, 1)), "<= 2 dim"),
    "mT": (lambda t: t.ones(2).mT, "matrices"),
    "adjoint": (lambda t: t.ones(2).adjoint(), "matrices"),
    "H": (lambda t: t.ones(2).H, "2-D"),
    "movedim": (lambda t: t.movedim(t.ones(2, 2), (0, 1), (0,)), "same number of dims"),
    "expand shorter": (lambda t: t.ones(2, 2).expand(2), "must be greater or equal"),
    "expand": (lambda t: t.ones(2).expand(3), "non-singleton"),
    "broadcast_shapes negative": (lambda t: t.broadcast_shapes((-1,)), "negative dimension"),
    "broadcast_shapes": (lambda t: t.broadcast_shapes((2,), (3,)), "[Ss]hape mismatch"),
}


@pytest.mark.parametrize(("call", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(call, message):
    refuse(call, message)


def test_repeat_interleave_takes_a_dim_of_0d_tensors():
    assert autograd.repeat_interleave(autograd.tensor(3.0), 2, dim=0).tolist() == [3.0, 3.0]


def test_a_reshape_in_place_keeps_the_history():
    x = autograd.ones(2, 3, requires_grad=True)
    y = x * 2
    y.t_()
    assert tuple(y.shape) == (3, 2) and y.view_as(autograd.ones(3, 2)) is not None
    y.sum().backward()
    assert x.grad.tolist() == [[2.0] * 3] * 2


ROWS = {
    "repeat": lambda t: grid(t, 1, 3, 2).repeat(4, 1, 2),
    "repeat as it is": lambda t: grid(t, 3, 2).t().repeat(1, 1),
    "repeat of one element": lambda t: grid(t, 1).repeat(3),
    "tile": lambda t: t.tile(grid(t, 3, 2), (2, 1)),
    "places in a later dim": lambda t: grid(t, 2, 3, 4)[:, t.tensor([0, 2, 2])],
    "places in two later dims": lambda t: grid(t, 2, 3, 4)[:, t.tensor([0, 2, 2]), t.tensor([1, 1, 0])],
    "places in the last dim": lambda t: grid(t, 2, 3, 4)[..., t.tensor([[0, 3]])],
    "a mask of a later dim": lambda t: grid(t, 2, 3, 4)[:, :, t.tensor([True, False, True, True])],
    "contiguous": lambda t: grid(t, 2, 3, 4).permute(2, 0, 1).contiguous(),
}


@pytest.mark.parametrize("call", ROWS.values(), ids=ROWS)
def test_results_lie_row_by_row_where_pytorch_s_do(call):
    agree(lambda t: call(t).view(-1))
    assert call(autograd).is_contiguous()
    out = call(autograd)
    out.view(-1)[0] = -1.0
    assert out.flatten()[0] == -1.0 and out.flatten()[1:].min() >= 0.0
