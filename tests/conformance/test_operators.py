"""Every public operator of PyTorch's database: values, and gradients of first order."""

from __future__ import annotations

import warnings

import pytest
import torch
from torch.testing._internal.common_methods_invocations import op_db

import autograd
from tests.conformance.database import compare, convert, excluded, full_name, leaves, ours, pending, portable, spread

ENTRIES = [entry for entry in op_db if not excluded(entry)]
KINDS = (torch.float64, torch.int64, torch.complex128, torch.float32, torch.bool)
AGREEING = [entry for entry in ENTRIES if full_name(entry) not in pending()]


def samples(entry, kind):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        grad = kind in entry.supported_backward_dtypes("cpu") if entry.supports_autograd else False
        found = [s for s in entry.sample_inputs("cpu", kind, requires_grad=bool(grad)) if portable(s)]
    return spread(found)


def answer(entry, sample):
    """What PyTorch says, None where it refuses its own sample."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            first = sample.input.clone() if isinstance(sample.input, torch.Tensor) else sample.input
            return entry.get_op()(first, *sample.args, **sample.kwargs)
        except (RuntimeError, TypeError, ValueError, IndexError, NotImplementedError):
            return None


def check(entry, kind):
    function = ours(entry.name)
    judged = 0
    for number, sample in enumerate(samples(entry, kind)):
        wanted = answer(entry, sample)
        if wanted is None:
            continue
        where = f"{full_name(entry)} sample {number}"
        entered: list = []
        first, args, kwargs = (convert(v, entered) for v in (sample.input, sample.args, sample.kwargs))
        got = function(first, *args, **kwargs)
        compare(got, wanted, where)
        judged += 1
        inputs = [t for t in leaves((sample.input, sample.args, sample.kwargs)) if isinstance(t, torch.Tensor)]
        inputs = [t for t in inputs if t.requires_grad]
        pairs = [(x, y) for x, y in zip(leaves(got), leaves(wanted), strict=True) if isinstance(y, torch.Tensor)]
        pairs = [(x, y) for x, y in pairs if y.requires_grad]
        if not pairs or not inputs:
            continue
        weights = [torch.randn(y.shape, dtype=y.dtype) for _, y in pairs]
        theirs = torch.autograd.grad([y for _, y in pairs], inputs, weights, allow_unused=True)
        mine = autograd.grad([x for x, _ in pairs], entered, [convert(w, []) for w in weights], allow_unused=True)
        for x, y, source in zip(mine, theirs, inputs, strict=True):
            y = torch.zeros_like(source) if y is None else y
            compare(autograd.zeros(*source.shape, dtype=convert(source.dtype, [])) if x is None else x, y, f"{where} grad")
    return judged


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("entry", AGREEING, ids=full_name)
def test_agrees_with_pytorch(entry):
    kind = next(kind for kind in KINDS if kind in entry.dtypes)
    check(entry, kind)
    if kind is torch.float64 and torch.complex128 in entry.dtypes:
        check(entry, torch.complex128)


def test_pending_names_exist():
    assert pending() <= {full_name(entry) for entry in ENTRIES}
