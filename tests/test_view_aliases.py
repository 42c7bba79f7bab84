"""Every operation that PyTorch documents as a view shares memory, and writes through it reach values and gradients.

Each view is taken in PyTorch and here of arrays in row-major and in column-major order; the same writes go through it.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd

pytestmark = pytest.mark.cpu_only

SHAPE = (2, 3, 4)
VIEWS = {
    "getitem_int": lambda x: x[1],
    "getitem_slice": lambda x: x[:, 1:],
    "getitem_step": lambda x: x[..., ::2],
    "getitem_none": lambda x: x[:, None, 2],
    "getitem_tuple": lambda x: x[1, 0:2, 3],
    "view_as": lambda x: x.view_as(x.detach()),
    "unsqueeze": lambda x: x.unsqueeze(1),
    "squeeze": lambda x: x[:, :1].squeeze(1),
    "squeeze_all": lambda x: x[:, :1].squeeze(),
    "unflatten": lambda x: x.unflatten(2, (2, 2)),
    "permute": lambda x: x.permute(2, 0, 1),
    "transpose": lambda x: x.transpose(0, 2),
    "swapaxes": lambda x: x.swapaxes(0, 1),
    "movedim": lambda x: x.movedim(0, -1),
    "moveaxis": lambda x: x.moveaxis((0, 1), (2, 0)),
    "t": lambda x: x[0].t(),
    "T": lambda x: x[0].T,
    "H": lambda x: x[0].H,
    "mT": lambda x: x.mT,
    "mH": lambda x: x.mH,
    "adjoint": lambda x: x.adjoint(),
    "real": lambda x: x.real,
    "detach": lambda x: x.detach(),
    "narrow": lambda x: x.narrow(2, 1, 2),
    "select": lambda x: x.select(1, 2),
    "diagonal": lambda x: x.diagonal(1, 1, 2),
    "unfold": lambda x: x.unfold(2, 2, 2),
    "as_strided": lambda x: x.as_strided((2, 3), (3, 4), 2),
    "expand_as": lambda x: x.expand_as(x.detach()),
    "split": lambda x: x.split(2, 2)[1],
    "split_with_sizes": lambda x: x.split_with_sizes((1, 3), 2)[1],
    "chunk": lambda x: x.chunk(2, 2)[0],
    "tensor_split": lambda x: x.tensor_split(2, 1)[1],
    "hsplit": lambda x: x.hsplit(3)[1],
    "vsplit": lambda x: x.vsplit(2)[1],
    "dsplit": lambda x: x.dsplit(2)[1],
    "unbind": lambda x: x.unbind(1)[1],
    "iteration": lambda x: list(x)[1],
}
# Views of row-major memory only: of other memory these copy, or refuse.
CONTIGUOUS = {
    "view": lambda x: x.view(4, 6),
    "view_dtype": lambda x: x.view(torch.int64 if isinstance(x, torch.Tensor) else autograd.int64),
    "reshape": lambda x: x.reshape(6, 4),
    "reshape_as": lambda x: x.reshape_as(x.detach()),
    "flatten": lambda x: x.flatten(1),
    "ravel": lambda x: x.ravel(),
}
ALL = VIEWS | CONTIGUOUS
SEVERAL = {"split", "split_with_sizes", "chunk", "unbind", "iteration"}  # PyTorch forbids writing through one of these
OUTSIDE = {"detach", "view_dtype"}  # no part of the graph
WRITES = {
    "mul_": lambda v: v.mul_(3.0),
    "add_": lambda v: v.add_(v.detach().clone()),
    "zero_": lambda v: v.zero_(),
    "fill_": lambda v: v.fill_(0.5),
    "copy_": lambda v: v.copy_((v * v).detach()),
    "setitem": lambda v: v.__setitem__((..., slice(0, 1)), 2.0),
    "masked_fill_": lambda v: v.masked_fill_(v.detach() > 1.0, -1.0),
    "exp_": lambda v: v.exp_(),
    "neg_": lambda v: v.neg_(),
    "clamp_": lambda v: v.clamp_(-0.5, 0.5),
    "index_fill_": lambda v: v.index_fill_(0, v.new_zeros(1).long(), 4.0),
    "addcmul_": lambda v: v.addcmul_(v.detach().clone(), v.detach().clone(), value=0.5),
}


def base(lib, column_major=False):
    """A leaf, and a tensor computed from it that may be written to."""
    shape = SHAPE[::-1] if column_major else SHAPE
    leaf = lib.tensor(np.linspace(-1.0, 2.0, 24).reshape(shape).tolist(), dtype=lib.float64, requires_grad=True)
    return leaf, (leaf.permute(2, 1, 0) * 1.5 if column_major else leaf * 1.5)


@pytest.mark.parametrize("name", ALL)
def test_view_shares_memory(name):
    _, x = base(autograd)
    x = x.detach()
    view = ALL[name](x)
    version = x._version
    view.zero_()
    untouched = torch.tensor(np.linspace(-1.0, 2.0, 24).reshape(SHAPE) * 1.5)
    ALL[name](untouched).zero_()
    assert x.tolist() == untouched.tolist()
    assert x._version == version + 1


def outcome(lib, name, write, column_major):
    """What a write through a view leads to: an error, or the values and the gradient."""
    leaf, x = base(lib, column_major)
    weights = lib.tensor(np.linspace(0.2, 1.4, 24).reshape(SHAPE).tolist(), dtype=lib.float64)
    before = ALL[name](x)
    try:
        view = ALL[name](x)
        WRITES[write](view)
        (x * x * weights).sum().backward()
        return [x.detach().tolist(), leaf.grad.tolist(), before.detach().tolist(), view.detach().tolist()]
    except (RuntimeError, IndexError) as error:
        return type(error).__name__


CASES = [(name, order) for name in sorted(set(ALL) - OUTSIDE) for order in ("rows", "columns")]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(("name", "order"), [case for case in CASES if case != ("view", "columns")])
def test_write_through_view_reaches_the_gradient(name, order, write):
    got, wanted = (outcome(lib, name, write, order == "columns") for lib in (autograd, torch))
    if name in SEVERAL:
        assert got == wanted == "RuntimeError"
        return
    assert not isinstance(wanted, str) or got == wanted
    for a, b in zip(got, wanted, strict=True):
        np.testing.assert_allclose(np.array(a), np.array(b), 1e-9, 1e-12)


def test_view_refuses_what_strides_do_not_allow():
    for lib in (torch, autograd):
        with pytest.raises(RuntimeError, match="view size is not compatible|not compatible with input tensor's size"):
            base(lib, True)[1].view(4, 6)


@pytest.mark.parametrize("write", WRITES)
def test_expanded_memory_is_not_written_to(write):
    view = base(autograd)[1][:, :1].expand(2, 3, 4)
    with pytest.raises(RuntimeError, match="more than one element"):
        WRITES[write](view)
    assert view._version == 0


@pytest.mark.parametrize("kind", ["real", "imag", "view_as_real"])
@pytest.mark.parametrize("order", ["rows", "columns"])
def test_write_through_parts_of_complex_numbers(kind, order):
    found = []
    for lib in (torch, autograd):
        start = lib.tensor([[1 + 2j, 3 - 1j, 2j], [-1 + 1j, 4 + 0j, 1 - 3j]], dtype=lib.complex128, requires_grad=True)
        x = start * (1 + 1j) if order == "rows" else (start.T * (1 + 1j)).T
        view = lib.view_as_real(x) if kind == "view_as_real" else getattr(x, kind)
        view[:, 1:].mul_(3.0)
        (x * x.conj() * (2 - 1j)).real.sum().backward()
        found.append([x.tolist(), start.grad.tolist()])
    np.testing.assert_allclose(np.array(found[1]), np.array(found[0]), 1e-12)


def test_out_may_not_be_read_from():
    for lib in (torch, autograd):
        x, index = lib.arange(8.0), lib.tensor([1, 0, 3, 2])
        with pytest.raises(RuntimeError, match="unsupported operation"):
            lib.gather(x[:4], 0, index, out=x[2:6])
        assert lib.gather(x[:4], 0, index, out=x[4:]).tolist() == [1.0, 0.0, 3.0, 2.0]


@pytest.mark.parametrize("which", [0, 1])
def test_writing_to_one_of_several_outputs_is_noticed(which):
    for lib in (torch, autograd):
        x = lib.tensor([[2.0, 1.0], [0.5, 3.0]], requires_grad=True)
        found = lib.linalg.qr(x)
        found[which][0].mul_(2.0)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            (found[0].sum() + found[1].sum()).backward()


def test_views_know_their_base():
    for library in (torch, autograd):
        x = library.ones(2, 3)
        view = x.t()[1:]
        assert view._is_view() and view._base is x
        for other in (x, x.clone(), x.detach(), x + 1, x[[0]]):
            assert not other._is_view() and other._base is None


@pytest.mark.parametrize("lib", [torch, autograd])
def test_one_of_several_views_can_be_read_and_written_under_no_grad_after_its_base_was_written(lib):
    weight = lib.ones(4, requires_grad=True)
    parts = weight.chunk(2)
    with lib.no_grad():
        for number, part in enumerate(parts, start=1):
            part.fill_(number)  # the second one's base was written to through the first
        assert (parts[0] + parts[1]).tolist() == [3.0, 3.0]
    assert weight.tolist() == [1.0, 1.0, 2.0, 2.0]
    assert "grad_fn=<Invalid>" in repr(parts[0])
    with pytest.raises(RuntimeError, match="view"):
        parts[0] * 2
