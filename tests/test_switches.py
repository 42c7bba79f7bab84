"""What programs ask of the machine and switch before they start: `version`, `backends.cuda`, `backends.mps`, labels."""

from __future__ import annotations

import importlib
import importlib.util
from types import SimpleNamespace

import pytest
import torch

import autograd
from autograd.backends import cupy


def test_switches():
    for lib in (autograd, torch):
        kept = lib.backends.cuda.matmul.allow_tf32
        lib.backends.cuda.matmul.allow_tf32 = True
        assert lib.backends.cuda.matmul.allow_tf32 is True and kept is False
        lib.backends.cuda.matmul.allow_tf32 = kept
    assert autograd.backends.mps.is_available() is autograd.backends.mps.is_built() is False
    assert autograd.backends.cuda.is_built() is (importlib.util.find_spec("cupy") is not None)


def test_version(monkeypatch):
    version = autograd.version
    assert version.__version__ == autograd.__version__ and version.hip is None and not version.debug
    found = SimpleNamespace(cuda=SimpleNamespace(runtime=SimpleNamespace(runtimeGetVersion=lambda: 12040)))
    with monkeypatch.context() as patch:
        patch.setattr(cupy, "load", lambda: found)
        patch.setattr(autograd.cuda, "load", lambda: found)
        assert importlib.reload(version).cuda == "12.4"
    assert isinstance(importlib.reload(version).cuda, str) is autograd.cuda.is_available()


def test_labels():
    for lib in (autograd, torch):
        with lib.profiler.record_function("part"), lib.autograd.profiler.record_function("of it", "3"):
            assert lib.profiler.record_function("all")(lib.ones)(2).shape == (2,)


def test_assert_as_a_function():
    for lib in (autograd, torch):
        lib._assert(True, "holds")
        with pytest.raises(AssertionError, match="does not hold"):
            lib._assert(False, "does not hold")
