"""Optimizers and learning-rate schedules, by PyTorch's names."""

from __future__ import annotations

from autograd._lazy import suggesting
from optim import lr_scheduler, swa_utils
from optim.adafactor import Adafactor
from optim.adagrad import Adadelta, Adagrad
from optim.adam import Adam
from optim.adam_family import Adamax, NAdam, RAdam
from optim.adamw import AdamW
from optim.lbfgs import LBFGS
from optim.lion import LAMB, Lion
from optim.muon import Muon
from optim.optimizer import Optimizer
from optim.rmsprop import RMSprop
from optim.rprop import ASGD, Rprop
from optim.sgd import SGD
from optim.sparse_adam import SparseAdam

__all__ = [
    "ASGD", "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "LAMB", "LBFGS", "Lion", "Muon", "NAdam",
    "Optimizer", "RAdam", "RMSprop", "Rprop", "SGD", "SparseAdam", "lr_scheduler", "swa_utils",
]  # fmt: skip

__getattr__ = suggesting(__name__)
