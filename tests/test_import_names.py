"""PyTorch's import statements with `torch` replaced by `autograd` find the packages `nn` and `optim` themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module

import pytest

import autograd
import nn
import optim

PROGRAM = """
import autograd.nn as N
import autograd.nn.functional as F
from autograd import nn as again, optim
from autograd.nn import Linear, Module
from autograd.nn.modules.conv import Conv2d
from autograd.nn.parameter import Parameter
from autograd.nn.utils.rnn import pad_sequence
import autograd.nn.utils.parametrize, autograd.optim.lr_scheduler as schedules
from autograd.optim import Adam
from autograd.optim.optimizer import Optimizer
from autograd.optim.swa_utils import AveragedModel
from autograd.utils.data import DataLoader
from autograd.autograd.gradcheck import gradcheck
from autograd.autograd.variable import Variable
from autograd.nn.modules.utils import _reverse_repeat_tuple
import autograd.distributed as dist
import autograd as torch
import nn
assert N is nn is again is torch.nn and torch.nn.functional is F is nn.functional
assert Linear is nn.Linear and issubclass(Conv2d, Module) and Parameter is nn.Parameter
assert pad_sequence is nn.utils.rnn.pad_sequence and torch.optim is optim and optim.lr_scheduler is schedules
assert issubclass(Adam, Optimizer) and AveragedModel is optim.swa_utils.AveragedModel
assert gradcheck is torch.gradcheck and Variable is torch.autograd.Variable and not dist.is_initialized()
assert _reverse_repeat_tuple((1, 2), 2) == (2, 2, 1, 1)
"""


def test_a_renamed_program_starts():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_both_names_give_the_same_modules():
    import_module("autograd.nn.modules.activation")
    import_module("autograd.optim.adam")
    assert autograd.nn is nn and sys.modules["autograd.nn.modules.activation"] is sys.modules["nn.modules.activation"]
    assert autograd.optim is optim and sys.modules["autograd.optim.adam"].Adam is optim.Adam


def test_one_word_for_the_package_and_what_differentiates():
    program = "from autograd import nn, autograd\nprint(autograd.ones(2).shape, autograd.grad, autograd.nn is nn)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert re.fullmatch(r"autograd.Size\(\[2\]\) <function grad at .*> True\n", done.stdout), done.stderr
    with pytest.raises(AttributeError, match="rendn"):
        _ = autograd.autograd.rendn
    assert not hasattr(autograd.autograd, "__path__")


def test_what_is_not_there_cannot_be_imported():
    with pytest.raises(ModuleNotFoundError):
        import autograd.nn.nowhere  # noqa: F401
    with pytest.raises(ImportError, match="Lineer"):
        from autograd.nn import Lineer  # noqa: F401
