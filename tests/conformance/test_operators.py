"""Every public operator of PyTorch's database: values, gradients, methods, in-place forms, and refusals."""

from __future__ import annotations

import re
import warnings

import pytest
import torch
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.opinfo.core import SampleInput

import autograd
from tests.conformance.database import (
    GRADIENT_NOT_COMPARED,
    INACCURATE,
    INACCURATE_IN_FLOAT32,
    LOOSE,
    METHODS,
    REORDERED,
    SAMPLES,
    compare,
    convert,
    copied,
    excluded,
    full_name,
    leaves,
    ours,
    pending,
    portable,
    spread,
)

ENTRIES = [entry for entry in op_db if not excluded(entry)]
KINDS = (torch.float64, torch.int64, torch.complex128, torch.float32, torch.bool)
REFUSALS = (RuntimeError, TypeError, ValueError, IndexError, NotImplementedError)
# Following every line would double the time, and the other tests reach these lines too.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.cpu_only, pytest.mark.no_cover]


def listed(part, entries=ENTRIES):
    """The operators expected to agree in one respect."""
    return [entry for entry in entries if f"{part} {full_name(entry)}" not in pending()]


def samples(entry, kind, grad=True):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        grad = grad and entry.supports_autograd and kind in entry.supported_backward_dtypes("cpu")
        found = [s for s in entry.sample_inputs("cpu", kind, requires_grad=bool(grad)) if portable(s)]
    return spread(found)


def answer(call, sample):
    """What PyTorch says, None where it refuses its own sample."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            first = sample.input.clone() if isinstance(sample.input, torch.Tensor) else sample.input
            return call(first, *sample.args, **sample.kwargs)
        except REFUSALS:
            return None


def is_loose(entry):
    return re.fullmatch(LOOSE, full_name(entry)) is not None


def has_simple_gradient(entry):
    """Whether PyTorch differentiates the operator as it stands, without preparing its input first."""
    if is_loose(entry) or full_name(entry) in GRADIENT_NOT_COMPARED:
        return False
    return entry.gradcheck_wrapper.__name__ == "<lambda>"


def check(entry, kind, count=SAMPLES):
    function, name = ours(entry.name), full_name(entry)
    factor = INACCURATE.get(name, 1.0)
    if kind is torch.float32:
        factor = max(factor, INACCURATE_IN_FLOAT32.get(name, 1.0))
    for number, sample in enumerate(spread(samples(entry, kind), count)):
        wanted = answer(entry.get_op(), sample)
        if wanted is None:
            continue
        where = f"{name} sample {number} {kind}"
        entered: list = []
        first, args, kwargs = (convert(v, entered) for v in (sample.input, sample.args, sample.kwargs))
        got = function(first, *args, **kwargs)
        compare(got, wanted, where, factor, loose=is_loose(entry))
        inputs = [t for t in leaves((sample.input, sample.args, sample.kwargs)) if isinstance(t, torch.Tensor)]
        inputs = [t for t in inputs if t.requires_grad]
        pairs = [(x, y) for x, y in zip(leaves(got), leaves(wanted), strict=True) if isinstance(y, torch.Tensor)]
        pairs = [(x, y) for x, y in pairs if y.requires_grad]
        if not pairs or not inputs or not has_simple_gradient(entry):
            continue
        weights = [torch.randn(y.shape, dtype=y.dtype) for _, y in pairs]
        theirs = torch.autograd.grad([y for _, y in pairs], inputs, weights, allow_unused=True)
        mine = autograd.grad([x for x, _ in pairs], entered, [convert(w, []) for w in weights], allow_unused=True)
        for x, y, source in zip(mine, theirs, inputs, strict=True):
            y = torch.zeros_like(source) if y is None else y
            x = autograd.zeros(*source.shape, dtype=convert(source.dtype, [])) if x is None else x
            compare(x, y, f"{where} gradient", factor * 10.0)


@pytest.mark.parametrize("entry", listed("values"), ids=full_name)
def test_values_and_gradients(entry):
    kind = next(kind for kind in KINDS if kind in entry.dtypes)
    check(entry, kind)


@pytest.mark.parametrize(
    "entry", listed("complex", [e for e in ENTRIES if torch.complex128 in e.dtypes]), ids=full_name
)
def test_complex_values_and_gradients(entry):
    check(entry, torch.complex128)


@pytest.mark.parametrize("entry", listed("integer", [e for e in ENTRIES if torch.int64 in e.dtypes]), ids=full_name)
def test_integers(entry):
    check(entry, torch.int64)


@pytest.mark.parametrize("entry", listed("float32", [e for e in ENTRIES if torch.float32 in e.dtypes]), ids=full_name)
def test_single_precision(entry):
    """Of few samples: the kernels are those of double precision, and what may differ is the type of a result."""
    check(entry, torch.float32, count=3)


WITH_METHOD = [e for e in ENTRIES if e.method_variant and e.name not in METHODS and e.name not in REORDERED]


@pytest.mark.parametrize("entry", listed("method", WITH_METHOD), ids=full_name)
def test_methods(entry):
    kind = next(kind for kind in KINDS if kind in entry.dtypes)
    for sample in samples(entry, kind, grad=False)[:4]:
        wanted = answer(entry.method_variant, sample)
        if wanted is None or not isinstance(sample.input, torch.Tensor):
            continue
        first, args, kwargs = (convert(v, []) for v in (sample.input, sample.args, sample.kwargs))
        compare(getattr(first, entry.name)(*args, **kwargs), wanted, full_name(entry), loose=is_loose(entry))


IN_PLACE = [e for e in WITH_METHOD if e.inplace_variant]


@pytest.mark.parametrize("entry", listed("inplace", IN_PLACE), ids=full_name)
def test_in_place_forms(entry):
    kind = next(kind for kind in KINDS if kind in entry.dtypes)
    for sample in samples(entry, kind, grad=False)[:4]:
        if sample.broadcasts_input or not isinstance(sample.input, torch.Tensor):
            continue
        wanted = answer(entry.inplace_variant, sample)
        if wanted is None:
            continue
        first, args, kwargs = (convert(v, []) for v in (sample.input, sample.args, sample.kwargs))
        got = getattr(first, entry.name.rstrip("_") + "_")(*args, **kwargs)
        assert got is first
        compare(got, wanted, full_name(entry), loose=is_loose(entry))


@pytest.mark.parametrize("entry", listed("errors", [e for e in ENTRIES if e.error_inputs_func]), ids=full_name)
def test_refusals(entry):
    """Where PyTorch refuses an input, so does this library, with an ordinary exception that says something."""
    function = ours(entry.name)
    for error in entry.error_inputs("cpu"):
        sample = error.sample_input
        if not portable(sample) or (entry.name in METHODS and not isinstance(sample.input, torch.Tensor)):
            continue
        sample = SampleInput(copied(sample.input), args=copied(tuple(sample.args)), kwargs=copied(sample.kwargs))
        if answer(entry.get_op(), sample) is not None:  # where tensors share memory, which copies do not
            continue
        first, args, kwargs = (convert(v, []) for v in (sample.input, sample.args, sample.kwargs))
        with pytest.raises(REFUSALS, match=r"\S"):
            function(first, *args, **kwargs)


def test_pending_names_exist():
    names = {full_name(entry) for entry in ENTRIES}
    assert {line.partition(" ")[2] for line in pending()} <= names
