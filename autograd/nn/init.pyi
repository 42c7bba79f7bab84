"""The type checkers' view of `autograd.nn.init`: the names of `nn.init`."""

from nn.init import *  # noqa: F403
