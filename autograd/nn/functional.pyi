"""The type checkers' view of `autograd.nn.functional`: the names of `nn.functional`."""

from nn.functional import *  # noqa: F403
