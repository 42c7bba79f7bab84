"""Names of the public face that are looked up late, and those that do not exist."""

from __future__ import annotations

import ast
from inspect import ismodule
from pathlib import Path

import pytest

import autograd
import nn
import optim
from autograd import _lazy


def test_packages_above_are_found_under_autograd():
    assert autograd.nn is nn and autograd.optim is optim


@pytest.mark.parametrize("name", _lazy.FUNCTIONAL)
def test_functions_of_nn_functional_that_pytorch_has_at_the_top(name):
    assert getattr(autograd, name) is getattr(nn.functional, name)


@pytest.mark.parametrize(("wrong", "right"), [("zros", "zeros"), ("optm", "optim"), ("conv2", "conv2d")])
def test_unknown_names_suggest_the_nearest(wrong, right):
    with pytest.raises(AttributeError, match=right):
        getattr(autograd, wrong)


def public_names(package):
    """What an `import *` without `__all__` would take, less what the file needs itself."""
    own = {"annotations", "suggesting", "gc", "math", "warnings", "Any", "TYPE_CHECKING"}
    found = {name for name, value in vars(package).items() if not name.startswith("_") and not ismodule(value)}
    return found - own


@pytest.mark.parametrize(
    "package",
    [autograd, nn, nn.functional, nn.utils, optim, autograd.checking, autograd.testing],
    ids=lambda p: p.__name__,
)
def test_type_checkers_see_every_public_name(package):
    """They count an imported name as private unless `__all__` has it."""
    values = {name for name in package.__all__ if not ismodule(getattr(package, name))} - {"__version__"}
    assert values - set(_lazy.ELSEWHERE) == public_names(package)


def test_type_checkers_see_the_names_that_are_looked_up_late():
    tree = ast.parse(Path(autograd.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    declared = {alias.name for node in block.body for alias in node.names}
    assert declared == {*_lazy.ABOVE, *_lazy.SUBMODULES, *_lazy.ELSEWHERE, *_lazy.FUNCTIONAL}
