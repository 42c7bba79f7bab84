"""The type checkers' view of `autograd.nn.utils`: the names of `nn.utils`."""

from nn.utils import *  # noqa: F403
