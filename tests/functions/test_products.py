"""Products of vectors, matrices and tensors: rare arguments and refusals, against PyTorch."""

from __future__ import annotations

import pytest

from tests.functions.pairs import agree, refuse


def grid(t, *shape, dtype="float64"):
    count = 1
    for n in shape:
        count *= n
    return t.arange(count).reshape(shape).to(getattr(t, dtype))


ANSWERS = {
    "matmul out": lambda t: t.matmul(grid(t, 2, 3), grid(t, 3), out=t.empty(0, dtype=t.float64)),
    "mm out": lambda t: t.mm(grid(t, 2, 3), grid(t, 3, 2), out=t.empty(2, 2, dtype=t.float64)),
    "addmm without input": lambda t: t.addmm(t.full((2, 2), t.nan), t.ones(2, 3), t.ones(3, 2), beta=0, alpha=2),
    "addmm of integers": lambda t: t.addmm(t.ones(2, 2, dtype=t.int64), *([grid(t, 2, 2, dtype="int64")] * 2), beta=2),
    "addr of types": lambda t: t.addr(t.ones(2, 2, dtype=t.int64), grid(t, 2), grid(t, 2)),
    "addbmm": lambda t: t.addbmm(grid(t, 3), grid(t, 2, 3, 2), grid(t, 2, 2, 3), alpha=0.5),
    "chain_matmul": lambda t: t.linalg.multi_dot([grid(t, 2), grid(t, 2, 3), grid(t, 3, 4), grid(t, 4)]),
    "multi_dot vector first": lambda t: t.linalg.multi_dot([grid(t, 2), grid(t, 2, 3), grid(t, 3, 4)]),
    "multi_dot out": lambda t: t.linalg.multi_dot(
        [grid(t, 2, 3), grid(t, 3, 4), grid(t, 4)], out=t.empty(2, dtype=t.float64)
    ),
    "tensordot by a tensor": lambda t: t.tensordot(grid(t, 2, 3), grid(t, 3, 2), t.tensor([[1], [0]])),
    "tensordot of size 1": lambda t: t.tensordot(grid(t, 2, 1), grid(t, 3, 2), ([1], [0])),
    "tensordot by size 1": lambda t: t.tensordot(grid(t, 2, 3), grid(t, 1, 2), ([1], [0])),
    "tensordot out": lambda t: t.tensordot(grid(t, 2, 3), grid(t, 3, 2), 1, out=t.empty(2, 2, dtype=t.float64)),
    "tensordot of no dims": lambda t: t.tensordot(grid(t, 2), grid(t, 3), 0),
    "inner 0-d": lambda t: t.inner(t.tensor(2.0), t.ones(3)),
    "kron of ranks": lambda t: t.kron(grid(t, 2), grid(t, 2, 2)),
    "vdot": lambda t: t.vdot(t.tensor([1 + 2j, 1j]), t.tensor([3 + 1j, 2 + 0j])),
    "baddbmm": lambda t: t.baddbmm(grid(t, 2), grid(t, 3, 2, 2), grid(t, 3, 2, 2), beta=0.5),
}


@pytest.mark.parametrize("call", ANSWERS.values(), ids=ANSWERS)
def test_answers(call):
    agree(call)


REFUSALS = {
    "mm number": (lambda t: t.mm(1.0, t.ones(1, 1)), "Tensor"),
    "mm vector": (lambda t: t.mm(t.ones(2), t.ones(2, 2)), "expected a 2-D"),
    "mm types": (lambda t: t.mm(grid(t, 2, 2), t.ones(2, 2)), "one dtype"),
    "mm sizes": (lambda t: t.mm(t.ones(2, 3), t.ones(2, 3)), "2x3 and 2x3"),
    "matmul 0-d": (lambda t: t.matmul(t.tensor(1.0), t.ones(2)), "at least 1D"),
    "bmm sizes": (lambda t: t.bmm(t.ones(2, 2, 3), t.ones(2, 2, 3)), "cannot be multiplied"),
    "dot sizes": (lambda t: t.dot(t.ones(2), t.ones(3)), "inconsistent"),
    "inner sizes": (lambda t: t.inner(t.ones(2, 2), t.ones(3)), "last dims"),
    "outer matrix": (lambda t: t.outer(t.ones(2, 2), t.ones(3)), "expected a 1-D"),
    "addr factors": (
        lambda t: t.addr(*(t.ones(s, dtype=t.int64) for s in ((2, 2), 2, 2)), beta=0.5), "integral"
    ),
    "addmm shapes": (lambda t: t.addmm(t.ones(3), t.ones(2, 2), t.ones(2, 2)), "broadcast"),
    "multi_dot none": (lambda t: t.linalg.multi_dot([]), "at least 2"),
    "multi_dot one": (lambda t: t.linalg.multi_dot([t.ones(2, 2)]), "at least 2"),
    "multi_dot dims": (lambda t: t.linalg.multi_dot([t.ones(2, 2), t.ones(2), t.ones(2, 2)]), "2-D matrix"),
    "multi_dot sizes": (lambda t: t.linalg.multi_dot([t.ones(2, 2), t.ones(3, 2)]), "cannot be multiplied"),
    "tensordot negative": (lambda t: t.tensordot(t.ones(2), t.ones(2), -1), "dims >= 0"),
    "tensordot lists": (lambda t: t.tensordot(t.ones(2, 2), t.ones(2), ([0, 1], [0])), "same length"),
    "tensordot sizes": (lambda t: t.tensordot(t.ones(2), t.ones(3), ([0], [0])), "need to match"),
    "tensordot types": (lambda t: t.tensordot(t.ones(2), grid(t, 2), 1), "one dtype"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(call, message):
    refuse(call, message)


@pytest.mark.filterwarnings("ignore:torch.chain_matmul is deprecated:UserWarning")
def test_chain_of_one_matrix():
    agree(lambda t: t.chain_matmul(grid(t, 2, 2)))
    agree(lambda t: t.chain_matmul(grid(t, 2, 2), out=t.zeros(2, 2, dtype=t.float64)))
    agree(lambda t: t.chain_matmul(grid(t, 2, 2), grid(t, 2, 3)))
