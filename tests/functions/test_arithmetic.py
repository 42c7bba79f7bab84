"""Arithmetic, comparison and selection: refusals, `out=`, numbers in place of tensors."""

from __future__ import annotations

import pytest

import autograd
from tests.functions.pairs import agree, refuse


def whole(m):
    return m.tensor([1, 2])


def real(m):
    return m.tensor([1.0, 2.0])


def truth(m):
    return m.tensor([True, False])


def complex_(m):
    return m.tensor([1 + 1j, 2.0])


REFUSED = [
    (lambda m: m.add(whole(m), whole(m), alpha=1.5), "alpha"),
    (lambda m: m.add(whole(m), whole(m), alpha=True), "Boolean alpha"),
    (lambda m: m.sub(truth(m), truth(m)), "bool"),
    (lambda m: m.div(real(m), 2, rounding_mode="up"), "rounding_mode"),
    (lambda m: m.div(complex_(m), 2, rounding_mode="floor"), "div"),
    (lambda m: m.pow(whole(m), -1), "negative integer powers"),
    (lambda m: m.pow(truth(m), truth(m)), "bool"),
    (lambda m: m.float_power(real(m), 2, out=m.empty(2)), "float_power"),
    (lambda m: m.addcdiv(whole(m), whole(m), whole(m)), "Integer division"),
    (lambda m: m.lerp(real(m), real(m).double(), 0.5), "dtype"),
    (lambda m: m.lerp(whole(m), whole(m), 1), "lerp"),
    (lambda m: m.clamp(real(m)), "At least one of"),
    (lambda m: m.clamp(real(m), 0, real(m)), "clamp"),
    (lambda m: m.clamp(complex_(m), 0), "clamp"),
    (lambda m: m.where(whole(m), 1.0, 2.0), "boolean tensor"),
    (lambda m: m.where(True, real(m), real(m)), "Tensor"),
    (lambda m: m.where(truth(m), real(m)), "where"),
    (lambda m: m.isclose(real(m), real(m).double()), "isclose"),
    (lambda m: m.isclose(real(m), real(m), rtol=-1.0), "negative|greater"),
    (lambda m: m.equal(real(m), 1), "equal"),
    (lambda m: m.imag(real(m)), "imag"),
    (lambda m: m.complex(real(m), real(m).double()), "scalar type"),
    (lambda m: m.complex(whole(m), whole(m)), "Expected both inputs"),
    (lambda m: m.polar(real(m), 1.0), "Tensor"),
    (lambda m: m.complex(real(m), real(m), out=m.empty(2)), "scalar type"),
    (lambda m: m.view_as_real(real(m)), "complex"),
    (lambda m: m.view_as_complex(whole(m)), "floating"),
    (lambda m: m.view_as_complex(m.tensor(1.0)), "one or more dimensions"),
    (lambda m: m.view_as_complex(m.ones(3)), "size 2"),
    (lambda m: m.is_nonzero(real(m)), "ambiguous"),
    (lambda m: m.add(m.ones(2, requires_grad=True), 1, out=m.empty(2)), "automatic differentiation"),
    (lambda m: m.sum(m.ones(2, 2), dim=1.5), "int"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refusals(call, message):
    refuse(call, message)


ALIKE = [
    lambda m: m.rsub(real(m), 5, alpha=2),
    lambda m: real(m).rsub(real(m)) if hasattr(real(m), "rsub") else m.rsub(real(m), real(m)),
    lambda m: m.where(real(m) > 1),
    lambda m: real(m).where(real(m) > 1, whole(m)),
    lambda m: m.isclose(truth(m), truth(m)),
    lambda m: m.isclose(real(m), m.tensor([1.0, float("nan")]), rtol=0, atol=0, equal_nan=True),
    lambda m: m.nan_to_num(m.tensor([complex(float("nan"), 1), complex(1, float("inf"))])),
    lambda m: m.nan_to_num(whole(m)),
    lambda m: m.is_nonzero(m.tensor([0.0])),
    lambda m: m.is_nonzero(m.tensor(2)),
    lambda m: real(m).is_conj(),
    lambda m: real(m).is_neg(),
    lambda m: m.addcmul(real(m), real(m), real(m), value=0.5),
    lambda m: m.add(real(m), real(m), out=m.empty(0)),
    lambda m: m.float_power(whole(m), 2, out=m.empty(0, dtype=m.float64)),
    lambda m: m.pow(2, real(m)),
    lambda m: m.add(whole(m), 2, alpha=3),
]


@pytest.mark.parametrize("call", ALIKE)
def test_rare_arguments(call):
    agree(call)


@pytest.mark.filterwarnings("ignore:where received a uint8 condition")
def test_a_condition_of_bytes():
    agree(lambda m: m.where(m.tensor([1, 0], dtype=m.uint8), 1.0, 2.0))


@pytest.mark.parametrize("name", ["add_", "mul_", "sub_", "div_"])
def test_in_place_forms_of_operands_that_broadcast(name):
    """A vector over rows goes the long way, of the same shape the short one."""
    agree(lambda m: getattr(m.ones(2, 2), name)(real(m)))
    agree(lambda m: getattr(m.ones(2), name)(real(m)))
    agree(lambda m: getattr(m.ones(2), name)(m.tensor(2.0)))


def test_dims_may_be_any_integers():
    class One:
        def __index__(self):
            return 1

    assert autograd.ones(2, 3).sum(dim=One()).tolist() == [3.0, 3.0]


def test_out_of_another_shape_is_refused():
    """PyTorch resizes it and warns that it will not."""
    with pytest.raises(RuntimeError, match=r"add: out= has shape \[3\], the result \[2\]"):
        autograd.add(autograd.ones(2), 1, out=autograd.empty(3))
