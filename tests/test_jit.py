"""`autograd.jit`: what decorates changes nothing, in both libraries; what compiles is refused here."""

from __future__ import annotations

import typing

import pytest
import torch

import autograd
import nn


def double(x):
    return 2 * x


def test_decorators_give_back_what_they_get():
    jit = autograd.jit
    for decorate in (
        jit.script, jit.script_method, jit.script_if_tracing, jit.export, jit.unused, jit.ignore, jit.ignore(drop=True),
        jit.freeze, jit.optimize_for_inference,
    ):  # fmt: skip
        assert decorate(double) is double
    model = nn.Linear(2, 2)
    assert jit.script(model) is model


def test_a_program_is_not_compiled():
    for lib in (autograd, torch):
        assert not lib.jit.is_scripting() and not lib.jit.is_tracing()
        assert lib.jit.annotate(typing.List[int], [1]) == [1]  # noqa: UP006
        assert lib.jit.ignore(double) is double and lib.jit.ignore(drop=False)(double) is double
        assert lib.jit.Final[int] == typing.Final[int]


OPTIONAL, EITHER = typing.Optional[int], typing.Union[int, str]  # noqa: UP007, UP045
TYPES = [
    (1, int), (1, str), ([1], list[int]), ([1], list[str]), ({"a": 1}, dict[str, int]), ({"a": 1}, dict[str, str]),
    ((1, "a"), tuple[int, str]), ((1, "a"), tuple[int, int]), ((1,), tuple[int, str]), (None, OPTIONAL), (2, OPTIONAL),
    ("a", OPTIONAL), (1, list[int]), (1, (int, str)), ([[1]], list[list[int]]), (1.0, EITHER),
]  # fmt: skip


@pytest.mark.parametrize(("value", "kind"), TYPES, ids=str)
@pytest.mark.filterwarnings("ignore")
def test_types_of_elements(value, kind):
    assert autograd.jit.isinstance(value, kind) == torch.jit.isinstance(value, kind)


def test_types_that_only_we_know():
    for value, kind, answer in (((1, 2), tuple[int, ...], True), (1, int | None, True), (1, typing.Any, True),
                                (None, None, True), ("a", int | None, False)):  # fmt: skip
        assert autograd.jit.isinstance(value, kind) is answer


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("trace", (double, 1)), ("trace_module", (double, {})), ("save", (double, "f")), ("load", ("f",))],
)
def test_programs_in_files_are_refused(name, arguments):
    with pytest.raises(NotImplementedError, match=rf"jit.{name}: there are no compiled programs here; .*autograd\.\w+"):
        getattr(autograd.jit, name)(*arguments)


def test_script_modules_are_modules():
    class Model(autograd.jit.ScriptModule):
        @autograd.jit.script_method
        def forward(self, x):
            return double(x)

    assert Model()(autograd.ones(1)).item() == 2 and autograd.jit.ScriptModule is autograd.jit.ScriptModule
    assert not isinstance(nn.Linear(1, 1), autograd.jit.ScriptModule)
    with pytest.raises(AttributeError, match="did you mean 'script'"):
        _ = autograd.jit.scrip


@pytest.mark.parametrize("name", ["onnx", "fx", "quantization", "ao"])
def test_packages_that_are_missing(name):
    with pytest.raises(AttributeError, match=rf"module 'autograd' has no attribute {name!r}: .* is missing here"):
        getattr(autograd, name)
    assert not hasattr(autograd, name)
