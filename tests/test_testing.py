"""`autograd.testing`: `check_op` finds mistakes and shrinks them; strategies; `assert_close` against PyTorch's."""

from __future__ import annotations

import builtins
import math
import re

import hypothesis
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import Function, differentiable, testing
from autograd.testing import OpCheckError, check_op


@differentiable(x=lambda xp, g, x: g * 3 * x * x)
def cube(xp, x):
    return x * x * x


@differentiable(x=lambda xp, g, x: g * 2 * x * x)
def wrong_cube(xp, x):
    return x * x * x


class WrongOnlyTwice(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * 3 * (x * x).detach()


def caught(function, *specs, **options):
    with pytest.raises(OpCheckError) as error:
        check_op(function, *specs, **options)
    return error.value


def test_right_operations_pass():
    check_op(cube)
    check_op(cube, dtype=autograd.complex128, max_examples=20)
    check_op(lambda x, y: x * y + y, max_examples=40)
    check_op(autograd.log, testing.positive, max_examples=40)
    check_op(autograd.relu, testing.away_from(0.0), max_examples=40)
    check_op(lambda x, power: x**power, testing.nonzero, 3, max_examples=20)
    check_op(autograd.sqrt, domain=testing.positive, max_examples=20, fast_mode=True, seed=7)
    check_op(lambda x: x.exp(), max_examples=20, order=1)


def test_wrong_factor_is_reduced_to_one_number():
    error = caught(wrong_cube)
    (x,) = error.inputs
    assert x.shape == () and x.item() == 1.0
    assert "the gradient of wrong_cube is wrong" in str(error) and "x = tensor(1., " in str(error)
    assert "analytic = 0.67 x numeric everywhere" in str(error)


def test_second_order_mistake_of_a_function():
    error = caught(WrongOnlyTwice.apply)
    assert "the second derivative of WrongOnlyTwice is wrong" in str(error)


def test_missing_unbroadcast_and_layout():
    @differentiable(x=lambda xp, g, y: g * y, y=lambda xp, g, x: g * x)
    def product(xp, x, y):
        return x * y

    assert "broadcasting is not undone" in str(caught(product))

    def contiguous_only(x):
        return x * 2 if x.is_contiguous() else x * x.detach()

    error = caught(contiguous_only)
    assert "not contiguous" in str(error) and error.inputs[0].numel() <= 4


def test_kink_and_failing_forward_are_reported():
    assert "a kink" in str(caught(autograd.relu))
    message = str(caught(lambda x, y: x @ y))
    assert "fails" in message and "RuntimeError" in message
    check_op(lambda x, y: x @ y, reject=(RuntimeError,), max_examples=30)


def test_arguments_are_counted():
    class Split(Function):
        @staticmethod
        def forward(x, y, scale=2.0):
            return x * y * scale

        @staticmethod
        def setup_context(ctx, inputs, output):
            x, y, ctx.scale = inputs
            ctx.save_for_backward(x, y)

        @staticmethod
        def backward(ctx, grad):
            x, y = ctx.saved_tensors
            return grad * y * ctx.scale, grad * x * ctx.scale, None

    check_op(Split.apply, max_examples=20)
    with pytest.raises(TypeError, match="no required argument"):
        check_op(lambda: 3)
    with pytest.raises(TypeError, match="are not known"):
        check_op(max)


def test_inputs_that_are_no_tensors():
    message = str(caught(lambda x, n: wrong_cube(x) * n, testing.positive, 3))
    assert "input 1 = 3" in message
    with pytest.raises(hypothesis.errors.HypothesisException):
        check_op(lambda n: n, 3, max_examples=5)


def test_results_that_are_not_finite_are_no_examples():
    check_op(lambda x: x.log() if x.requires_grad else x, max_examples=20)


def test_missing_hypothesis_is_explained(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.startswith("hypothesis"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ModuleNotFoundError, match=r"retrograd\[test\]"):
        check_op(cube)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_strategies(data):
    shapes = data.draw(testing.broadcastable_shapes(3))
    np.broadcast_shapes(*shapes)
    tensor = data.draw(testing.tensors(domain=testing.open_interval(0.0, 1.0), distinct=False))
    values = np.ravel(tensor.tolist())
    assert tensor.requires_grad and ((values > 0) & (values < 1)).all()
    apart = data.draw(testing.tensors(shape=(2, 3), distinct=True, requires_grad=False))
    assert len(set(np.ravel(apart.tolist()))) == 6 and not apart.requires_grad
    kind = data.draw(testing.dtypes("any"))
    assert data.draw(testing.tensors(shape=(2,), dtype=kind)).dtype is kind
    assert -2 <= data.draw(testing.axes(2)) < 2
    several = data.draw(testing.axes(3, several=True))
    assert len({axis % 3 for axis in several}) == len(several)
    assert data.draw(testing.axes(0, several=True)) == ()


def test_domains():
    assert min(testing.positive.numbers()) > 0 and 0.0 not in testing.nonzero.numbers()
    assert all(abs(x - 1) >= 0.5 for x in testing.away_from(1.0, margin=0.5).numbers())
    assert testing.open_interval(2.0, 2.1).numbers() and testing.open_interval(0.0, math.inf).numbers()
    with pytest.raises(ValueError, match="no numbers"):
        testing.Domain(0, 1, avoid=(0.5,), margin=2.0).numbers()
    with pytest.raises(ValueError, match="kind must be"):
        testing.dtypes("number")


CASES = [
    ([1.0, 2.0, 3.0], [1.0, 2.0, 4.0]),
    ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.5], [3.0, 0.0]]),
    (1.0, 2.0),
    ([1, 2], [1, 3]),
    ([True, False], [True, True]),
    ([1.0], [math.nan]),
    ([1 + 2j], [1 + 3j]),
]


@pytest.mark.parametrize("case", CASES)
def test_assert_close_says_what_pytorch_says(case):
    for how in ({}, {"rtol": 0.0, "atol": 0.0}, {"rtol": 0.1, "atol": 0.01}):
        messages = []
        for library in (autograd, torch):
            with pytest.raises(AssertionError) as caught:
                library.testing.assert_close(library.tensor(case[0]), library.tensor(case[1]), **how)
            messages.append(str(caught.value))
        ours, theirs = (re.sub(r"\d+\.\d{5,}", lambda n: f"{float(n[0]):.5f}", text) for text in messages)
        assert ours == theirs
        testing.assert_close(autograd.tensor(case[0]), autograd.tensor(case[0]), **how)


def test_assert_close_of_other_things():
    close = testing.assert_close
    one = autograd.ones(2)
    close({"a": [one, 1.0], "b": (None, 2)}, {"a": [one, 1.0], "b": (None, 2)})
    close(autograd.tensor([math.nan]), autograd.tensor([math.nan]), equal_nan=True)
    close(np.ones(2), np.ones(2))
    close(1, 1.0, check_dtype=False)
    close(True, True)
    close(autograd.eye(2).to_sparse(), autograd.eye(2), check_layout=False)
    with pytest.raises(TypeError, match="No comparison pair"):
        close(one, "text")
    close(one, one.double(), check_dtype=False) if hasattr(one, "double") else None
    for a, b, message in [
        (one, autograd.ones(3), r"'shape' do not match: \(2,\) != \(3,\)"),
        (one, autograd.ones(2, dtype=autograd.float64), "'dtype' do not match"),
        ([one], [one, one], "length of the sequences mismatch: 1 != 2"),
        ({"a": one}, {"b": one}, "keys of the mappings do not match"),
        ([one, {"k": one}], [one, {"k": one * 2}], r"failure occurred for item \[1\]\['k'\]"),
        (1.0, 2.0, "Expected 2.0 but got 1.0"),
        (1, 2, "Scalars are not equal"),
        (None, one, "None mismatch"),
        (True, False, "^Booleans mismatch: True is not False$"),
        (1, 1.0, r"\(d\)types do not match: <class 'int'> != <class 'float'>"),
        (autograd.eye(2).to_sparse(), autograd.eye(2), "attribute 'layout' do not match: .*sparse_coo != .*strided"),
        (autograd.eye(2).to_sparse(), autograd.eye(2).to_sparse() * 2, "Mismatched elements: 2 / 4"),
    ]:
        with pytest.raises(AssertionError, match=message):
            close(a, b)
    with pytest.raises(AssertionError, match="^mine$"):
        close(1, 2, msg="mine")
    with pytest.raises(AssertionError, match="^mine: Scalars"):
        close(1, 2, msg=lambda text: f"mine: {text}")
    with pytest.raises(ValueError, match="both be specified"):
        close(1.0, 1.0, rtol=0.1)
    wide = autograd.ones(2, 2)
    with pytest.raises(AssertionError, match=r"attribute 'stride\(\)' do not match: \(2, 1\) != \(1, 2\)"):
        close(wide, wide.transpose(0, 1), check_stride=True)
    with pytest.raises(TypeError, match="one type"):
        close(one, [1.0, 1.0].__iter__(), allow_subclasses=False)
